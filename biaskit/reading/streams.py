"""
How are the bytes of a large or damaged file read without holding them, or trusting them?

A `Stream` is one file, or one member of an archive, read in pieces. It counts what it gives,
knows which share of the file on disk that is, and turns whatever goes wrong below it into
`UnreadableError`, whose message is the reason a user reads. What came before the damage has
been given by then, so that a download that broke off still yields its first articles.

Three bounds keep a stranger's file from filling the memory: an article has at most
`MAX_ARTICLE` bytes, what has to be held as a whole at most `MAX_WHOLE`, and an archive
unpacks to no more than `MAX_RATIO` times its size.
"""

import codecs
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from biaskit.reading.decoding import BINARY, is_utf16

__all__ = [
    "MAX_ARTICLE",
    "MAX_WHOLE",
    "Budget",
    "Line",
    "Stream",
    "UnreadableError",
    "in_mb",
]

# A long book is 2 MB of text and the largest news page measured was 4 MB of HTML; what is
# larger is a table without its line ends, or an attack.
MAX_ARTICLE = 20_000_000
# JSON takes about eight times its size once parsed: half a gigabyte for this.
MAX_WHOLE = 64_000_000
# News text packs to a quarter, the same row over and over to a two-hundredth; deflate can
# pack zeros to a thousandth. Small archives are let off, since they can do no harm.
MAX_RATIO = 200
UNPACKED_FREELY = 20_000_000
# However large the archive is: ten times the largest table biaskit is built for.
MAX_UNPACKED = 50_000_000_000

CUT = "it breaks off before its end; what came before was read"
# More than an Excel sheet has rows; whole files of them unpack from nothing.
MAX_BLANK_LINES = 1_100_000

PIECE = 1 << 16
HEAD = 8_192

# What the standard library raises for archives that are cut, flipped or forged.
BROKEN = (
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class UnreadableError(Exception):
    """A file, or the rest of it, cannot be read; the message says why, in words for the user."""


class Line(NamedTuple):
    """A line without its end, None where it is too long to hold, and its bytes on disk."""

    number: int
    content: bytes | None
    size: int


class Budget:
    """How many bytes an archive may still unpack to; its members share it."""

    def __init__(self, packed: int) -> None:
        self.left = min(max(UNPACKED_FREELY, MAX_RATIO * packed), MAX_UNPACKED)

    def spend(self, n: int) -> None:
        """Take `n` bytes off, or stop the reading."""
        self.left -= n
        if self.left < 0:
            raise UnreadableError(
                f"it unpacks to more than {MAX_RATIO} times its size, as no news text does; "
                f"what came after that was not read"
            )


class Stream:
    """
    The bytes of one file or member, read once from its beginning.

    Parameters
    ----------
    raw : what has `read1`: an open file, a member of a zip, bytes in memory.
    size : its bytes where they are known.
    budget : the archive's, where it is a member or is packed.
    share : bytes on disk that a byte of this stream stands for, where that is known.
    outer : the stream that this one is unpacked from, where it is not known.
    """

    def __init__(
        self,
        raw: Any,
        *,
        size: int | None = None,
        budget: Budget | None = None,
        share: float = 1.0,
        outer: "Stream | None" = None,
    ) -> None:
        self.raw = raw
        self.size = size
        self.budget = budget
        self.share = share
        self.outer = outer
        self.n_read = 0
        self._n_told = 0
        self._n_told_outer = 0
        self._back = b""
        self._damage: UnreadableError | None = None
        self._utf16: codecs.IncrementalDecoder | None = None

    def read(self, n: int = PIECE) -> bytes:
        """At most `n` bytes, none only at the end."""
        if self._back:
            piece, self._back = self._back[:n], self._back[n:]
            return piece
        if self._damage:
            raise self._damage
        try:
            piece = self.raw.read1(n)
        except BROKEN as error:
            raise UnreadableError(_reason(error)) from error
        self.n_read += len(piece)
        if self.budget:
            self.budget.spend(len(piece))
        return piece

    def head(self, n: int = HEAD) -> bytes:
        """The first bytes, which stay to be read."""
        pieces = [self._back]
        self._back = b""
        missing = n - len(pieces[0])
        try:
            while missing > 0 and (piece := self.read(missing)):
                pieces.append(piece)
                missing -= len(piece)
        except UnreadableError as error:
            self._damage = error  # told once what came before it has been read
        self._back = b"".join(pieces)
        return self._back[:n]

    def whole(self, most: int, advice: str = "") -> bytes:
        """All bytes, if they are at most `most`."""
        if self.size is not None and self.size > most:
            raise UnreadableError(_too_large(most, advice))
        pieces, n = [], 0
        while piece := self.read():
            n += len(piece)
            if n > most:
                raise UnreadableError(_too_large(most, advice))
            pieces.append(piece)
        return b"".join(pieces)

    def seekable(self, advice: str) -> BinaryIO:
        """The bytes as a file to go to and fro in: that on disk, else held in memory."""
        if isinstance(self.raw, io.BufferedReader) and not self.n_read:
            return self.raw
        return io.BytesIO(self.whole(MAX_WHOLE, advice))

    def on_disk(self, n: int) -> int:
        """
        The bytes on disk that the next `n` bytes of this stream stand for.

        How well a packed file packs is known at its end only. Until then each article takes
        its share of what was read and is not yet told, so that the sum never exceeds the file.
        """
        if self.outer is None:
            return round(n * self.share)
        untold = max(n, self.n_read - self._n_told, 1)
        n_outer = round((self.outer.n_read - self._n_told_outer) * n / untold)
        self._n_told += n
        self._n_told_outer += n_outer
        return self.outer.on_disk(n_outer)

    def lines(self) -> Iterator[Line]:
        """The lines in UTF-8 or a code page; a file in UTF-16 comes out as UTF-8."""
        held: list[bytes] = []
        number, size, n_blank = 1, 0, 0
        for piece in self._text_pieces():
            *ends, rest = piece.split(b"\n")
            for part in ends:
                size += len(part) + 1
                held.append(part)
                yield self._line(number, held, size)
                n_blank = n_blank + 1 if size == 1 else 0
                if n_blank > MAX_BLANK_LINES:
                    raise UnreadableError(f"from line {number:,} on it has nothing but blank lines")
                held.clear()
                number, size = number + 1, 0
            size += len(rest)
            if size <= MAX_ARTICLE:
                held.append(rest)
            else:
                held.clear()
        if size:
            yield self._line(number, held, size)

    def _line(self, number: int, held: list[bytes], size: int) -> Line:
        if size > MAX_ARTICLE:
            return Line(number, None, size)
        content = b"".join(held)
        if self._utf16:
            n_ends = size - len(content)
            size = len(content.decode("utf-8").encode("utf-16-le")) + 2 * n_ends
        return Line(number, content.removesuffix(b"\r"), size)

    def _text_pieces(self) -> Iterator[bytes]:
        head = self.head()
        codec = is_utf16(head)
        if codec:
            self._utf16 = codecs.getincrementaldecoder("utf-16" if _marked(head) else codec)(
                "replace"
            )
        elif b"\0" in head:
            raise UnreadableError(BINARY)
        else:
            self._back = self._back.removeprefix(codecs.BOM_UTF8)
        while piece := self.read():
            yield self._utf16.decode(piece).encode("utf-8", "replace") if self._utf16 else piece

    @property
    def is_utf16(self) -> bool:
        """Whether the lines read so far were in UTF-16."""
        return self._utf16 is not None


def _marked(head: bytes) -> bool:
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _too_large(most: int, advice: str) -> str:
    return f"it is larger than {in_mb(most)}" + (f"; {advice}" if advice else "")


def in_mb(n: int) -> str:
    """
    A number of bytes for people.

    >>> in_mb(20_000_000)
    '20 MB'
    """
    return f"{n // 1_000_000:,} MB"


def _reason(error: Exception) -> str:
    """What the libraries say when they break, in words for the user."""
    if isinstance(error, EOFError):
        return CUT
    if isinstance(error, OSError) and error.errno is not None:
        return f"it cannot be read: {error.strerror}"
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it is encrypted"
    return f"it is damaged: {str(error) or type(error).__name__}"
