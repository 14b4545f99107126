"""Word lists of other programs are read as they are, or refused with every line that cannot be."""

import pytest

from biaskit.lexicon import Entry, examine_lexicon, read_lexicon, spellings
from biaskit.markers import find_markers


def entries(file, content, *, encoding="utf-8"):
    """What is read from a file: id, patterns and frame of each entry."""
    file.write_bytes(content.encode(encoding))
    return [(e.id, *e.pattern, e.frame) for e in read_lexicon(file).entries]


def faults(file, content):
    """Everything that is wrong with a file, without its name."""
    file.write_text(content, encoding="utf-8")
    return [fault.removeprefix(str(file)) for fault in examine_lexicon(file)[1]]


# ---- tables ------------------------------------------------------------------------------------

TABLE = "id{0}pattern{0}frame{0}case{0}not_near\ncoup{0}coup|putsch{0}rule{0}yes{0}goal\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_as_excel_saves_it(tmp_path, delimiter, encoding):
    """Commas, semicolons or tabs, with or without a mark, in any of its encodings."""
    file = tmp_path / "own.csv"
    file.write_bytes(TABLE.format(delimiter).encode(encoding))
    lexicon = read_lexicon(file)
    assert lexicon.name == "own"
    assert lexicon["coup"] == Entry(
        "coup", ("coup", "putsch"), "rule", case=True, not_near=("goal",)
    )


def test_a_table_needs_only_patterns(tmp_path):
    """The pattern is the id, the file's name the frame; empty lines and `sep=` are nothing."""
    content = 'sep=;\r\nPattern ;gloss\r\ncoup*;"a;\nb"\r\n;\r\nfar-right;\r\n'
    assert entries(tmp_path / "own.csv", content) == [
        ("coup*", "coup*", "own"),
        ("far-right", "far-right", "own"),
    ]
    assert read_lexicon(tmp_path / "own.csv")["coup*"].gloss == "a;\nb"


def test_every_faulty_line_of_a_table_is_named(tmp_path):
    """All of them, and the sound entries are there beside them."""
    content = (
        "pattern,frame,case,mirror\ncoup,f,maybe,\n*ism,f,,\n,f,,\ncoup,f,,\ncoup,g,,\n"
        "a,f,,,x\nb,f,,zz\nok,f,,\n"
    )
    found = faults(tmp_path / "own.csv", content)
    assert found == [
        ", line 2: case is 'maybe'; it must be yes or no",
        ", line 4: it has no pattern",
        ", line 7: it has 5 cells; the header has 4",
        ", line 3, entry *ism: the pattern '*ism' must be words, with * only at the end of a word",
        ", line 6, entry coup: this id is given twice",
        ", line 8, entry b: its mirror 'zz' is no entry",
    ]
    sound, _ = examine_lexicon(tmp_path / "own.csv")
    assert [e.id for e in sound.entries] == ["coup", "ok"]
    with pytest.raises(ValueError, match=r"; biaskit lexicon check shows 5 more faults$") as error:
        read_lexicon(tmp_path / "own.csv")
    assert found[0] in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", "word,x\n", " needs the column pattern; its first line has word, x"),
        ("a.csv", "", " needs the column pattern; its first line has "),
        ("a.dic", "hate\t1\n", " is no LIWC dictionary: its categories must stand between two "
         "lines of %, the first of them at the top"),
        ("a.yml", "- coup\n", " is no quanteda dictionary: it must hold keys with lists of words"),
        ("a.yml", "f: [*m]\n", ", line 1: a word that begins with * isn't read; put * at its end"),
        ("a.csv", "pattern,shade\nx,y\n", ", line 2: unknown key 'shade'; known are "),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(tmp_path, name, content, fault):
    """With what it would need."""
    (found,) = faults(tmp_path / name, content)
    assert found.startswith(fault)


def test_a_binary_file_is_refused(tmp_path):
    """A picture is no table, whatever it is called."""
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\0\0\0")
    with pytest.raises(ValueError, match=r"a\.csv: it is a binary file"):
        read_lexicon(tmp_path / "a.csv")


# ---- LIWC --------------------------------------------------------------------------------------

LIWC = "%\n1\taffect\n2\tanger\n31\tsoc/ial\n%\n"


def test_a_liwc_dictionary_is_read(tmp_path):
    """Categories are frames, in the order of the header; words may hold spaces and stars."""
    content = LIWC + "hate*\t2\t1\nkind of\t1\ncivil war  1 2\n\nally\t31\n"
    assert entries(tmp_path / "own.dic", content) == [
        ("hate*", "hate*", "affect/anger"),
        ("kind of", "kind of", "affect"),
        ("civil war", "civil war", "affect/anger"),
        ("ally", "ally", "soc-ial"),
    ]
    found = find_markers("It was kind of a civil-war, hated.", read_lexicon(tmp_path / "own.dic"))
    assert found["entry"].tolist() == ["kind of", "civil war", "hate*"]


def test_what_liwc_can_and_biaskit_cannot_is_refused_by_line(tmp_path):
    """Emoticons, conditions, unknown categories, a word twice."""
    content = LIWC + ":)\t1\nlike\t(02 134)125/464\nhate\t7\nrage\t2\nRage\t1\nlone\n"
    assert faults(tmp_path / "own.dic", content) == [
        ", line 7: 'like\\t(02 134)125/464' is not a word and the numbers of its categories; "
        "conditions in brackets aren't read",
        ", line 8: no category 7; the header has 1, 2, 31",
        ", line 10: the word 'Rage' stands on line 9 already",
        ", line 11: 'lone' is not a word and the numbers of its categories; conditions in "
        "brackets aren't read",
        ", line 6, entry :): the pattern ':)' must be words, with * only at the end of a word",
    ]


# ---- quanteda ----------------------------------------------------------------------------------


def test_a_quanteda_dictionary_is_read(tmp_path):
    """Keys in keys are a path; `no` stays a word; a word under two keys names both."""
    content = "rule:\n  names: [regime*, 'far right']\n  acts:\n  - coup\n  - no\nrisk: [Coup, 9]\n"
    assert entries(tmp_path / "own.yml", content) == [
        ("regime*", "regime*", "rule/names"),
        ("far right", "far right", "rule/names"),
        ("coup", "coup", "rule/acts + risk"),
        ("no", "no", "rule/acts"),
        ("9", "9", "risk"),
    ]


def test_every_fault_of_a_quanteda_dictionary_has_its_line(tmp_path):
    """Glob signs that biaskit doesn't know, and a word twice under one key."""
    assert faults(tmp_path / "own.yaml", "f:\n- colo?r\n- x\n- x\n") == [
        ", line 4: the word 'x' stands under f already",
        ", line 2 (colo?r), entry colo?r: the pattern 'colo?r' must be words, with * only at the "
        "end of a word",
    ]
    (fault,) = faults(tmp_path / "own.yaml", "f: [x\n")
    assert fault.startswith(" is not a YAML file: ")


# ---- entries -----------------------------------------------------------------------------------


def test_an_entry_may_be_marked_unseen(tmp_path):
    """It is a flag, and refused as anything else."""
    head = '[lexicon]\nname = "own"\n[[entry]]\nid = "x"\npattern = "x"\nframe = "f"\n'
    (tmp_path / "own.toml").write_text(head + "unseen = true\n")
    assert read_lexicon(tmp_path / "own.toml")["x"].unseen
    assert faults(tmp_path / "own.toml", head + "unseen = 1\n") == [
        ", entry 1 (x): unseen is 1; it must be true or false"
    ]


def test_a_pattern_has_twenty_words_at_most(tmp_path):
    """A longer one would make reading slower for every text."""
    file = tmp_path / "own.csv"
    assert faults(file, "pattern\n" + "a " * 20 + "\n") == []
    assert (
        "has 21 words; 20 are the most that are looked for"
        in faults(file, "pattern\n" + "a " * 21 + "\n")[0]
    )


# ---- spelling ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("british", "american"),
    [line.split() for line in """organise organize
        radicalisation radicalization
        realised realized
        favour favor
        unfavourable unfavorable
        neighbourhood neighborhood
        centre center
        centred centered
        defence defense
        licence license
        labelled labeled
        traveller traveler
        fulfil fulfill
        analyse analyze
        manoeuvre maneuver
        cosy cozy
        sceptical skeptical
        paediatric pediatric
        catalogue catalog""".splitlines()],
)  # fmt: skip
def test_spellings_go_both_ways(british, american):
    """What is British for American is American for British, in any case."""
    assert spellings(british) == (american,)
    assert spellings(american) == (british,)
    assert spellings(british.capitalize()) == (american.capitalize(),)
    assert spellings(british.upper()) == (american.upper(),)


@pytest.mark.parametrize(
    "word",
    """four hour tour your rise promise surprise unsurprising otherwise advertise supersize size
    prize seize compromise exercise improvise called filled controlled rebelled sentence
    violence silence humorous vigorous honorary laboratory parameter thermometer water
    order tyre programme crisis citizen* touris* compromis* analysis* tennis* organ*
    label* a* wise franchised predator actor error terror* minister* disguise noise
    praise* police* evidence license's""".split(),
)
def test_what_only_looks_like_it_has_no_other_spelling(word):
    """No absurd form is ever looked for."""
    assert spellings(word) == ()
