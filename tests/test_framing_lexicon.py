"""The framing lexicon keeps what its passport promises: numbers, balance, examples, sources."""

import re
from collections import Counter, defaultdict

import pytest

from biaskit.lexicon import NEUTRAL, read_lexicon
from biaskit.markers import find_markers
from biaskit.validation.balance import parse_towards, side_of

FRAMING = read_lexicon("framing-en")
MARKERS = [entry for entry in FRAMING.entries if entry.is_marker]
MIRRORED = [entry for entry in MARKERS if entry.mirror and entry.id < entry.mirror]
SETS: dict[str, list] = defaultdict(list)
for _entry in FRAMING.entries:
    if _entry.set:
        SETS[_entry.set].append(_entry)

# Two mirrors stand in one frame, or in two that say the opposite of each other.
COUNTERPARTS = {
    frozenset(pair)
    for pair in [
        ("euphemism", "legitimacy/war"),
        ("euphemism", "dysphemism"),
        ("legitimacy/rule", "nomination/government"),
        ("nomination/migrants", "threat/arrivals"),
        ("distancing/refutation", "endorsement/assertion"),
        ("speech/praise", "speech/violent"),
        ("moral/condemnation", "moral/praise"),
        ("dysphemism", "nomination/policy"),
        ("dysphemism", "nomination/fighters"),
    ]
}


@pytest.fixture(scope="module")
def found():
    """Per entry, all that is found in its examples; one line for each, read in one go."""
    lines = [(entry.id, example) for entry in FRAMING.entries for example in entry.examples]
    text, shown = "\n".join(example for _, example in lines), {e.id: set() for e in MARKERS}
    for hit in find_markers(text, FRAMING).itertuples():
        shown.setdefault(lines[text.count("\n", 0, hit.start)][0], set()).add(hit.entry)
    return shown


# ---- how much there is -----------------------------------------------------------------------


def test_it_is_as_large_as_it_was_meant_to_be():
    """Small enough to be read, large enough to matter."""
    assert 320 <= len(FRAMING.entries) <= 500
    assert len(SETS) >= 42


def test_the_passport_counts_right():
    """Whoever quotes the description quotes what the file holds."""
    mirrored = sum(entry.mirror is not None for entry in MARKERS)
    counts = {
        "entries [0-9]+ are": len(FRAMING.entries),
        "are markers": len(MARKERS),
        "are plain words": len(FRAMING.entries) - len(MARKERS),
        "alternation sets": len(SETS),
        "markers have a mirror": mirrored,
        "are words that any side": len(MARKERS) - mirrored,
        "entries occurred in none": sum(entry.unseen for entry in FRAMING.entries),
    }
    description = " ".join(FRAMING.description.split())
    for what, n in counts.items():
        assert re.findall(rf"(\d+) {what}", description) == [str(n)], what


# ---- each entry ------------------------------------------------------------------------------


def test_an_entry_can_be_argued_with():
    """It says what it presents, what others write, for whom it speaks, and shows it twice."""
    for entry in FRAMING.entries:
        assert entry.gloss.endswith("."), entry.id
        assert entry.alternatives, entry.id
        assert len(set(entry.examples)) >= 2, entry.id
        assert entry.counterexamples or not (entry.near or entry.not_near), entry.id
        assert (parse_towards(entry.towards) is None) == (entry.frame == NEUTRAL), entry.id


def test_no_example_serves_twice():
    """Each sentence was written for one entry."""
    examples = Counter(e for entry in FRAMING.entries for e in entry.examples)
    counterexamples = Counter(e for entry in FRAMING.entries for e in entry.counterexamples)
    assert [text for text, n in examples.items() if n > 1] == []
    assert [text for text, n in counterexamples.items() if n > 2] == []


def test_no_word_of_context_is_idle():
    """No context is listed twice, and none stands both near and not near."""
    for entry in FRAMING.entries:
        listed = [*entry.near, *entry.not_near]
        assert len(set(listed)) == len(listed), entry.id


def test_most_entries_were_seen_in_news():
    """An entry that no news of the sample holds says so, and they are few."""
    unseen = [entry.id for entry in FRAMING.entries if entry.unseen]
    assert len(unseen) <= 0.2 * len(FRAMING.entries)


# ---- sets ------------------------------------------------------------------------------------


def test_a_set_has_two_words_for_one_thing_and_a_plain_one():
    """A share needs a denominator: a variant that is no marker, or names alone."""
    for name, entries in SETS.items():
        assert len({entry.variant for entry in entries}) >= 2, name
        assert any(entry.frame == NEUTRAL for entry in entries), name


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("They wrote of the annexation of Crimea.", {"annexation"}),
        ("They wrote of Crimea's reunification with Russia.", {"reunification"}),
        ("The regime of Tarsk and its government met.", {"regime", "government"}),
        ("Illegal aliens, undocumented immigrants and migrants met.",
         {"illegal alien", "undocumented immigrant", "migrant"}),
        ("The death tax is an estate tax.", {"death tax", "estate tax"}),
        ("Pro-life and anti-abortion groups met.", {"pro-life", "anti-abortion"}),
        ("Gun control, gun safety and gun rights were the theme.",
         {"gun control", "gun safety", "gun rights"}),
        ("Obamacare is the Affordable Care Act.", {"Obamacare", "Affordable Care Act"}),
        ("Terrorists, militants and rebels met.", {"terrorist", "militant", "rebel"}),
        ("Climate change is a climate crisis.", {"climate change", "climate crisis"}),
        ("The invasion of Ukraine, the war in Ukraine, Russia's special military operation.",
         {"invasion", "war", "special military operation"}),
    ],
)  # fmt: skip
def test_the_choices_that_anybody_would_name_are_there(text, variants):
    """Each word falls to its own variant, with the whole lexicon in competition."""
    found = {FRAMING[entry].variant for entry in find_markers(text, FRAMING)["entry"]}
    assert variants <= found


# ---- balance ---------------------------------------------------------------------------------


def test_mirrors_frame_the_same_matter_the_other_way():
    """The same frame or its counterpart, one against the other, and both sided or neither."""
    for entry in MIRRORED:
        mirror = FRAMING[entry.mirror]
        assert entry.is_marker == mirror.is_marker, entry.id
        same = entry.frame == mirror.frame
        assert same or {entry.frame, mirror.frame} in COUNTERPARTS, entry.id
        one, other = parse_towards(entry.towards), parse_towards(mirror.towards)
        assert (one.whom, one.stance) != (other.whom, other.stance), entry.id
        assert {side_of(entry), side_of(mirror)} in ({"left", "right"}, {None}), entry.id


def test_swapping_mirrors_swaps_what_is_found(found):
    """Each is found in its own example and not as the other: neither hides its mirror."""
    assert MIRRORED
    for entry in MIRRORED:
        mirror = FRAMING[entry.mirror]
        assert entry.id in found[entry.id] - found[mirror.id]
        assert mirror.id in found[mirror.id] - found[entry.id]


def test_no_entry_speaks_for_one_side_alone():
    """What speaks for the left or the right has a mirror, or an opposite or plain set-mate."""
    alone = []
    for entry in MARKERS:
        mates = SETS[entry.set] if entry.set else []
        opposite = {"left": "right", "right": "left"}.get(side_of(entry))
        answered = any(m.frame == NEUTRAL or side_of(m) == opposite for m in mates)
        if side_of(entry) and not (entry.mirror or answered):
            alone.append(entry.id)
    assert alone == []


def test_the_two_sides_have_about_as_many_entries():
    """No side has half as many again as the other."""
    sides = Counter(side_of(entry) for entry in MARKERS)
    assert max(sides["left"], sides["right"]) <= 1.5 * min(sides["left"], sides["right"])
