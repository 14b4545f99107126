"""
Make a gold file for `biaskit validate voice` from a clone of networkdynamics/PolNeAR.

    python tests/validation/polnear.py PATH/TO/PolNeAR voice.jsonl.gz

The repository keeps each article's text and, under the same name, its attributions in the
standoff format of the annotation tool brat: lines that bind a source, cue or content to its
characters (T1, tab, "Content 10 24;30 41"), and relations ("Attribution Arg1:T2 Arg2:T1") or
events ("Cue:T1 Source:T2 Content:T3") that tie them together. It states no licence: measure
with it, and keep the gold file to yourself.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PARTS = ("train", "dev", "test")
ROLES = ("source", "cue", "content")
BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)")
TIES = re.compile(r"[RE]\d+\t(.*)")
NAME = re.compile(r"(?P<outlet>.+?)_(?P<date>\d{4}-\d{2}-\d{2})_")


def attributions(standoff: str) -> list[dict[str, list[list[int]]]]:
    """
    The attributions of one article: spans of source, cue and content.

    What is tied together, directly or through others, is one attribution.
    """
    spans, role_of, group = {}, {}, {}
    for line in standoff.splitlines():
        bound, ties = BOUND.match(line), TIES.match(line)
        if bound and bound[2].lower() in ROLES:
            spans[bound[1]] = [[int(x) for x in span.split()] for span in bound[3].split(";")]
            role_of[bound[1]] = bound[2].lower()
            group[bound[1]] = bound[1]
        elif ties:
            tied = [name for name in re.findall(r":(T\d+)", ties[1]) if name in group]
            first = min((group[name] for name in tied), default=None)
            merged = {group[name] for name in tied}
            group = {name: first if g in merged else g for name, g in group.items()}
    found: dict[str, dict[str, list]] = {}
    for name, key in group.items():
        parts = found.setdefault(key, {role: [] for role in ROLES})
        parts[role_of[name]] += spans[name]
    whole = [{role: sorted(parts[role]) for role in ROLES} for parts in found.values()]
    return sorted((x for x in whole if x["content"]), key=lambda x: x["content"])


def rows(clone: Path) -> Iterator[dict]:
    """One gold row per article, in the order of the parts and names."""
    for part in PARTS:
        for text in sorted((clone / "data" / part / "text").glob("*.txt")):
            standoff = next(
                (clone / "data" / part / "attributions").glob(f"{text.stem}*.ann"), None
            )
            name = NAME.match(text.stem)
            if standoff is None or name is None:
                sys.stderr.write(f"left out: {text}\n")
                continue
            yield {
                "id": text.stem,
                "part": part,
                **name.groupdict(),
                "text": text.read_text(encoding="utf-8"),
                "attributions": attributions(standoff.read_text(encoding="utf-8")),
            }


if __name__ == "__main__":
    with gzip.open(sys.argv[2], "wt", encoding="utf-8") as gold:
        for row in rows(Path(sys.argv[1])):
            gold.write(json.dumps(row, ensure_ascii=False) + "\n")
