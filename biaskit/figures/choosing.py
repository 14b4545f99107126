"""
Which comparison does a set's gallery show?

Two outlets are compared with each other. Of more the one with most articles is compared with
all the others together; where a figure needs two outlets by name, with the one that has most
articles after it. Nothing is shuffled (p is Student's), so that all figures of a thousand
articles take less than a minute; a finding to be published deserves `compare` itself.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from biaskit.comparison import Settings, compare
from biaskit.events import Matched, match_events
from biaskit.figures.style import count_of, outlet_colours
from biaskit.keyness import SEED
from biaskit.measurement import MeasurementSet
from biaskit.rates import FEWEST_DOCUMENTS

__all__ = ["RUNS", "Chosen"]

# Splits of a null check and draws of a power curve: enough for two digits.
RUNS = 100
NO_SHUFFLES = Settings(permutations=0)


@dataclass(frozen=True)
class Chosen:
    """A set without copies, the size of its figures, and what several of them are made of."""

    measured: MeasurementSet
    size: str
    settings: Settings = field(default=NO_SHUFFLES)

    @cached_property
    def colours(self) -> dict[str, str]:
        """One colour per outlet of the set, in whichever figure it stands."""
        return outlet_colours(self.measured.outlets)

    @cached_property
    def by_articles(self) -> list[str]:
        """The outlets, with most articles first, ties in alphabetical order."""
        n = self.measured.documents.groupby("outlet").size()
        return sorted(n.index, key=lambda outlet: (-n[outlet], outlet))

    @property
    def target(self) -> str:
        """The outlet that is compared."""
        return self.by_articles[0]

    @property
    def pair(self) -> tuple[str, str]:
        """The two outlets with most articles."""
        return self.by_articles[0], self.by_articles[1]

    @property
    def rng(self) -> np.random.Generator:
        """A new generator of the fixed seed, so that no figure hangs on those before it."""
        return np.random.default_rng(SEED)

    @cached_property
    def too_few(self) -> str | None:
        """Why outlets cannot be tested, if they cannot."""
        n = self.measured.documents.groupby("outlet").size()
        if len(n) < 2:
            return f"there is one outlet only, {n.index[0]}"
        sides = n[self.target], n.drop(self.target).sum() if len(n) > 2 else n[self.pair[1]]
        if min(sides) >= FEWEST_DOCUMENTS:
            return None
        has = ", ".join(f"{outlet} has {count_of(k)}" for outlet, k in n.items())
        return f"{has}; below {FEWEST_DOCUMENTS} a side nothing is tested"

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Every marker of the target against that of the other, or of the others."""
        return compare(self.measured, self.settings, target=self.target)

    @cached_property
    def matched(self) -> Matched:
        """The events of the set: those that its documents name, and what wording joins."""
        return match_events(self.measured.documents, self.measured.counts)
