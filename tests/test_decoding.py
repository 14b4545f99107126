"""Bytes are read by one rule, a guess is called one, and text is never repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit.reading.decoding import (
    PAGE_ENCODINGS,
    decode,
    is_utf16,
    mojibake,
    unix_lines,
    without_surrogates,
)

ENGLISH = "The mayor’s café on the Øresund — “open” again, at £3."
RUSSIAN = "Гавань снова открыта, сказал мэр. Home About"
UKRAINIAN = "Її ґанок і моє подвір’я"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, "plain words, no more"])
def test_unicode_is_known_with_its_mark_and_without(text, codec):
    """The mark is no part of the text."""
    read = decode(text.encode(codec))
    assert (read.text, read.n_replaced) == (text, 0)
    assert read.encoding == codec.split("-sig")[0][:6].rstrip("-")


@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN, "кафе"])
def test_cyrillic_in_cp1251_is_guessed(text):
    assert decode(text.encode("cp1251")) == (text, "cp1251 (guessed)", 0)


@pytest.mark.parametrize(
    "text", [ENGLISH, "naïve", "À la carte, à Paris", "MÜNCHEN", "a “quote” – and a dash…", "£3 é"]
)
def test_western_text_in_cp1252_is_guessed(text):
    """Accents stand among plain letters, and signs tell nothing."""
    assert decode(text.encode("cp1252")) == (text, "cp1252 (guessed)", 0)


def test_bytes_without_a_letter_stand_for_themselves():
    """As in browsers; cp1252 has five of them, cp1251 one."""
    assert decode(b"caf\xe9 \x81\x9d") == ("café \x81\x9d", "cp1252 (guessed)", 0)
    content = "Гавань".encode("cp1251") + b" \x98"
    assert decode(content) == ("Гавань \x98", "cp1251 (guessed)", 0)


@pytest.mark.parametrize(
    ("head", "codec", "encoding"),
    [
        ('<meta charset="koi8-r">', "koi8-r", "koi8-r (declared)"),
        ("<META http-equiv=Content-Type content='text/html; charset=KOI8-R'>", "koi8-r",
         "koi8-r (declared)"),
        ('<?xml version="1.0" encoding="iso-8859-5"?>', "iso-8859-5", "iso8859-5 (declared)"),
        ('<meta charset="iso-8859-1">', "cp1251", "cp1252 (declared)"),
        ('<meta charset="utf-8">', "cp1251", "cp1251 (guessed)"),
        ('<meta charset="punycode">', "cp1251", "cp1251 (guessed)"),
        ('<meta charset="no such">', "cp1251", "cp1251 (guessed)"),
        (" " * 2_100 + '<meta charset="koi8-r">', "cp1251", "cp1251 (guessed)"),
    ],
)  # fmt: skip
def test_a_page_may_declare_its_encoding(head, codec, encoding):
    """Within its first 2,048 bytes, and only one that pages are written in."""
    content = (head + RUSSIAN).encode(codec)
    assert decode(content, html=True).encoding == encoding
    if encoding.startswith(codec):
        assert decode(content, html=True).text == head + RUSSIAN
    assert decode(content).encoding.endswith("(guessed)")


def test_what_is_valid_utf8_is_utf8_whatever_it_declares():
    """Editors convert pages and forget the declaration."""
    page = '<meta charset="koi8-r">' + RUSSIAN
    assert decode(page.encode(), html=True) == (page, "utf-8", 0)


def test_a_declaration_that_the_bytes_contradict_is_ignored():
    content = b'<meta charset="shift_jis">' + "Café".encode("cp1252") + b"\xff"
    assert decode(content, html=True).encoding == "cp1252 (guessed)"


def test_utf8_with_damage_stays_utf8():
    """One stray byte must not turn every letter of a page into two."""
    content = "Café “naïve”".encode()
    assert decode(content + b" \x92") == ("Café “naïve” \ufffd", "utf-8 (damaged)", 1)
    assert decode(content[:-1]).n_replaced == 1
    assert decode("\ufffd é".encode() + b"\xe9").n_replaced == 1


@pytest.mark.parametrize(
    "content", [b"\0", b"abc\0", b"\0a\0\0\0c" * 99, b"\0\0\0\1" * 99, b"\x89PNG\r\n\0\0\0\rIHDR"]
)
def test_binary_files_are_refused(content):
    with pytest.raises(
        ValueError, match=r"^it is a binary file, not text; save it as text or HTML$"
    ):
        decode(content)


def test_every_encoding_of_pages_is_known_to_python():
    """And stands in the list under the name that Python gives it."""
    import codecs

    assert {codecs.lookup(name).name for name in PAGE_ENCODINGS} == PAGE_ENCODINGS


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused(content, html):
    """What is read can be written again as UTF-8 and holds no NUL."""
    try:
        read = decode(content, html=html)
    except ValueError:
        return
    assert "\0" not in read.text
    assert len(read.text.encode()) >= len(read.text)


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), min_size=1))
def test_any_text_in_utf8_comes_back(text):
    """Unless every second byte is zero, which no text in UTF-8 has."""
    assert decode(text.encode()) == (text, "utf-8", 0)


LATIN = st.characters(max_codepoint=0x24F, exclude_characters="ĀȀ", exclude_categories=["Cc"])


@given(st.text(LATIN, max_size=8))
def test_western_text_in_utf16_is_known_by_its_zeros(text):
    text = "Āotea Harbour " * 3 + text
    for codec in ("utf-16-le", "utf-16-be"):
        assert is_utf16(text.encode(codec)) == codec


@pytest.mark.parametrize("codec", ["cp1252", "cp1251"])
@pytest.mark.parametrize("letter", "’‘“–—…")
def test_quotation_marks_decoded_wrongly_are_found(letter, codec):
    """These stand in every article."""
    wrong = letter.encode().decode(codec, "replace")
    if "\ufffd" not in wrong:
        assert mojibake(f"the mayor{wrong}s") == [wrong]


@pytest.mark.parametrize("letter", "éèàüöñçÉ£©°€™\xa0")
def test_letters_decoded_wrongly_are_found(letter):
    wrong = letter.encode().decode("cp1252", "replace")
    assert mojibake(f"a{wrong}b") == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        RUSSIAN,
        "“CAFÉ”, MENÜ–Karte, “AMANHÃ”, ‘SÂ’, Ângela, pâte, târ, forêt",
        "São Paulo; Ærø; naïve; £3; €5; 20 °C; ©; Kraków; Łódź; İstanbul",
        "привет, мир",
        "",
    ],
)
def test_words_with_accents_are_left_alone(text):
    assert mojibake(text) == []


@given(st.text(st.characters()))
def test_surrogates_are_replaced_one_for_one(text):
    """So positions stay, and the text can be written."""
    clean, n = without_surrogates(text)
    assert len(clean) == len(text)
    assert n == sum("\ud800" <= letter <= "\udfff" for letter in text)
    assert len(clean.encode()) >= len(clean)


def test_every_end_of_a_line_is_one_newline():
    """Windows, old Macs and Unix; other separators are text."""
    assert unix_lines("a\r\nb\rc\nd\u2028e\x0bf") == "a\nb\nc\nd\u2028e\x0bf"
