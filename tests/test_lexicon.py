"""A lexicon says what is looked for and why; a faulty one is refused by the name of its entry."""

import dataclasses
import hashlib

import pytest
from conftest import LEXICON

from biaskit.lexicon import NEUTRAL, Entry, pattern_words, read_lexicon, shipped_lexicons
from biaskit.markers import find_markers
from biaskit.tables import COLUMNS

SHIPPED = {name: read_lexicon(name) for name in shipped_lexicons()}
shipped = pytest.mark.parametrize("lexicon", SHIPPED.values(), ids=SHIPPED)

HEAD = '[lexicon]\nname = "bad"\n'
COUP = '[[entry]]\nid = "coup"\npattern = ["coup"]\nframe = "rule"\n'
ENTRY_KEYS = (
    "alternatives, case, counterexamples, examples, frame, gloss, id, language, mirror, near, "
    "not_near, pattern, set, source, towards, unseen, variant"
)


def fault(tmp_path, content: str | bytes) -> str:
    """The message with which a lexicon is refused, after the name of its file."""
    file = tmp_path / "bad.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=r"bad\.toml") as error:
        read_lexicon(file)
    assert str(error.value).startswith(str(file))
    return str(error.value).removeprefix(str(file))


# ---- every shipped lexicon -------------------------------------------------------------------


@pytest.fixture(scope="module")
def found():
    """Per lexicon and sentence of its examples, the entries found there; read in one go."""
    shown = {}
    for name, lexicon in SHIPPED.items():
        lines = sorted({x for e in lexicon.entries for x in (*e.examples, *e.counterexamples)})
        text, shown[name] = "\n".join(lines), {line: set() for line in lines}
        for hit in find_markers(text, lexicon).itertuples():
            shown[name][lines[text.count("\n", 0, hit.start)]].add(hit.entry)
    return shown


@shipped
def test_every_entry_is_found_in_its_examples_and_not_in_its_counterexamples(lexicon, found):
    """What an entry promises its reader, it does, with the whole lexicon in competition."""
    for entry in lexicon.entries:
        for example in entry.examples:
            assert entry.id in found[lexicon.name][example], example
        for example in entry.counterexamples:
            assert entry.id not in found[lexicon.name][example], example


@shipped
def test_every_entry_explains_itself(lexicon):
    """An entry shows where it hits; a marker says what it presents as given."""
    for entry in lexicon.entries:
        assert entry.examples, entry.id
        assert entry.frame in lexicon.frames, entry.id
        assert entry.source == "own" or lexicon.sources[entry.source], entry.id
        assert entry.gloss or not entry.is_marker, entry.id
        # No context without a text that made it necessary.
        assert entry.counterexamples or not (entry.near or entry.not_near), entry.id


@shipped
def test_every_pattern_of_an_entry_can_be_found(lexicon):
    """Alone and before a full stop, with its context where it needs one."""
    for entry in lexicon.entries:
        alone = dataclasses.replace(
            lexicon, entries=(dataclasses.replace(entry, near=(), not_near=()),)
        )
        forms = [pattern.replace("*", "") for pattern in entry.pattern]
        text = "\n".join(f"{form}\n{form}.\n“{form}”\nso {form}, so" for form in forms)
        wanted = [form for form in forms for _ in range(4)]
        assert find_markers(text, alone)["form"].tolist() == wanted, entry.id


@shipped
def test_mirrors_look_at_each_other(lexicon):
    """What marks one side's framing has its mirror, which names it back."""
    for entry in lexicon.entries:
        if entry.mirror is not None:
            assert entry.mirror != entry.id
            assert lexicon[entry.mirror].mirror == entry.id


@shipped
def test_every_set_has_something_to_choose_between(lexicon):
    """A share needs two variants at least; every frame and source listed is used."""
    variants: dict[str, set] = {}
    for entry in lexicon.entries:
        if entry.set:
            variants.setdefault(entry.set, set()).add(entry.variant)
    assert {name for name, found in variants.items() if len(found) < 2} == set()
    assert set(lexicon.frames) == {entry.frame for entry in lexicon.entries}
    assert set(lexicon.sources) == {entry.source for entry in lexicon.entries} - {"own"}


@shipped
def test_a_shipped_lexicon_has_its_passport(lexicon):
    """Whoever quotes a lexicon can name its version and its licence."""
    assert lexicon.name in SHIPPED
    assert SHIPPED[lexicon.name] is lexicon
    for value in (lexicon.version, lexicon.title, lexicon.description, lexicon.language):
        assert value
    assert lexicon.licence == "CC BY 4.0"


@pytest.mark.parametrize(
    "words",
    [
        "pretext", "reunification", "coup", "regime", "alleged", "so-called", "claimed",
        "far-right", "cosying up to", "pro-Kremlin", "terrorist-controlled",
    ],
)  # fmt: skip
def test_the_first_words_anybody_asks_for_are_markers(words):
    """The words that biaskit was made for are in its first lexicon."""
    lexicon = SHIPPED["framing-en"]
    hits = find_markers(f"In Crimea they wrote: {words} Vane.", lexicon)
    assert hits[hits["form"] == words]["frame"].ne(NEUTRAL).tolist() == [True]


# ---- reading ---------------------------------------------------------------------------------


def test_an_entry_holds_what_the_file_says(tmp_path):
    """Each key has its field; one string stands for a list of one."""
    file = tmp_path / "own.toml"
    file.write_text(
        """\
[lexicon]
name = "own"
version = "2"
title = "T"
description = "D"
language = "de"
licence = "CC0"
[sources]
style = "A style guide."
[frames]
rule = "names for rule"
[[entry]]
id = "junta"
pattern = "junta*"
frame = "rule"
gloss = "G"
alternatives = ["cabinet"]
set = "rulers"
variant = "junta"
mirror = "junta"
towards = "the rulers: against"
case = true
near = ["army"]
not_near = "band"
examples = ["A junta of the army."]
counterexamples = ["A junta."]
source = "style"
language = "en"
[[entry]]
id = "cabinet"
pattern = ["cabinet"]
frame = "rule"
""",
        encoding="utf-8",
    )
    lexicon = read_lexicon(file)
    assert lexicon["junta"] == Entry(
        id="junta",
        pattern=("junta*",),
        frame="rule",
        gloss="G",
        alternatives=("cabinet",),
        set="rulers",
        variant="junta",
        mirror="junta",
        towards="the rulers: against",
        case=True,
        near=("army",),
        not_near=("band",),
        examples=("A junta of the army.",),
        counterexamples=("A junta.",),
        source="style",
        language="en",
    )
    assert lexicon["cabinet"] == Entry("cabinet", ("cabinet",), "rule", language="de")
    passport = (lexicon.name, lexicon.version, lexicon.title, lexicon.description)
    assert passport == ("own", "2", "T", "D")
    assert (lexicon.language, lexicon.licence) == ("de", "CC0")
    assert lexicon.frames == {"rule": "names for rule"}
    assert lexicon.sources == {"style": "A style guide."}
    assert lexicon.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_lexicon_can_be_read_by_the_name_of_a_shipped_one_or_from_a_file(tmp_path):
    """The default is the framing lexicon, and a file is read whatever its name."""
    assert read_lexicon() == read_lexicon("framing-en")
    (tmp_path / "mine.txt").write_text(HEAD + COUP)
    assert read_lexicon(str(tmp_path / "mine.txt")).name == "bad"


def test_neither_a_lexicon_nor_an_entry_can_be_changed(lexicon):
    """What was measured with a lexicon stays true of it."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        lexicon.name = "other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        lexicon["coup"].pattern = ("putsch",)


def test_only_neutral_entries_are_no_markers(lexicon):
    """Plain variants of a set are counted so that shares have a denominator."""
    assert [e.id for e in lexicon.entries if not e.is_marker] == ["change-of-power"]


def test_the_table_has_one_row_per_entry_in_the_order_of_the_file(lexicon):
    """Its columns are those of the entries table; what an entry lacks is missing."""
    table = lexicon.table()
    assert list(table.columns) == list(COLUMNS["entries"])
    assert table[["lexicon", "entry", "frame", "set", "variant", "mirror"]].to_numpy().tolist() == [
        ["tiny", "coup", "naming/rule", "change", "coup", "uprising"],
        ["tiny", "uprising", "naming/rule", "change", "uprising", "coup"],
        ["tiny", "change-of-power", "neutral", "change", "plain", None],
        ["tiny", "regime", "naming/rulers", None, None, None],
    ]
    assert set(table["language"]) == {"en"}


def test_an_entry_that_isnt_there_is_named(lexicon):
    """Asking for an unknown entry says which one and where."""
    with pytest.raises(KeyError) as error:
        lexicon["Coup"]
    assert error.value.args == ("no entry 'Coup' in the lexicon tiny",)


def test_a_missing_lexicon_names_those_there_are(tmp_path):
    """A typing error is answered with what would have worked."""
    file = tmp_path / "framing-xx"
    with pytest.raises(FileNotFoundError) as error:
        read_lexicon(file)
    shipped = ", ".join(shipped_lexicons())
    assert str(error.value) == f"no lexicon {str(file)!r}: give a TOML file or one of {shipped}"


# ---- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD + COUP + COUP, ", entry coup: this id is given twice"),
        (
            HEAD + COUP + 'colour = "red"\nshade = 1\n',
            f", entry 1 (coup): unknown key 'colour', 'shade'; known are {ENTRY_KEYS}",
        ),
        (
            HEAD + COUP + '[[entry]]\npatern = "x"\n',
            f", entry 2: unknown key 'patern'; known are {ENTRY_KEYS}",
        ),
        (
            HEAD + '[[entry]]\nid = "coup"\nframe = "rule"\n',
            ", entry 1 (coup): the key 'pattern' is missing",
        ),
        (
            HEAD + COUP + '[[entry]]\nframe = "rule"\n',
            ", entry 2: the key 'id', 'pattern' is missing",
        ),
        (
            HEAD + '[[entry]]\nid = "x"\npattern = "x"\n',
            ", entry 1 (x): the key 'frame' is missing",
        ),
        (COUP, ": the key 'lexicon' is missing"),
        (HEAD, ": the key 'entry' is missing"),
        (
            HEAD + COUP.replace("[[entry]]", "[entry]"),
            ": entries are written [[entry]], with two brackets",
        ),
        ("[lexicon]\n" + COUP, ", [lexicon]: the key 'name' is missing"),
        (
            HEAD + "colour = 1\n" + COUP,
            ", [lexicon]: unknown key 'colour'; known are description, language, licence, name, "
            "title, version",
        ),
        (
            HEAD + COUP + "[colours]\nred = 1\n",
            ": unknown key 'colours'; known are entry, frames, lexicon, sources",
        ),
        (
            'lexicon = "bad"\n' + COUP,
            ", [lexicon] must be a table with the keys description, language, licence, name, "
            "title, version",
        ),
        (
            HEAD + "[frames]\nother = 'x'\n" + COUP,
            ", entry coup: the frame 'rule' is not in [frames]",
        ),
        (HEAD + COUP + 'source = "ap"\n', ", entry coup: the source 'ap' is not in [sources]"),
        (HEAD + COUP + 'mirror = "putsch"\n', ", entry coup: its mirror 'putsch' is no entry"),
        (
            HEAD + COUP + 'set = "change"\n',
            ", entry coup: set and variant go together; only one of them is given",
        ),
        (
            HEAD + COUP + 'variant = "coup"\n',
            ", entry coup: set and variant go together; only one of them is given",
        ),
        (HEAD + COUP.replace('["coup"]', "[]"), ", entry coup: it has no pattern"),
        (
            HEAD
            + COUP
            + '[[entry]]\nid = "putsch"\npattern = ["putsch", "Coup"]\nframe = "rule"\n',
            ", entry putsch: the pattern 'Coup' is also that of coup",
        ),
        (
            HEAD + COUP + "gloss = 3\n",
            ", entry 1 (coup): gloss is 3; it must be a string",
        ),
        (
            HEAD + COUP + 'case = "yes"\n',
            ", entry 1 (coup): case is 'yes'; it must be true or false",
        ),
        (
            HEAD + COUP + "near = [1]\n",
            ", entry 1 (coup): near is [1]; it must be a string or a list of strings",
        ),
    ],
)
def test_a_faulty_lexicon_is_refused_in_one_sentence(tmp_path, content, message):
    """The sentence names the file, the entry, and what would have worked."""
    assert fault(tmp_path, content) == message


@pytest.mark.parametrize("key", ["pattern", "near", "not_near"])
@pytest.mark.parametrize(
    "pattern",
    ["", " ", "*", "*ism", "re*form", "a *", "terror**", "so, called", "coup|putsch", "coup."],
)
def test_a_pattern_is_words_and_nothing_else(tmp_path, key, pattern):
    """What looks like a regular expression, or could never be found, is refused at once."""
    values = {"pattern": "'coup'", key: repr(pattern)}
    lines = "".join(f"{k} = [{v}]\n" for k, v in values.items())
    assert fault(tmp_path, f'{HEAD}[[entry]]\nid = "coup"\nframe = "rule"\n{lines}') == (
        f", entry coup: the pattern {pattern!r} must be words, with * only at the end of a word"
    )


@pytest.mark.parametrize("content", ["[lexicon", HEAD + COUP + 'id = "again"\n', b"name = '\xff'"])
def test_a_file_that_is_not_toml_is_named(tmp_path, content):
    """What the parser says comes after the name of the file."""
    assert fault(tmp_path, content).startswith(" is not a TOML file in UTF-8: ")


def test_one_form_in_two_senses_is_told_apart_by_context(tmp_path):
    """Two entries may share a pattern if their contexts differ, and only then."""
    other = '[[entry]]\nid = "sport"\npattern = "coup"\nframe = "rule"\nnear = "goal"\n'
    (tmp_path / "two.toml").write_text(HEAD + COUP + 'not_near = "goal"\n' + other)
    lexicon = read_lexicon(tmp_path / "two.toml")
    assert find_markers("A coup. A coup and a goal.", lexicon)["entry"].tolist() == [
        "coup",
        "sport",
    ]


def test_a_lexicon_without_frames_is_no_fault(tmp_path):
    """[frames] is a help against typing errors; whoever lists none may use any."""
    (tmp_path / "own.toml").write_text(HEAD + COUP)
    assert read_lexicon(tmp_path / "own.toml")["coup"].frame == "rule"
    assert "[frames]" in LEXICON


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("coup", ("coup",)),
        ("Far-Right", ("far", "right")),
        ("so-called reform*", ("so", "called", "reform*")),
        ("cosi* up", ("cosi*", "up")),
        ("people’s will", ("people", "'s", "will")),
        ("re**", ()),
        ("", ()),
    ],
)
def test_a_pattern_is_cut_as_text_is_cut(pattern, words):
    """One normaliser for text and lexicon, so that they can't disagree."""
    assert pattern_words(pattern) == words


def test_case_keeps_the_letters_of_a_pattern():
    """Only a pattern that must fit in case isn't folded."""
    assert pattern_words("Far-Right", case=True) == ("Far", "Right")
