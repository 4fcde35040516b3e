"""Find the files below the paths that were given, and say to which publicatie each belongs."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Groep:
    """The publicatie that a file goes into: a stable key of its source, and a title for people."""

    bron: str
    titel: str


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found; with a `problem` it cannot be read and its state is `state`.

    `sleutel` is stable between runs and safe in any database; `pad` is for people: one line, whatever the name holds.
    """

    sleutel: str
    pad: str
    groep: Groep
    path: Path
    problem: str | None = None
    state: str = "quarantined"


def key_of(path: Path) -> str:
    """A path as a key: resolved, with every byte that is not plain ASCII percent-encoded, so that none is lost.

    `!` is encoded too: in a key it stands between a container and its member.
    """
    return quote(os.fsencode(path), safe="/ ()[],;&+@='~")


def label_of(name: str) -> str:
    """A file name for people: one line; control characters and bytes that are not UTF-8 are written as escapes."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def title_of(name: str) -> str:
    """A title from a file or folder name: without underscores, never empty."""
    return " ".join(label_of(name).replace("_", " ").split()) or "zonder naam"


def discover(paths: list[Path]) -> Iterator[Found]:
    """Walk the paths in a fixed order.

    A file given by itself is a publicatie of its own. The files directly in a folder that was given are one publicatie,
    and each folder directly under it is one, with everything below. Links are not followed; whatever is not a
    regular file is reported, never opened. A folder that cannot be read is one item with the reason.
    """
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - keep links as the user named them
        if path.is_dir():
            yield from _below_root(path)
        else:
            yield _classify(path, Groep("bestand:" + key_of(path), title_of(path.stem)), path.name)


def _below_root(root: Path) -> Iterator[Found]:
    own = Groep("map:" + key_of(root), title_of(root.name))
    entries, problem = _entries(root)
    if problem is not None:
        yield Found(key_of(root), label_of(root.name), own, root, problem)
    for entry in entries:
        path = root / entry.name
        if entry.is_dir(follow_symlinks=False):
            groep = Groep("map:" + key_of(path), title_of(entry.name))
            yield from _below(path, groep, label_of(entry.name))
        else:
            yield _classify(path, own, label_of(entry.name))


def _below(folder: Path, groep: Groep, label: str) -> Iterator[Found]:
    stack = [(folder, label)]
    while stack:
        here, here_label = stack.pop()
        entries, problem = _entries(here)
        if problem is not None:
            yield Found(key_of(here), here_label, groep, here, problem)
        deeper = []
        for entry in entries:
            child = here / entry.name
            child_label = f"{here_label}/{label_of(entry.name)}"
            if entry.is_dir(follow_symlinks=False):
                deeper.append((child, child_label))
            else:
                yield _classify(child, groep, child_label)
        stack.extend(reversed(deeper))


def _entries(folder: Path) -> tuple[list[os.DirEntry[str]], str | None]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: os.fsencode(entry.name)), None
    except OSError as error:
        return [], f"the folder could not be read: {error.strerror}"


def _classify(path: Path, groep: Groep, label: str) -> Found:
    key = key_of(path)
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return Found(key, label, groep, path, f"the file could not be read: {error.strerror}")
    if stat.S_ISLNK(mode):
        return Found(key, label, groep, path, "a symbolic link; give the file itself", "skipped")
    if not stat.S_ISREG(mode):
        return Found(key, label, groep, path, "not a regular file (a device, socket or pipe)", "skipped")
    return Found(key, label, groep, path)
