"""
What is there to read, in whatever form it was brought?

`sources` is the way in: files, folders, patterns and DataFrames become records, faults and
notes (`records`). `paths` finds files, `streams` reads them within bounds, `archives`
unpacks, `decoding` makes text of bytes, `texttables` and `typedtables` read rows, `columns`
finds out what their columns hold.
"""

from biaskit.reading.columns import FIELDS

__all__ = ["FIELDS"]
