"""
Which lines of a saved page read as the article's text?

Two steps. *Looks*: weighted signs (full stops, function words, Title Case, "subscribe") add
up to log-odds that a line is body text; its neighbours lend it a little of theirs, and a
two-state Viterbi pass keeps the body in one piece where it can. *Reach*: the article is the
longest stretch of such lines and whatever lies near it and shares its words; a few well-formed
sentences far below are a teaser, a cookie notice or a reader's comment.

When this is wrong: short body lines (scores, lists, verse) look like furniture, long
comments like the article. English only: it counts English function words.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from biaskit.tokens import FUNCTION_WORDS

__all__ = ["CREDIT", "END_OF_ARTICLE", "PAGE_WORDS", "READ_ALSO", "Line", "ends_sentence",
           "mark_body", "script_of"]  # fmt: skip


@dataclass
class Line:
    """One line that is not blank: where it stands, what it says, and what it counts as."""

    start: int
    end: int
    text: str
    row: int
    score: float = 0.0
    body: bool = False
    zone: str = ""
    reason: str = ""

    @cached_property
    def words(self) -> list[str]:
        """Asked for page by page, hardly ever of the text of an article."""
        return WORD.findall(self.text)

    @cached_property
    def share_capital(self) -> float:
        """Part of the words of four letters and more that begin with a capital."""
        long = [word for word in self.words if len(word) > 3]
        return sum(w[0].isupper() for w in long) / len(long) if long else 0.5

    @property
    def n(self) -> int:
        return len(self.words)

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return ends_sentence(self.text)


WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ENDS = (".", "!", "?", "…")
CLOSING = "\"'”’)]»"
SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Arabic or Hebrew": re.compile("[\u0590-\u06ff]"),
    "Chinese, Japanese or Korean": re.compile("[\u3040-\u9fff\uac00-\ud7af]"),
}


def ends_sentence(text: str) -> bool:
    """
    Whether a text ends as a sentence does, before closing quotation marks and brackets.

    >>> ends_sentence("“It is open.”"), ends_sentence("Open again")
    (True, False)
    """
    return text.rstrip(CLOSING).endswith(ENDS)


# ---- 1. Looks ------------------------------------------------------------------------------

PAGE_WORDS = re.compile(
    r"""\b(?:subscri(?:be|bers?|ptions?) | sign\ (?:up|in) | log\ ?(?:in|out) | register(?:ed)?
    | newsletters? | cookies? | advertis\w+ | all\ rights\ reserved | privacy | terms\ (?:of|and)
    | copyright | share | tweet | facebook | twitter | pinterest | linkedin | whatsapp | e-?mail
    | print | comments? | reply | leave\ a | to\ participate\ in | listen\ live | get\ short\ url
    | join\ the\ (?:conversation|discussion) | follow\ us | read\ (?:more|also) | see\ also
    | more\ (?:from|on|stories) | related | recommended | most\ (?:read|popular|viewed)
    | trending | skip\ to | menu | search | newsfeed | loader | chats? | view\ all | load\ more
    | community\ standards | back\ to\ top | click\ here | download | app\ store | javascript
    | your\ (?:account|inbox|data|consent|personal) | personal\ data | this\ (?:web)?site
    | (?:our|your)\ (?:site|services|website) | browser | posted\ (?:by|in|on) | filed\ under
    | tags? | topics? | categories | archives? | about\ us | contact\ us | home | next
    | previous | sponsored | promoted)\b
    | \[email\W+protected\] | https?:// | www\.""",
    re.IGNORECASE | re.VERBOSE,
)
CREDIT = re.compile(
    r"""© | \(c\) | \bphotos?(?:graph(?:er|s)?)?\s*(?:by|credit|:|/) | \bimages?\s*(?:by|credit|:)
    | \bcredit: | \bgetty\b | \bafp\b | \breuters\b\s*/ | \bfile\ photo\b | \bpictured\b
    | /\s*(?:ap|epa|afp|pool|reuters|getty|sputnik)\b
    | \((?:file|left|right|centre|center|above|pictured)\)""",
    re.IGNORECASE | re.VERBOSE,
)
READ_ALSO = re.compile(
    r"""(?:read\ (?:also|more|next|on) | see\ also | also\ read | don['’]t\ miss | watch
    | must\ read | related(?:\ (?:stor(?:y|ies)|articles?))? | more(?:\ on\ this|\ from)
    | in\ pictures | recommended)\b\s*[:–-]?""",
    re.IGNORECASE | re.VERBOSE,
)

# The weights were set by hand, once, from what makes a line look like prose, and then checked
# on 77 English pages saved as text. Each sign is 0 or 1, or a share, unless it says otherwise.
WEIGHTS = {
    "any line": -3.1,
    "log of its words": 0.95,
    "10 words or more": 0.6,
    "25 words or more": 0.6,
    "ends as a sentence": 1.7,
    "ends in a mark or comma": 0.5,
    "share of function words": 3.0,
    "no function word": -0.9,
    "share of capitals": -1.3,
    "share of figures": -2.0,
    "ends in a colon": 0.3,
    "words of the page": -1.3,  # up to 3, fewer in a long line
    "short, with words of the page": -1.6,
    "picture credit": -1.2,
    "link to more": -4.0,
    "stands twice": -1.5,
    "stands on other pages": -6.0,
    "other script": -4.0,
}
NEIGHBOURS = 0.55  # weight of the mean of the two lines before and the two after
NEIGHBOURS_AT_MOST = 4.0
CHANGE = 1.1  # what it costs to go from body to not body, or back


def _signs(
    line: Line, script: str | None, twice: Counter, recurring: frozenset
) -> dict[str, float]:
    n, text = line.n, line.text
    if not n:
        return {"any line": 1, "no function word": 1, "share of capitals": 1}
    function_words = sum(word.lower() in FUNCTION_WORDS for word in line.words) / n
    page_words = len(PAGE_WORDS.findall(text))
    return {
        "any line": 1,
        "log of its words": math.log1p(n),
        "10 words or more": n >= 10,
        "25 words or more": n >= 25,
        "ends as a sentence": line.ends and n >= 4,
        "ends in a mark or comma": bool(re.search(r"[.!?…,][\"”’'»]$", text)),
        "share of function words": function_words if n >= 6 else 0,
        "no function word": not function_words,
        "share of capitals": line.share_capital,
        "share of figures": sum(word.isdigit() for word in line.words) / n,
        "ends in a colon": text.endswith(":"),
        "words of the page": min(3, page_words) / max(1, n / 12),
        "short, with words of the page": page_words > 0 and n < 10,
        "picture credit": n < 45 and bool(CREDIT.search(text)),
        "link to more": n < 25 and bool(READ_ALSO.match(text)),
        "stands twice": twice[text] > 1,
        "stands on other pages": text in recurring,
        "other script": script_of(text) not in (None, script),
    }


def script_of(text: str) -> str | None:
    counts = {name: len(letters.findall(text)) for name, letters in SCRIPTS.items()}
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] else None


def _score(lines: Sequence[Line], recurring: frozenset) -> None:
    twice = Counter(line.text for line in lines)
    script = script_of(" ".join(line.text for line in lines))
    alone = []
    for line in lines:
        signs = _signs(line, script, twice, recurring)
        alone.append(sum(WEIGHTS[sign] * value for sign, value in signs.items()))
    lent = [max(-NEIGHBOURS_AT_MOST, min(NEIGHBOURS_AT_MOST, score)) for score in alone]
    for i, line in enumerate(lines):
        near = [lent[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(lines)]
        line.score = alone[i] + NEIGHBOURS * sum(near) / 4


def _choose(lines: Sequence[Line]) -> None:
    """The likeliest sequence of body and not body, where each change costs `CHANGE` (Viterbi)."""
    best = (0.0, 0.0)  # of the sequences that end in: not body, body
    came_from = []
    for line in lines:
        stay_out, stay_in = best[0] >= best[1] - CHANGE, best[1] >= best[0] - CHANGE
        came_from.append((not stay_out, stay_in))
        out = best[0] if stay_out else best[1] - CHANGE
        within = best[1] if stay_in else best[0] - CHANGE
        best = (out - line.score / 2, within + line.score / 2)
    state = best[1] > best[0]
    for line, previous in zip(reversed(lines), reversed(came_from), strict=True):
        line.body = bool(state)
        state = previous[state]


# ---- 2. Reach ------------------------------------------------------------------------------

# After one of these nothing is the article any more, unless most of the text is below it.
END_OF_ARTICLE = re.compile(
    r"""join\ the\ conversation | please\ (?:log\ ?in|keep\ comments|sign\ in) | log\ in\ or
    \ register | to\ participate\ in\ the\ discussion | community\ standards
    | leave\ a\ (?:comment|reply) | comment\ via | ^newsfeed$ | ^comments?\b.{0,12}$
    | post\ a\ comment
    | all\ rights\ reserved""",
    re.IGNORECASE | re.VERBOSE,
)
END_NOT_BEFORE = 0.3  # of the lines
END_LEAVES_AT_MOST = 0.25  # of the body lines

# How many words a stretch needs for every line between it and the article so far. A stretch
# that is nearly as long as the article is part of it wherever it stands; a shorter one must
# also share some of its words, or it is the beginning of another article.
WORDS_PER_LINE_BETWEEN = 8
AS_LONG_AS_THE_ARTICLE = 0.5
ON_ITS_MATTER = 0.15
MUST_SHARE = 0.6  # of the article's length
CONTENT_LETTERS = 4
CARD = 3  # lines: a picture, its caption and a link in the middle of the article


def _cut_what_is_far(lines: Sequence[Line]) -> None:
    below = total = sum(line.body for line in lines)
    for i, line in enumerate(lines):
        late = i > END_NOT_BEFORE * len(lines) and below <= END_LEAVES_AT_MOST * total
        if late and END_OF_ARTICLE.search(line.text):
            _leave_out(lines[i:], "below the end of the article")
            break
        below -= line.body
    runs = _runs(lines)
    if not runs:
        return
    sizes = [sum(line.n for line in lines[a:b]) for a, b in runs]
    main = max(range(len(runs)), key=lambda r: (sizes[r], -r))
    told = set(_content(lines[slice(*runs[main])]))
    for order in (range(main - 1, -1, -1), range(main + 1, len(runs))):
        near = runs[main]
        for r in order:
            between = (near[0] - runs[r][1]) if r < main else (runs[r][0] - near[1])
            content = _content(lines[slice(*runs[r])])
            shared = sum(word in told for word in content) / max(1, len(content))
            reaches = sizes[r] >= min(
                WORDS_PER_LINE_BETWEEN * between, AS_LONG_AS_THE_ARTICLE * sizes[main]
            )
            belongs = shared >= ON_ITS_MATTER or sizes[r] >= MUST_SHARE * sizes[main]
            if reaches and (belongs or between <= CARD):
                near = runs[r]
                told.update(content)
            else:
                _leave_out(lines[slice(*runs[r])], "far from the article")


def _content(lines: Sequence[Line]) -> list[str]:
    """The words that tell what the lines are about."""
    words = (word.lower() for line in lines for word in line.words if len(word) >= CONTENT_LETTERS)
    return [word for word in words if word not in FUNCTION_WORDS]


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and one past the last line of each run of body lines."""
    starts = [i for i, x in enumerate(lines) if x.body and (i == 0 or not lines[i - 1].body)]
    ends = [
        i + 1
        for i, x in enumerate(lines)
        if x.body and (i + 1 == len(lines) or not lines[i + 1].body)
    ]
    return list(zip(starts, ends, strict=True))


def _leave_out(lines: Sequence[Line], reason: str) -> None:
    for line in lines:
        if line.body:
            line.body, line.reason = False, reason


def mark_body(lines: Sequence[Line], recurring: frozenset[str] = frozenset()) -> None:
    """Set `score`, `body` and, where a line was left out again, `reason` of every line."""
    _score(lines, recurring)
    _choose(lines)
    _leave_out([line for line in lines if line.text in recurring], "stands on other pages")
    _cut_what_is_far(lines)
