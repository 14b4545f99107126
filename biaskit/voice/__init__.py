"""
Whose words are these: the outlet's own, or somebody else's?

`tagger` puts the rooms together: `paragraphs` and `quotations` find what marks tell of,
`wording` the words of sentences, `attributions` what is reported or ascribed (with
`complements`, `asides` and `clauses`), `overlaps` settles what several rules claim, `speakers`
carries names on, `cues` reads the cue words of `en.toml` and `wordclasses` looks them up.
"""

from biaskit.voice.speakers import Span
from biaskit.voice.tagger import PARAGRAPH, Tagger, tag_voice, voice_spans

__all__ = ["PARAGRAPH", "Span", "Tagger", "tag_voice", "voice_spans"]
