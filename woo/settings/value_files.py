"""Reads the value of one setting from a file of its own, as secrets are handed to containers."""

from pathlib import Path

_MOST_BYTES = 64 * 1024


def value_of_file(path: Path) -> str:
    """Return what the file holds, without the white space around it; the content is in no message.

    Raises:
        ValueError: the file cannot be read, or holds no value; the message says why.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f"the file {path} cannot be read: {error.strerror}") from error
    if len(content) > _MOST_BYTES:
        raise ValueError(f"the file {path} is no value of a setting: it is larger than 64 KiB")
    try:
        value = content.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ValueError(f"the file {path} is no text in UTF-8") from None
    if not value:
        raise ValueError(f"the file {path} is empty")
    return value
