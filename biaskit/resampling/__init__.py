"""
Is a difference between two groups of documents more than chance?

Documents (or whole weeks, or events) are shuffled between the groups, never tokens: a document
that repeats its words is one observation. `counted` prepares how often each item occurs in each
unit; a *statistic* turns a shuffle into one number for each item; `permutation_test` counts the
shuffles that reach what was observed. The number is a difference of rates divided by its
standard error (Chung & Romano 2013), so that groups of unlike size or spread are tested fairly.

Every sum of a shuffle is a product of a sparse matrix with the shuffled labels, and whole
numbers add up exactly: the same seed gives the same table on any number of cores.

The answer is wrong where units are not independent: an outlet's articles on one event belong
together, and copies count twice. Then shuffle whole events, and leave copies out.
"""

from biaskit.resampling.bootstrap import bootstrap_interval
from biaskit.resampling.permutation import Shuffled, permutation_test, q_values, shuffles
from biaskit.resampling.statistics import (
    Statistic,
    omnibus,
    stratified,
    studentised,
    t_test,
    two_groups,
)
from biaskit.resampling.totals import TIE, Counted, Totals, counted

__all__ = [
    "TIE",
    "Counted",
    "Shuffled",
    "Statistic",
    "Totals",
    "bootstrap_interval",
    "counted",
    "omnibus",
    "permutation_test",
    "q_values",
    "shuffles",
    "stratified",
    "studentised",
    "t_test",
    "two_groups",
]
