"""
How does loadedness stand in a measurement set, beside the lexicons?

As a lexicon of its own, `loadedness-strict` or `loadedness-broad`, with an entry for each frame
of the word list and one for what no list holds. Its hits have a score and reasons, and no
words around them. Its frames begin with `loadedness`, so that they never count as markers.
"""

import hashlib
from importlib import resources

from biaskit.lexicon import Entry, Lexicon
from biaskit.loadedness.marking import SETTINGS, UNLISTED, shipped_weights
from biaskit.loadedness.wordlist import shipped_list

__all__ = ["LOADEDNESS", "loadedness_lexicon", "setting_of"]

LOADEDNESS = "loadedness"
FILES = ("frequencies.txt", "loaded-words-en.toml", "weights.toml")


def setting_of(name: str) -> str | None:
    """
    The setting that a lexicon of this name stands for; None where it is a list of words.

    >>> setting_of("loadedness-strict"), setting_of("framing-en")
    ('strict', None)
    """
    prefix, _, setting = name.partition("-")
    return setting if prefix == LOADEDNESS and setting in SETTINGS else None


def loadedness_lexicon(setting: str) -> Lexicon:
    """The entries of loadedness at a setting, with the hash of all that it rests on."""
    words, provenance = shipped_list(), shipped_weights().provenance
    whole = hashlib.sha256(setting.encode())
    for name in FILES:
        whole.update((resources.files("biaskit.loadedness") / name).read_bytes())
    notes = {frame.name: frame.note for frame in words.frames.values()}
    notes[UNLISTED] = "on no list; marked by its form and by what stands beside it"
    return Lexicon(
        name=f"{LOADEDNESS}-{setting}",
        version="1",
        title=f"Loaded words, {setting}",
        description="; ".join(f"{key}: {value}" for key, value in provenance.items()),
        language="en",
        licence="CC BY 4.0",
        sha256=whole.hexdigest(),
        entries=tuple(
            Entry(name, (), f"{LOADEDNESS}/{name}", note) for name, note in sorted(notes.items())
        ),
    )
