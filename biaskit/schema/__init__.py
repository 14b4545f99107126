"""
What does each table hold, and in which unit?

Every stage of biaskit takes tables and returns tables, so this is the contract between
them. `COLUMNS` names each table's columns in order, with their kind and their meaning;
`tables.require` says in one sentence what a table lacks. The first group of tables is stored
in a measurement set; the others are computed from one.

A change of the stored columns raises `SCHEMA`: a set made by another version is then
refused with the command that makes it anew, never read wrongly.
"""

from biaskit.schema.coded import CODED
from biaskit.schema.columns import RATE_ZONES, SCHEMA, VOICES, ZONES, Column
from biaskit.schema.compared import COMPARED
from biaskit.schema.described import DESCRIBED
from biaskit.schema.eventtables import EVENT_TABLES
from biaskit.schema.explored import EXPLORED
from biaskit.schema.stored import STORED_TABLES
from biaskit.schema.targets import TARGETS

__all__ = ["COLUMNS", "RATE_ZONES", "SCHEMA", "STORED", "VOICES", "ZONES", "Column"]

COLUMNS: dict[str, dict[str, Column]] = {
    **STORED_TABLES,
    **DESCRIBED,
    **EXPLORED,
    **COMPARED,
    **TARGETS,
    **EVENT_TABLES,
    **CODED,
}

STORED = tuple(STORED_TABLES)
