"""Find out in what character set a text is written, and read it in bounded steps."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import charset_normalizer

_CHUNK = 2**20
_SAMPLE = 2**16
_LONGEST_LINE = 2**18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEST = "cp1252"
_CANDIDATES = [
    _WEST, "cp850", "mac_roman", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_WESTERN = (_WEST, "cp850", "mac_roman")
_WEIGHTS = {
    **dict.fromkeys("âàìíîòôúùûñãõåæøßÉÈËÊÁÀÄÖÜÏÓÇ£§²³½¼©®«»„·´\xa0\xad", 0.6),
    **dict.fromkeys("éèëêáäïóöüç€–—‘’“”…•°", 1.0),
}
"""How likely characters beyond ASCII are in Dutch, English, German and French."""
_LIKELY = 0.55
"""From this mean weight on, a Western character set is believed."""
_FEW = 0.05
"""Up to this share of broken characters among those beyond ASCII, a text is still UTF-8."""
_BEYOND = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Charset:
    """A character set.

    Attributes:
        name: As Python calls it.
        warning: The code of a warning when it was guessed or when characters were lost; None when it is sure.
        has_pages: Whether the text is cut in pages by form feeds.
    """

    name: str
    warning: str | None = None
    has_pages: bool = False


def find_charset(file: BinaryIO, *, told: str | None = None) -> Charset:
    """Look through a whole file, in bounded memory; it is left at its start.

    A byte order mark decides; else text that is valid UTF-8 is UTF-8, whatever it says about itself; else what it says;
    else what its letters look like, Western European (cp1252) in doubt.

    Args:
        file: Where it is read from.
        told: What the file says about itself.
    """
    file.seek(0)
    head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _without_break(file, Charset(name))
    if (wide := _wide(head)) is not None:
        return _without_break(file, Charset(wide, "charset_guessed"))
    good, broken, sample, has_pages = _look_through(file)
    if not broken:
        return Charset("utf-8", None, has_pages)
    if broken <= good * _FEW:
        return Charset("utf-8", "charset_errors", has_pages)
    if told is not None and (known := _known(told)) is not None:
        return Charset(known, None, has_pages)
    guess = _guess(sample)
    return Charset(guess, None if guess == _WEST else "charset_guessed", has_pages)


def lines_of(file: BinaryIO, charset: Charset) -> Iterator[str]:
    r"""Give the lines of a file with their `\n`; a line that is too long comes in pieces, what cannot be read as U+FFFD."""
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=charset.name, errors="replace", newline=None)
    try:
        while line := stream.readline(_LONGEST_LINE):
            yield line
    finally:
        stream.detach()


def _look_through(file: BinaryIO) -> tuple[int, int, bytes, bool]:
    """Count well-formed and broken UTF-8 characters beyond ASCII; give a sample of what lies around them."""
    good = broken = 0
    has_pages = False
    around = bytearray()
    rest = b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        has_pages = has_pages or b"\f" in chunk
        chunk = rest + chunk
        rest = b""
        if chunk.isascii():
            continue
        tail = next((back for back in (1, 2, 3) if chunk[-back] >= 0xC0), 0) if len(chunk) > 3 else 0
        if tail:
            chunk, rest = chunk[:-tail], chunk[-tail:]
        found = _MULTIBYTE.sub(b"", chunk)
        lost = len(_BEYOND.findall(found))
        broken += lost
        good += len(_MULTIBYTE.findall(chunk))
        if lost and len(around) < _SAMPLE:
            at = _BEYOND.search(chunk)
            around += chunk[max((at.start() if at else 0) - 1_000, 0) :][:_SAMPLE]
    if (
        rest
    ):  # a file that was cut off in a character, or one of another character set that ends in such a byte
        broken += 1
        around += rest
    return good, broken, bytes(around), has_pages


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in Western text every second byte is zero."""
    size = len(head) // 2
    if size < 4:
        return None
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > size * 0.4 and first < size * 0.05:
        return "utf-16-le"
    return "utf-16-be" if first > size * 0.4 and second < size * 0.05 else None


def _without_break(file: BinaryIO, charset: Charset) -> Charset:
    file.seek(0)
    return charset


def _known(told: str) -> str | None:
    """Give Python's name of a character set for text; `latin-1` is read as cp1252, as every browser does (WHATWG)."""
    try:
        info = codecs.lookup(told.strip().lower())
    except (LookupError, ValueError):
        return None
    name = info.name
    if not getattr(info, "_is_text_encoding", True) or name.startswith(("utf-", "idna", "punycode")):
        return None
    return _WEST if name in ("iso8859-1", "ascii") else name


def likely_western(sample: bytes) -> str | None:
    """Choose the Western character set (cp1252, cp850 or mac_roman) that makes common letters and signs of the bytes.

    None when none of them does.
    """
    shares = {name: _share(sample, name) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: shares[name])
    return best if shares[best] >= _LIKELY else None


def _guess(sample: bytes) -> str:
    """Choose what is likely in the West; when nothing is, ask the library."""
    western = likely_western(sample)
    if western is not None:
        return western
    found = charset_normalizer.from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return _WEST if found is None or _share(sample, _WEST) >= _LIKELY / 2 else found.encoding


def _share(sample: bytes, name: str) -> float:
    beyond = bytes(byte for byte in sample if byte >= 0x80)
    text = beyond.decode(name, "replace")
    return sum(_WEIGHTS.get(character, 0.0) for character in text) / max(len(text), 1)
