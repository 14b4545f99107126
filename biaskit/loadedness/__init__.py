"""
Which words of a sentence are loaded, how strongly, and by what signs can one tell?

A loaded word says more than it names: it mocks, praises, alarms or doubts ("absurd", "slammed",
"regime"). This stands beside the curated lexicon and never instead of it. There, every entry is
defended one by one; here, some 3,500 words in 17 frames (`wordlist`) and the signs around them
(`signs`) are weighed by one logistic regression with a few dozen named weights (`weights.toml`),
whose sum anyone can check by hand (`marking`). `fitting` says how the weights were found.

When the answer is wrong: on topics it was not fitted on, three in five marks of the setting
`strict` are words that two of five experts marked, too, and it finds a quarter of these; of
`broad` it is two in five, and more than half. About half of the other marks stand in sentences
that these experts call biased. A word that *is* the story's subject (a
conspiracy theory, police brutality) is marked like any other. The weights were fitted on
sentences chosen because they were likely to be slanted; ordinary news has fewer loaded words,
so more of the marks are wrong there. English only.
"""

from biaskit.loadedness.marking import SETTINGS, Loadedness, Mark, loaded_words

__all__ = ["SETTINGS", "Loadedness", "Mark", "loaded_words"]
