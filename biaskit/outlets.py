"""
What is known of an outlet: its names, and what on its pages is not the article?

A profile is a small TOML file. It only ever adds to the general rules of `pages`: without
one a page is still read, but a line such as "Chats" has to be guessed from its looks. Your
own profiles lie in a folder that you name; one with the name of a shipped profile takes
its place.

An outlet is recognised by patterns found on the page (a dateline, a picture credit), and
only when exactly one outlet has any: "told Sputnik" in another paper's article must not make
it Sputnik's, so profiles list only what an outlet prints on its own pages.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

__all__ = ["Profile", "read_profiles", "recognise", "slug_of"]


@dataclass(frozen=True)
class Profile:
    """What is known of one outlet; every pattern is a regular expression."""

    name: str
    slug: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    recognise: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """What the outlet goes by, in lower case."""
        return frozenset(x.casefold() for x in (self.name, *self.aliases)) | {*self.domains}

    @cached_property
    def subdomains(self) -> tuple[str, ...]:
        """What the name of a part of its domains ends with."""
        return tuple(f".{domain}" for domain in self.domains)

    @cached_property
    def evidence(self) -> re.Pattern:
        """Any of the patterns that give the outlet away, anywhere on the page."""
        return re.compile("|".join(f"(?:{p})" for p in self.recognise) or r"(?!)", re.MULTILINE)

    @cached_property
    def lines(self) -> dict[str, re.Pattern]:
        """For each zone that the profile knows lines of, what such a line looks like."""
        zones = {"furniture": self.furniture, "caption": self.caption, "related": self.related}
        return {
            zone: re.compile("|".join(f"(?:{p})" for p in patterns))
            for zone, patterns in zones.items()
            if patterns
        }


def slug_of(name: str) -> str:
    """
    The name of an outlet as it stands in ids and file names.

    >>> slug_of("The Örebro Post")
    'the-örebro-post'
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "outlet"


def read_profiles(folder: str | Path | None = None) -> list[Profile]:
    """
    The shipped profiles and those in `folder` (*.toml), in alphabetical order of their names.

    Raises
    ------
    ValueError : naming the file: no TOML, an unknown key, no name, a pattern that is no
        regular expression.
    """
    files = [
        f for f in (resources.files("biaskit") / "outlets").iterdir() if f.name.endswith(".toml")
    ]
    if folder is not None:
        if not Path(folder).is_dir():
            raise FileNotFoundError(f"no folder of outlet profiles at {str(folder)!r}")
        files += sorted(Path(folder).glob("*.toml"))
    profiles = {}
    for file in files:
        profile = _profile(file.read_bytes(), file.name)
        profiles[profile.name] = profile
    return [profiles[name] for name in sorted(profiles)]


KEYS = {
    "outlet": {"name", "slug", "aliases", "domains"},
    "recognise": {"patterns"},
    "furniture": {"patterns"},
    "caption": {"patterns"},
    "related": {"patterns"},
}


def _profile(content: bytes, where: str) -> Profile:
    try:
        contents = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{where} is not a TOML file in UTF-8: {error}") from error
    values: dict[str, Any] = {}
    for table, keys in contents.items():
        unknown = sorted(set(keys) - KEYS.get(table, set())) if isinstance(keys, dict) else [table]
        if unknown:
            known = ", ".join(f"{t}.{k}" for t in KEYS for k in sorted(KEYS[t]))
            raise ValueError(f"{where}: unknown key {table}.{unknown[0]}; known are {known}")
        for key, value in keys.items():
            is_list = key not in {"name", "slug"}
            parts = value if is_list and isinstance(value, list) else [value]
            if is_list != isinstance(value, list) or not all(isinstance(x, str) for x in parts):
                kind = "a list of strings" if is_list else "a string"
                raise ValueError(f"{where}: {table}.{key} is {value!r}; it must be {kind}")
            values[table if key == "patterns" else key] = tuple(value) if is_list else value
    if not values.get("name"):
        raise ValueError(f"{where}: [outlet] needs a name")
    profile = Profile(**{"slug": slug_of(values["name"]), **values})
    try:
        profile.evidence, profile.lines  # noqa: B018 - compiles the patterns, to fail here
    except re.error as error:
        raise ValueError(f"{where}: {error.pattern!r} is no regular expression: {error}") from error
    return profile


def recognise(text: str, profiles: Sequence[Profile]) -> Profile | None:
    """The profile whose outlet published this page, or None where none or several might have."""
    found = [profile for profile in profiles if profile.evidence.search(text)]
    return found[0] if len(found) == 1 else None


def named(name: str, profiles: Sequence[Profile]) -> Profile:
    """
    The profile of an outlet by its name, an alias or a domain; a bare one where none is known.

    A part of a domain counts as the whole: "edition.cnn.com" is CNN.

    >>> named("The Local Italy", read_profiles()).name
    'The Local'
    """
    wanted = name.casefold().strip().removeprefix("www.")
    for profile in profiles:
        if wanted in profile.names or wanted.endswith(profile.subdomains):
            return profile
    return Profile(name=name.strip(), slug=slug_of(name))
