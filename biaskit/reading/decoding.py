"""
Which letters do these bytes stand for?

Hardly any file says how it is encoded, so this is a rule, tried in this order: UTF-16 where
a mark or every second byte being zero shows it; UTF-8 where the bytes are valid UTF-8, which
nothing else is by chance, and where more of the letters are valid than not; for HTML what
the page declares; else one of the two code pages that Western and Russian desks used before.
The last step is a guess and says so in the name it gives. It is wrong for pages in Polish,
Greek or Turkish code pages that don't declare them.

Nothing is repaired. *Mojibake*, text that somebody else decoded wrongly long before
("â€™" for an apostrophe), is only counted, so that a user hears of it.
"""

import codecs
import contextlib
import re
from typing import NamedTuple

__all__ = [
    "BINARY",
    "Decoded",
    "decode",
    "decode_line",
    "is_utf16",
    "mojibake",
    "unix_lines",
    "without_surrogates",
]

BINARY = "it is a binary file, not text; save it as text or HTML"

# Where a page may say how it is encoded: browsers look at the first 1,024 bytes, pages of
# the 2000s with long comments above <head> need twice that.
DECLARED_WITHIN = 2_048
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.I
)

# Only encodings of text that news pages were published in. Python knows others by name that
# are no encodings of pages (punycode, unicode_escape) and must not be run on a stranger's file.
PAGE_ENCODINGS = frozenset(
    "big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 "
    "cp932 cp949 euc_jp euc_kr gb18030 gb2312 gbk iso8859-2 iso8859-3 iso8859-4 iso8859-5 "
    "iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman shift_jis".split()
)
# Pages that declare these mean cp1252, and every browser reads them so (WHATWG Encoding).
CALLED_LATIN = frozenset({"ascii", "iso8859-1"})

# In a code page for Cyrillic these bytes are letters: А-я, Ё ё, and Ґ ґ Є є І і Ї ї of Ukrainian.
CYRILLIC_WORD = re.compile(rb"[A-Za-z\xc0-\xff\xa8\xb8\xa5\xb4\xaa\xba\xb2\xb3\xaf\xbf]{2,}")
LATIN_LETTER = re.compile(rb"[A-Za-z]")

# What is looked at to tell UTF-16 without its mark: in English text at least three of four
# high bytes are zero, and next to no low ones (that of Ā is). Sound and pictures can have
# zeros in every second byte, too, but then most of what they decode to cannot be printed.
UTF16_HEAD = 1_024
UTF16_ZEROS = 0.75
UTF16_OTHERS = 0.1
UTF16_PRINTABLE = 0.9

# Text in UTF-8 that was read as cp1252 (the first four) or cp1251 (the last). After Ã no
# curly quotes: an old-fashioned “AMANHÔ is a word. After Â only the signs that follow it
# in such text, since “SÂ” may be a name.
MOJIBAKE = re.compile(
    "Ã[\x80-\x90\x95-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ•–—˜™š›œžŸ]"  # Ã© is é
    "|Â[\xa0-\xbf]"  # Â£ is £, and Â before a hard space
    "|â(?:€[\x80-\xbf˜™œ“”¦¢]|€\\b|‚¬|„¢)"  # â€™ is ’, â‚¬ is €
    "|ï»¿|ï¿½"  # the mark of UTF-8 itself, and U+FFFD
    "|вЂ[™“”њќўў¦\x98]"  # вЂ™ is ’
)
MOJIBAKE_LETTERS = "ÃÂâïв"

SURROGATE = re.compile("[\ud800-\udfff]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class Decoded(NamedTuple):
    """A text, how its bytes were read, and how many of them stand for no letter."""

    text: str
    encoding: str
    n_replaced: int


def decode(content: bytes, *, html: bool = False) -> Decoded:
    r"""
    Read the bytes of a whole file.

    >>> decode("Örebro’s mayor".encode("cp1252"))
    Decoded(text='Örebro’s mayor', encoding='cp1252 (guessed)', n_replaced=0)

    Raises
    ------
    ValueError : it is a binary file.
    """
    codec = is_utf16(content)
    if codec:
        read = _counting_replaced(content.removeprefix(_BOMS[codec]), codec, "utf-16")
    else:
        read = decode_line(content.removeprefix(codecs.BOM_UTF8), html=html)
    if "\0" in read.text:
        raise ValueError(BINARY)
    return read


def decode_line(content: bytes, *, html: bool = False) -> Decoded:
    """Read bytes that are not UTF-16: those of a line, or of a file that is none."""
    with contextlib.suppress(UnicodeDecodeError):
        return Decoded(content.decode("utf-8"), "utf-8", 0)
    damaged = _counting_replaced(content, "utf-8", "utf-8 (damaged)")
    n_others = sum(map(len, NOT_ASCII.findall(damaged.text))) - damaged.n_replaced
    if n_others > damaged.n_replaced:
        return damaged  # a page cut within a letter, or a stray byte from an editor
    declared = _declared(content) if html else None
    if declared:
        with contextlib.suppress(UnicodeDecodeError):  # it declares what the bytes are not
            return Decoded(content.decode(declared), f"{declared} (declared)", 0)
    return _guessed(content)


_BOMS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def is_utf16(content: bytes) -> str | None:
    r"""
    The codec of text in UTF-16, told by its mark or by the zeros in every second byte.

    >>> is_utf16("Harbour".encode("utf-16-be"))
    'utf-16-be'
    """
    for codec, mark in _BOMS.items():
        if content.startswith(mark):
            return codec
    head = content[: min(UTF16_HEAD, len(content) // 2 * 2)]
    zeros = {"utf-16-be": head[::2].count(0), "utf-16-le": head[1::2].count(0)}
    codec = max(zeros, key=lambda name: zeros[name])
    n, n_others = zeros[codec], min(zeros.values())
    if not n or n < UTF16_ZEROS * len(head) / 2 or n_others > UTF16_OTHERS * n:
        return None
    text = head.decode(codec, "replace")
    printable = sum(c.isprintable() or c in "\t\n\r\f\v" for c in text)
    return codec if printable >= UTF16_PRINTABLE * len(text) else None


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content, 0, DECLARED_WITHIN)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except (LookupError, UnicodeDecodeError):
        return None
    name = "cp1252" if name in CALLED_LATIN else name
    return name if name in PAGE_ENCODINGS else None


def _counting_replaced(content: bytes, codec: str, name: str) -> Decoded:
    n_before = content.count("\ufffd".encode(codec))
    text = content.decode(codec, "replace")
    n_replaced = max(0, text.count("\ufffd") - n_before)
    return Decoded(text, name, n_replaced)


def _guessed(content: bytes) -> Decoded:
    codec = "cp1251" if _is_cyrillic(content) else "cp1252"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        # Five bytes of cp1252 and one of cp1251 have no letter; as in browsers, they stand
        # for themselves.
        table = {byte: _letter(byte, codec) for byte in range(256)}
        text = content.decode("latin-1").translate(table)
    return Decoded(text, f"{codec} (guessed)", 0)


def _letter(byte: int, codec: str) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


def _is_cyrillic(content: bytes) -> bool:
    """
    Whether the words with bytes above 127 are mostly Cyrillic words under cp1251.

    Accents stand among plain letters ("château"); a Russian word holds none. Counting
    words rather than letters gets a Russian page with an English menu right, too.
    """
    high = [word for word in CYRILLIC_WORD.findall(content) if not word.isascii()]
    wholly = sum(not LATIN_LETTER.search(word) for word in high)
    return wholly * 2 > len(high)


def mojibake(text: str) -> list[str]:
    """
    Every place where text looks decoded wrongly, as it stands there.

    >>> mojibake("The mayorâ€™s cafÃ© in Ørsted, “CAFÉ”")
    ['â€™', 'Ã©']
    """
    if not any(letter in text for letter in MOJIBAKE_LETTERS):
        return []
    return MOJIBAKE.findall(text)


def without_surrogates(text: str) -> tuple[str, int]:
    r"""
    The text with halves of a letter that have lost the other half replaced, and how many.

    JSON can spell them ("\ud800"), but no file can hold them. One for one, so that positions
    stay.
    """
    try:
        text.encode("utf-8")  # four times as fast as a search
    except UnicodeEncodeError:
        return SURROGATE.subn("\ufffd", text)
    return text, 0


def unix_lines(text: str) -> str:
    """The text with every end of a line as one newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
