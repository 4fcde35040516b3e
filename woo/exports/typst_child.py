"""Makes a PDF of a template and data in a process of its own, with limits: the data come from others. Run with `-m`.

Reads one JSON object from standard input (`template`, `data`, `timestamp` in seconds, `memory` in bytes, `seconds`) and
writes the PDF to standard output. Exit 1 tells that it could not be made, with one line on standard error.
"""

import json
import os
import resource
import sys
from typing import Any

_INSTEAD = "\ufffd"
_MOST_TESTED = 400
_SURE = ((0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x2010, 0x2027), (0x20AC, 0x20AC))
"""Stretches of characters that the fonts of typst have."""

_PROBE = b'#set document(title: "x")\n#par(json(bytes(sys.inputs.data)))'


def main() -> int:
    asked = json.load(sys.stdin.buffer)
    _limit(asked["memory"], asked["seconds"])
    import typst

    data = _drawable(asked["data"], typst)
    try:
        made = typst.compile(
            asked["template"].encode(),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=asked["timestamp"],
        )
    except (RuntimeError, ValueError, MemoryError) as error:
        sys.stderr.write(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Bound memory and time, and forbid files to be written: only the pipes stay."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    os.nice(5)


def _drawable(data: Any, typst: Any) -> Any:
    """The data with a mark in the place of each character that no font has: a PDF that skips one says nothing of it."""
    text = json.dumps(data, ensure_ascii=False)
    odd = sorted({char for char in text if not any(a <= ord(char) <= b for a, b in _SURE)} - {"\n"})
    table = {ord(char): _INSTEAD for char in odd[_MOST_TESTED:]}
    table |= {ord(char): _INSTEAD for char in odd[:_MOST_TESTED] if not _has(char, typst)}
    return _replaced(data, table) if table else data


def _has(char: str, typst: Any) -> bool:
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            sys_inputs={"data": json.dumps(char)},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    except (RuntimeError, ValueError):
        return False
    return True


def _replaced(data: Any, table: dict[int, str]) -> Any:
    match data:
        case str():
            return data.translate(table)
        case list():
            return [_replaced(each, table) for each in data]
        case dict():
            return {key: _replaced(each, table) for key, each in data.items()}
    return data


if __name__ == "__main__":
    sys.exit(main())
