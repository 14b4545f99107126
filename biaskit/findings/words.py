"""How are numbers and names put into words?"""

import pandas as pd

__all__ = ["articles", "in_turn", "names", "times", "wordings"]

WORDINGS_SHOWN = 3


def times(n: int) -> str:
    """
    >>> times(1), times(2), times(30)
    ('once', 'twice', '30 times')
    """
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def articles(lines: pd.DataFrame) -> str:
    """How many articles these lines stand in, in words."""
    n = lines["document"].nunique()
    return f"{n:,} article{'' if n == 1 else 's'}"


def names(outlets: list[str]) -> str:
    """
    >>> names(["Echo", "Herald", "Post"])
    'Echo, Herald and Post'
    """
    return " and ".join([", ".join(outlets[:-1]), outlets[-1]] if len(outlets) > 1 else outlets)


def in_turn(lines: pd.DataFrame) -> pd.DataFrame:
    """The first line of each outlet, then the second of each: the first few show them all."""
    turn = lines.groupby("outlet").cumcount()
    return lines.loc[turn.sort_values(kind="stable").index]


def wordings(nodes: pd.Series) -> str:
    """
    The forms of an entry that were found, most frequent first, since an entry may hold several.

    >>> wordings(pd.Series(["Coup", "coup", "putsch"]))
    '“coup” or “putsch”'
    """
    folded = nodes.str.casefold()
    n = folded.value_counts()
    forms = sorted(n.index, key=lambda form: (-n[form], form))
    # Of forms that occur alike often the last, since capitals of a headline sort first.
    shown = [f"“{nodes[folded == form].mode().iloc[-1]}”" for form in forms[:WORDINGS_SHOWN]]
    if len(forms) > WORDINGS_SHOWN:
        return f"{', '.join(shown)} or the like"
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
