"""Take an rtf apart into running text and what stands beside it, and leave out what is no text."""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"[{}]|\\(?:bin(\d{1,10}) ?|([a-z]{1,32})(-?\d{1,10})? ?|[^a-z])", re.I | re.S)
_OPENING = re.compile(r"\{\s*(?:\\\*\s*)?((?:\\[a-z]{1,32}(?:-?\d{1,10})? ?\s*){1,80})", re.I)
_FIRST = re.compile(r"\\([a-z]+)(-?\d+)? ?", re.I)
_DELETED = re.compile(r"\\deleted(?!0|[a-z])", re.I)
_CHANGED = re.compile(r"\\(?:deleted|revised)(?!0|[a-z])", re.I)
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_FONTS = re.compile(r"\{\s*\\fonttbl", re.I)
_PART_OF_DATE = re.compile(r"\\(yr|mo|dy|hr|min)(\d{1,4})")
_BESIDE = {
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), "margin"
    ),
    "footnote": "note",
    "annotation": "comment",
    "shptxt": "box",
    "dptxbxtext": "box",
    "result": "box",
}
_NO_TEXT = frozenset(
    (
        "pict objdata fldinst themedata datastore colorschememapping nonshppict nonesttables ftnsep "
        "ftnsepc aftnsep aftnsepc stylesheet listtable listoverridetable latentstyles"
    ).split()
)
_INFO = frozenset(("title", "author", "subject", "keywords", "creatim", "revtim"))
_SIGNS = {"cell": "\\tab ", "nestcell": "\\tab ", "page": "\\'0c", "nestrow": "\\par "}
_MOST_DEPTH = 10_000


@dataclass(slots=True)
class Groups:
    """The groups of an rtf, each still rtf.

    Attributes:
        head: What every piece needs before it to be read by itself: character set and fonts.
        body: The whole without what stands beside it.
        beside: Pieces by kind: `margin`, `note`, `comment`, `box`.
        info: What the file says about itself, by control word.
        has_changes: Whether changes were tracked; what was deleted is left out.
    """

    head: str
    body: str = ""
    beside: dict[str, list[str]] = field(default_factory=dict)
    info: list[tuple[str, str]] = field(default_factory=list)
    has_changes: bool = False

    def date_of(self, piece: str) -> str:
        r"""Read a date as rtf writes it (`\yr2024\mo3\dy1`), as ISO 8601; nothing when it has no day."""
        parts = {name: int(value) for name, value in _PART_OF_DATE.findall(piece)}
        if not all(parts.get(name) for name in ("yr", "mo", "dy")):
            return ""
        day = f"{parts['yr']:04}-{parts['mo']:02}-{parts['dy']:02}"
        return f"{day}T{parts.get('hr', 0):02}:{parts.get('min', 0):02}"


@dataclass(slots=True)
class _Frame:
    """A group that is kept apart, or with `kind` None left out."""

    kind: str | None
    word: str
    depth: int
    pieces: list[str] = field(default_factory=list)


def split_groups(content: bytes) -> Groups:
    """Take the file apart; a file that breaks off keeps what it had."""
    found = _CODEPAGE.search(content[:4096])
    codepage = found[1].decode() if found else "1252"
    text = _decoded(content, codepage)
    fonts = _font_table(text)
    groups = Groups(
        f"{{\\rtf1\\ansi\\ansicpg{codepage}{fonts}\\pard ", has_changes=_CHANGED.search(text) is not None
    )
    frames = [_Frame("body", "", 0)]
    depth = at = 0
    while (token := _TOKEN.search(text, at)) is not None:
        _keep(frames[-1], text[at : token.start()])
        at = token.end()
        if token[1] is not None:
            at += int(token[1])
        elif token[0] == "{":
            depth += 1
            opened, at = _opened(text, token.start(), depth)
            if opened is not None:
                frames.append(opened)
            else:
                _keep(frames[-1], "{")
        elif token[0] == "}":
            _close(groups, frames, depth)
            depth -= 1
        else:
            _keep(frames[-1], _SIGNS.get(token[2] or "", token[0]))
        if depth > _MOST_DEPTH:
            break
    while len(frames) > 1:
        _close(groups, frames, frames[-1].depth)
    groups.body = "".join(frames[0].pieces)
    return groups


def _decoded(content: bytes, codepage: str) -> str:
    try:
        return content.decode(f"cp{codepage}", "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def _font_table(text: str) -> str:
    start = _FONTS.search(text, 0, 2**16)
    if start is None:
        return ""
    depth = 0
    for token in re.compile(r"[{}]").finditer(text, start.start(), start.start() + 2**18):
        depth += 1 if token[0] == "{" else -1
        if depth == 0:
            return text[start.start() : token.end()]
    return ""


def _opened(text: str, at: int, depth: int) -> tuple[_Frame | None, int]:
    """Tell what kind of group begins here, and where to go on; no frame for one that stays where it is."""
    found = _OPENING.match(text, at)
    if found is None:
        return None, at + 1
    first = _FIRST.match(found[1])
    word = first[1].lower() if first else ""
    after = found.start(1) + (first.end() if first else 0)
    if word in _NO_TEXT or _DELETED.search(found[1]):
        return _Frame(None, word, depth), after
    if word in _INFO:
        return _Frame("info", word, depth), after
    if word in _BESIDE:
        return _Frame(_BESIDE[word], word, depth), after
    return None, at + 1


def _keep(frame: _Frame, text: str) -> None:
    if frame.kind is not None and text:
        frame.pieces.append(text)


def _close(groups: Groups, frames: list[_Frame], depth: int) -> None:
    frame = frames[-1]
    if len(frames) == 1 or frame.depth != depth:
        _keep(frame, "}")
        return
    frames.pop()
    piece = "".join(frame.pieces)
    if frame.kind == "info":
        groups.info.append((frame.word, piece))
    elif frame.kind is not None:
        groups.beside.setdefault(frame.kind, []).append(piece)
