"""
How are the word lists of other programs read?

- A table (.csv, .tsv), as a spreadsheet saves it: one row per entry, with the column pattern
  and any other key of an entry. Several patterns, examples or context words in one cell are
  parted by |. Without the column id a row's first pattern is its id, without the column
  frame the file's name is.
- A LIWC dictionary (.dic): the categories between two lines of %, then a word and the numbers
  of its categories on each line.
- A quanteda dictionary (.yml, .yaml): keys in keys, with lists of words at the end.

A place in a text can be a hit of one entry only, so a word of several categories becomes one
entry whose frame names them all: in the order of the LIWC header, which lists a category
before those inside it ("affect/anger"), and "care + loyalty" for two keys in quanteda. What
these programs can and biaskit cannot is refused with its line, not skipped: a * before a
word, a ? for any letter, LIWC's conditions in brackets, emoticons.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from biaskit.reading.decoding import decode, unix_lines

__all__ = ["FORMATS", "Raw"]

LISTS = ("pattern", "alternatives", "near", "not_near", "examples", "counterexamples")
FLAGS = {
    **dict.fromkeys(("true", "yes", "1", "x"), True),
    **dict.fromkeys(("false", "no", "0", ""), False),
}


class Raw(NamedTuple):
    """What a file holds in the shape of our TOML, where each entry stands, and its faults."""

    contents: dict[str, Any]
    places: list[str]
    faults: list[str]


def _raw(stem: str, entries: dict[str, dict[str, Any]], faults: list[str]) -> Raw:
    """`entries` by place; a dictionary of another program has no passport."""
    contents = {"lexicon": {"name": stem, "title": stem}, "entry": [*entries.values()]}
    return Raw(contents, [*entries], faults)


def _text(content: bytes) -> str:
    try:
        return unix_lines(decode(content).text).removeprefix("\ufeff")
    except ValueError as error:
        raise ValueError(f": {error}") from error


# ---- tables ------------------------------------------------------------------------------------


def read_table(content: bytes, stem: str) -> Raw:
    """A table with a header, parted by commas, semicolons or tabs."""
    text = _text(content)
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\s*", first)  # a line that Excel writes and hides
    text, skipped = (rest, 1) if said else (text, 0)
    header = text.partition("\n")[0]
    delimiter = said[1] if said else max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _rows(reader, skipped, stem)
    except csv.Error as error:
        raise ValueError(f", line {reader.line_num + skipped}: {error}") from error


def _rows(reader: Any, skipped: int, stem: str) -> Raw:
    columns = [name.strip().lower() for name in next(reader, [])]
    if "pattern" not in columns:
        raise ValueError(
            f" needs the column pattern; its first line has {', '.join(filter(None, columns))}"
        )
    entries, faults, line = {}, [], reader.line_num + skipped
    for cells in reader:
        place, line = f"line {line + 1}", reader.line_num + skipped
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(f"{place}: it has {len(cells)} cells; the header has {len(columns)}")
            continue
        try:
            entries[place] = _row(dict(zip(columns, cells, strict=False)), stem)
        except ValueError as error:
            faults.append(f"{place}: {error}")
    return _raw(stem, entries, faults)


def _row(cells: dict[str, str], stem: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        cell = cell.strip()
        if column in LISTS:
            values[column] = [part.strip() for part in cell.split("|") if part.strip()]
        elif column in {"case", "unseen"}:
            if cell.lower() not in FLAGS:
                raise ValueError(f"{column} is {cell!r}; it must be yes or no")
            values[column] = FLAGS[cell.lower()]
        elif cell:
            values[column] = cell
    values.setdefault("frame", stem)
    if values["pattern"]:
        values.setdefault("id", values["pattern"][0])
    else:
        raise ValueError("it has no pattern")
    return values


# ---- LIWC --------------------------------------------------------------------------------------

CATEGORY = re.compile(r"\s*(\d+)\s+(\S.*?)\s*")
# A word may hold spaces, so the numbers are sought from the end of the line.
WORD = re.compile(r"\s*(\S.*?)((?:\s+\d+)+)\s*")
TABBED = re.compile(r"\s*(\S[^\t]*?)\s*\t\s*(\d+(?:\s+\d+)*)\s*")


def read_liwc(content: bytes, stem: str) -> Raw:
    """A dictionary of LIWC 2007 or 2015."""
    lines = _text(content).split("\n")
    marks = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2 or any(line.strip() for line in lines[: marks[0]]):
        raise ValueError(
            " is no LIWC dictionary: its categories must stand between two lines of %, the first "
            "of them at the top"
        )
    faults: list[str] = []
    categories: dict[str, str] = {}
    for i in range(marks[0] + 1, marks[1]):
        found = CATEGORY.fullmatch(lines[i])
        if found:
            categories[found[1]] = found[2].replace("/", "-")
        elif lines[i].strip():
            faults.append(f"line {i + 1}: {lines[i].strip()!r} is not a number and a category")
    entries: dict[str, dict[str, Any]] = {}
    stood: dict[str, int] = {}
    for number, line in enumerate(lines[marks[1] + 1 :], start=marks[1] + 2):
        if line.strip():
            try:
                entry = _liwc_entry(line, categories)
                if stood.setdefault(entry["id"].casefold(), number) != number:
                    at = stood[entry["id"].casefold()]
                    raise ValueError(f"the word {entry['id']!r} stands on line {at} already")
                entries[f"line {number}"] = entry
            except ValueError as error:
                faults.append(f"line {number}: {error}")
    return _raw(stem, entries, faults)


def _liwc_entry(line: str, categories: dict[str, str]) -> dict[str, Any]:
    found = TABBED.fullmatch(line) or WORD.fullmatch(line)
    if not found or re.search(r"[(<]", found[1]):
        raise ValueError(
            f"{line.strip()!r} is not a word and the numbers of its categories; conditions in "
            "brackets aren't read"
        )
    numbers = found[2].split()
    unknown = [number for number in numbers if number not in categories]
    if unknown:
        known = ", ".join(categories) or "none"
        raise ValueError(f"no category {', '.join(unknown)}; the header has {known}")
    frame = "/".join(name for number, name in categories.items() if number in numbers)
    return {"id": found[1], "pattern": [found[1]], "frame": frame}


# ---- quanteda ----------------------------------------------------------------------------------


def read_quanteda(content: bytes, stem: str) -> Raw:
    """
    A dictionary of quanteda in YAML.

    Read as nodes, not as Python values: so `no` and `on` stay words, and lines are known.
    """
    text = _text(content)
    try:
        tokens = yaml.scan(text, Loader=yaml.SafeLoader)
        alias = next((t for t in tokens if isinstance(t, yaml.AliasToken)), None)
        root = None if alias else yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        said = " ".join(str(error).split()) or "it is nested too deeply"
        raise ValueError(f" is not a YAML file: {said}") from error
    if alias:
        line = alias.start_mark.line + 1
        raise ValueError(f", line {line}: a word that begins with * isn't read; put * at its end")
    if not isinstance(root, yaml.MappingNode):
        raise ValueError(" is no quanteda dictionary: it must hold keys with lists of words")
    faults: list[str] = []
    words: dict[str, tuple[int, str, list[str]]] = {}
    for line, path, word in _leaves(root, ()):
        if not path:
            faults.append(f"line {line}: {word}")
            continue
        frame = "/".join(path)
        _, _, frames = words.setdefault(word.casefold(), (line, word, []))
        if frame in frames:
            faults.append(f"line {line}: the word {word!r} stands under {frame} already")
        else:
            frames.append(frame)
    entries = {
        # Two words may stand on one line; a place must name one of them.
        f"line {line} ({word})": {"id": word, "pattern": [word], "frame": " + ".join(frames)}
        for line, word, frames in words.values()
    }
    return _raw(stem, entries, faults)


def _leaves(node: Any, path: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Line, keys and word of each word; a fault comes without keys."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip():
            yield line, path, " ".join(node.value.split())
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _leaves(item, path)
    else:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _leaves(value, (*path, key.value.strip().replace("/", "-")))
            else:
                yield line, (), "a key must be a word"


FORMATS: dict[str, Callable[[bytes, str], Raw]] = {
    ".csv": read_table,
    ".tsv": read_table,
    ".dic": read_liwc,
    ".yml": read_quanteda,
    ".yaml": read_quanteda,
}
