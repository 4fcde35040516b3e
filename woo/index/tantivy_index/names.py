"""Names of indices in one folder: versioned folders beside each other, and a pointer that names the live one."""

import json
import os
import re
import shutil
from dataclasses import asdict
from pathlib import Path

from woo.domain.errors import InvalidValue, NotFound, Unavailable
from woo.index.fields import SCHEMA_VERSION
from woo.index.version import Version

POINTER = "actueel"
VERSION_FILE = "woo-index.json"

_NAME = re.compile(r"v(\d{1,6})-(\d{1,9})", re.ASCII)


def write_version(folder: Path, version: Version) -> None:
    """Record beside an index what it was made with."""
    _write(folder / VERSION_FILE, json.dumps(asdict(version)))


def check_version(folder: Path, version: Version) -> None:
    """Raise Unavailable unless there is an index in this folder that was made with this version."""
    try:
        found = json.loads((folder / VERSION_FILE).read_text())
    except FileNotFoundError:
        raise Unavailable("index", f"there is no index in {folder}; run `woo reindex`") from None
    except (OSError, ValueError) as error:
        raise Unavailable(
            "index", f"{folder / VERSION_FILE} cannot be read ({error}); run `woo reindex`"
        ) from error
    if found != asdict(version):
        raise Unavailable(
            "index", f"it was made with {found}, this program works with {asdict(version)}; run `woo reindex`"
        )


def new_index(root: Path) -> str:
    """Make an empty folder for a new index beside the others and return its name, such as `v1-000002`."""
    root.mkdir(parents=True, exist_ok=True)
    number = max(
        (int(found[2]) for path in root.iterdir() if (found := _NAME.fullmatch(path.name))), default=0
    )
    while True:
        number += 1
        name = f"v{SCHEMA_VERSION}-{number:06}"
        try:
            (root / name).mkdir()
        except FileExistsError:
            continue
        return name


def index_folder(root: Path, name: str) -> Path:
    """Return the folder of the index with this name; raises InvalidValue for what is no name of an index."""
    if not _NAME.fullmatch(name):
        raise InvalidValue("index", name, "an index is named like v1-000001")
    return root / name


def live_index(root: Path) -> str | None:
    """Return the name of the live index, or None when there is none yet; raises Unavailable for a broken pointer."""
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unavailable("index", f"{root / POINTER} cannot be read: {error}") from error
    if not _NAME.fullmatch(name):
        raise Unavailable(
            "index", f"{root / POINTER} holds {name!r}, which is no name of an index; run `woo reindex`"
        )
    return name


def make_live(root: Path, name: str) -> None:
    """Point the readers to this index, atomically; they follow within a second.

    Raises:
        NotFound: there is no index of this name.
    """
    if not (index_folder(root, name) / VERSION_FILE).is_file():
        raise NotFound("index", name)
    _write(root / POINTER, name)


def drop_index(root: Path, name: str) -> None:
    """Remove an index that is not live; readers that still have it open go on working.

    Raises:
        InvalidValue: it is the live one.
    """
    if name == live_index(root):
        raise InvalidValue("index", name, "the live index cannot be dropped; make another one live first")
    folder = index_folder(root, name)
    (folder / VERSION_FILE).unlink(missing_ok=True)  # first, so that nobody opens what is half gone
    if folder.is_dir():
        shutil.rmtree(folder)


def index_names(root: Path) -> tuple[str, ...]:
    """Return the names of all indices in the folder, oldest first."""
    if not root.is_dir():
        return ()
    found = [match for path in root.iterdir() if (match := _NAME.fullmatch(path.name)) and path.is_dir()]
    return tuple(match[0] for match in sorted(found, key=lambda match: int(match[2])))


def _write(path: Path, text: str) -> None:
    """Write a small file atomically and durably."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
