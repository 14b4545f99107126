"""A profile says what is known of an outlet, adds to the general rules, and fails by name."""

import pytest

from biaskit.outlets import Profile, named, read_profiles, recognise, slug_of

LANTERN = """\
[outlet]
name = "The Lantern"
slug = "lantern"
aliases = ["Lantern Online"]
domains = ["lantern.example"]

[recognise]
patterns = ['^ARLEN \\(Lantern\\)', '© Lantern$']

[furniture]
patterns = ['Listen', 'Chats( \\d+)?']

[caption]
patterns = ['.* - Lantern']

[related]
patterns = ['MORE:.*']
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one profile of the user's own."""
    (tmp_path / "lantern.toml").write_text(LANTERN, encoding="utf-8")
    return tmp_path


def profile_of(name: str, folder=None) -> Profile:
    return next(p for p in read_profiles(folder) if p.name == name)


def fault(tmp_path, content: str | bytes) -> str:
    """The message with which a profile is refused."""
    content = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "bad.toml").write_bytes(content)
    with pytest.raises(ValueError, match=r"^bad\.toml") as error:
        read_profiles(tmp_path)
    return str(error.value)


def test_own_profiles_stand_among_the_shipped_in_alphabetical_order(folder):
    """A folder adds to what is shipped; without it only the shipped ones are known."""
    shipped = [profile.name for profile in read_profiles()]
    assert shipped == sorted(shipped)
    assert {"Sputnik", "The Local"} <= set(shipped)
    assert [profile.name for profile in read_profiles(folder)] == sorted([*shipped, "The Lantern"])


def test_every_key_of_a_profile_is_read(folder):
    """What the file says is what the profile says."""
    assert profile_of("The Lantern", folder) == Profile(
        name="The Lantern",
        slug="lantern",
        aliases=("Lantern Online",),
        domains=("lantern.example",),
        recognise=(r"^ARLEN \(Lantern\)", "© Lantern$"),
        furniture=("Listen", r"Chats( \d+)?"),
        caption=(".* - Lantern",),
        related=("MORE:.*",),
    )


def test_an_own_profile_takes_the_place_of_the_shipped_one_of_its_name(folder):
    """Whoever knows better than the package is believed, once."""
    (folder / "own.toml").write_text('[outlet]\nname = "Sputnik"\nslug = "mine"\n')
    assert [p.slug for p in read_profiles(folder) if p.name == "Sputnik"] == ["mine"]
    assert profile_of("Sputnik").slug == "sputnik"


def test_a_profile_needs_no_more_than_a_name(tmp_path):
    """Its slug is made of the name, and it recognises no page and knows no line."""
    (tmp_path / "p.toml").write_text('[outlet]\nname = "Örebro Post"\n', encoding="utf-8")
    profile = profile_of("Örebro Post", tmp_path)
    assert profile == Profile(name="Örebro Post", slug="örebro-post")
    assert not profile.evidence.search("Örebro Post")
    assert profile.lines == {}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Echo", "echo"),
        ("The Örebro Post!", "the-örebro-post"),
        ("A_B / C", "a-b-c"),
        ("?", "outlet"),
    ],
)
def test_a_slug_holds_letters_figures_and_single_hyphens(name, slug):
    """It stands in ids and file names, so it is never empty and holds no slash."""
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '[outlet]\nname = "Echo"\ncolour = "red"\n',
            "bad.toml: unknown key outlet.colour; known are outlet.aliases, outlet.domains, "
            "outlet.name, outlet.slug, recognise.patterns, furniture.patterns, caption.patterns, "
            "related.patterns",
        ),
        (
            '[outlet]\nname = "Echo"\n[menu]\npatterns = []\n',
            "bad.toml: unknown key menu.patterns; known are outlet.aliases, outlet.domains, "
            "outlet.name, outlet.slug, recognise.patterns, furniture.patterns, caption.patterns, "
            "related.patterns",
        ),
        ('[outlet]\nslug = "echo"\n', "bad.toml: [outlet] needs a name"),
        ('[outlet]\nname = ""\n', "bad.toml: [outlet] needs a name"),
        ("[outlet]\nname = 3\n", "bad.toml: outlet.name is 3; it must be a string"),
        (
            "[outlet]\nname = \"Echo\"\n[caption]\npatterns = '.*Echo'\n",
            "bad.toml: caption.patterns is '.*Echo'; it must be a list of strings",
        ),
        (
            '[outlet]\nname = "Echo"\naliases = [1]\n',
            "bad.toml: outlet.aliases is [1]; it must be a list of strings",
        ),
        (
            "[outlet]\nname = \"Echo\"\n[caption]\npatterns = ['(']\n",
            "bad.toml: '(?:()' is no regular expression: missing ), unterminated subpattern "
            "at position 0",
        ),
        (
            "[outlet]\nname = \"Echo\"\n[recognise]\npatterns = ['[']\n",
            "bad.toml: '(?:[)' is no regular expression: unterminated character set at position 3",
        ),
    ],
)
def test_a_faulty_profile_is_refused_in_one_sentence(tmp_path, content, message):
    """The sentence names the file, the key and what would have worked."""
    assert fault(tmp_path, content) == message


@pytest.mark.parametrize("content", ["name =", b'[outlet]\nname = "\xff"'])
def test_a_file_that_is_not_toml_is_named(tmp_path, content):
    """What the parser says comes after the name of the file."""
    assert fault(tmp_path, content).startswith("bad.toml is not a TOML file in UTF-8: ")


def test_a_missing_folder_of_profiles_is_an_error(tmp_path):
    """A typing error in the folder's name must not pass for no profiles."""
    folder = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError) as error:
        read_profiles(folder)
    assert str(error.value) == f"no folder of outlet profiles at {str(folder)!r}"


ECHO = Profile("Echo", "echo", recognise=("^Echo$", "via Echo"))
POST = Profile("Post", "post", recognise=("^Post$",))


@pytest.mark.parametrize(
    ("page", "outlet"),
    [
        ("Menu\nEcho\nA text.", ECHO),
        ("Post\nA text.", POST),
        ("A text. Comment via Echo", ECHO),
        ("The mayor told Echo that he would not.", None),
        ("Echo\nPost\nA text.", None),
        ("", None),
    ],
)
def test_an_outlet_is_recognised_when_it_alone_left_its_mark(page, outlet):
    """A name in somebody's sentence is no mark, and two outlets' marks are nobody's."""
    assert recognise(page, [ECHO, POST]) == outlet


@pytest.mark.parametrize(
    "name",
    ["The Lantern", "the lantern ", "LANTERN ONLINE", "lantern.example", "www.lantern.example"],
)
def test_an_outlet_goes_by_its_name_an_alias_or_a_domain(folder, name):
    """Case, spaces around it and www. don't matter."""
    assert named(name, read_profiles(folder)).slug == "lantern"


def test_a_part_of_a_domain_is_the_outlet_and_a_longer_name_is_not(folder):
    """news.lantern.example is The Lantern's; mylantern.example is somebody else's."""
    assert named("News.Lantern.Example", read_profiles(folder)).slug == "lantern"
    assert named("mylantern.example", read_profiles(folder)).slug == "mylantern-example"


def test_an_outlet_that_nobody_knows_gets_a_bare_profile(folder):
    """Naming an outlet is enough; a part of a known name isn't that outlet."""
    assert named(" The Lantern Weekly ", read_profiles(folder)) == Profile(
        name="The Lantern Weekly", slug="the-lantern-weekly"
    )


@pytest.mark.parametrize("profile", read_profiles(), ids=lambda profile: profile.slug)
def test_a_shipped_profile_goes_by_all_its_names(profile):
    """No name of a shipped profile leads to another."""
    for name in (profile.name, *profile.aliases, *profile.domains):
        assert named(name, read_profiles()) == profile
    assert slug_of(profile.slug) == profile.slug
