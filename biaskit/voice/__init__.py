"""
Whose words are these: the outlet's own, or somebody else's?

`tagger` puts the rooms together: `quotations` finds what stands between quotation marks,
`attributions` what is reported or ascribed (with `complements`, `asides` and `clauses`),
`overlaps` settles what several rules claim, `speakers` carries names on, `cues` reads the cue
words of `en.toml` and `wordclasses` looks them up.
"""

from biaskit.voice.speakers import Span
from biaskit.voice.tagger import PARAGRAPH, tag_voice, voice_spans

__all__ = ["PARAGRAPH", "Span", "tag_voice", "voice_spans"]
