"""A stream gives every byte once, in order, and says what went wrong after what was right."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit.reading.streams import Budget, Stream, UnreadableError, in_mb


class InPieces(io.BytesIO):
    """Gives a few bytes at a time, and fails at its end if it is to."""

    n = 3
    error: Exception | None = None

    def read1(self, n: int | None = -1) -> bytes:
        piece = super().read(min(self.n, n or 0))
        if not piece and self.error:
            raise self.error
        return piece


def in_pieces(content: bytes, n: int = 3, error: Exception | None = None) -> Stream:
    raw = InPieces(content)
    raw.n, raw.error = n, error
    return Stream(raw)


@given(st.lists(st.binary(max_size=9).map(lambda x: x.replace(b"\0", b"")), max_size=9),
       st.integers(1, 30), st.integers(0, 9))  # fmt: skip
def test_lines_are_the_same_however_the_bytes_arrive(parts, n, head):
    """Also after somebody looked at the first bytes."""
    content = b"\n".join(parts)
    stream = in_pieces(content, n)
    assert stream.head(head) == content[:head]
    found = list(stream.lines())
    assert sum(line.size for line in found) == len(content) - 3 * content.startswith(
        b"\xef\xbb\xbf"
    )
    expected = content.split(b"\n")[: None if content[-1:] not in (b"", b"\n") else -1]
    assert [line.content for line in found] == [part.removesuffix(b"\r") for part in expected]
    assert [line.number for line in found] == [*range(1, len(found) + 1)]


@given(st.text(st.characters(max_codepoint=0x24F, exclude_characters="\0\r"), max_size=99))
def test_lines_in_utf16_come_out_as_utf8(text):
    """However the bytes arrive; a letter is never cut."""
    text = "Harbour\n" * 9 + text
    stream = in_pieces(text.encode("utf-16"))
    found = list(stream.lines())
    assert "\n".join((line.content or b"").decode() for line in found) == text.removesuffix("\n")
    assert stream.is_utf16
    assert sum(line.size for line in found) == len(text.encode("utf-16-le"))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EOFError(), "it breaks off before its end; what came before was read"),
        (OSError(5, "Input/output error"), "it cannot be read: Input/output error"),
        (RuntimeError("password required"), "it is encrypted"),
        (gzip.BadGzipFile("CRC check failed"), "it is damaged: CRC check failed"),
        (NotImplementedError(), "it is damaged: NotImplementedError"),
    ],
)
def test_what_came_before_the_damage_is_given_first(error, reason):
    """Even if it was met while looking at the first bytes."""
    stream = in_pieces(b"One.\nTwo.\nThr", error=error)
    assert stream.head() == b"One.\nTwo.\nThr"
    found = stream.lines()
    assert [next(found).content, next(found).content] == [b"One.", b"Two."]
    with pytest.raises(UnreadableError) as raised:
        next(found)
    assert str(raised.value) == reason


def test_what_is_too_large_to_hold_is_refused_before_it_is_read():
    """By the size it says it has, else by what it turns out to have."""
    with pytest.raises(UnreadableError, match=r"^it is larger than 2 MB; cut it$"):
        Stream(io.BytesIO(b""), size=2_000_001).whole(2_000_000, "cut it")
    with pytest.raises(UnreadableError, match=r"^it is larger than 2 MB$"):
        Stream(io.BytesIO(b"a" * 2_000_001)).whole(2_000_000)
    assert Stream(io.BytesIO(b"abc"), size=3).whole(3) == b"abc"


def test_blank_lines_end_somewhere(monkeypatch):
    """Gigabytes of them unpack from nothing; those between articles are no matter."""
    monkeypatch.setattr("biaskit.reading.streams.MAX_BLANK_LINES", 9)
    assert len(list(Stream(io.BytesIO(b"a\n" + b"\n" * 9 + b"b\n" + b"\n" * 9)).lines())) == 20
    found = Stream(io.BytesIO(b"\n" * 20)).lines()
    assert [next(found).content for _ in range(10)] == [b""] * 10
    with pytest.raises(UnreadableError, match=r"^from line 10 on it has nothing but blank lines$"):
        next(found)


def test_a_budget_grows_with_the_archive_and_has_an_end():
    """A small archive may unpack to 20 MB, a large one to 200 times its size, none to all."""
    assert Budget(10).left == 20_000_000
    assert Budget(1_000_000).left == 200_000_000
    assert Budget(10**12).left == 50_000_000_000


def test_packed_bytes_are_shared_out_as_they_are_read():
    """The shares never exceed the file, and none is left at its end."""
    content = b"".join(b"%d words of the harbour\n" % n for n in range(9_999))
    packed = gzip.compress(content)
    outer = Stream(io.BytesIO(packed), size=len(packed))
    inner = Stream(gzip.GzipFile(fileobj=outer), outer=outer)
    told = 0
    for line in inner.lines():
        told += inner.on_disk(line.size)
        assert told <= len(packed)
    assert told == pytest.approx(len(packed), rel=0.05)


def test_megabytes_are_for_people():
    assert in_mb(2_000_000_000) == "2,000 MB"
