"""The life of a child process: confine itself, then answer one request after the other until its parent goes."""

import importlib
import json
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from woo.sandbox.confine import confine
from woo.sandbox.frames import EXIT_MEMORY, BrokenFrame, Frame, pack, receive_request
from woo.sandbox.task import Refusal, Request, Task

_CODE = re.compile(r"[a-z][a-z_]{0,39}")


def main(arguments: Sequence[str]) -> None:
    """Run as a child; `arguments` is one JSON object that the parent wrote."""
    settings = json.loads(arguments[0])
    packages = [Path(path) for path in settings["packages"]]
    channel = socket.socket(fileno=0)
    closed = confine(memory_bytes=settings["memory_bytes"], parent=settings["parent"], packages=packages)
    channel.sendall(pack({"kind": "ready", "closed": closed}))
    try:
        while (received := receive_request(channel)) is not None:
            _answer(channel, *received)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except (BrokenFrame, OSError):
        os._exit(1)  # the parent is gone or speaks another language: there is nobody to tell
    os._exit(0)


def _answer(channel: socket.socket, request: Frame, files: list[int]) -> None:
    opened = tuple(os.fdopen(number, "rb") for number in files)
    try:
        last = _run(channel, Request(opened, _mapping(request.header["params"])), str(request.header["task"]))
    finally:
        for file in opened:
            file.close()
    channel.sendall(pack(last))


def _run(channel: socket.socket, request: Request, name: str) -> dict[str, object]:
    """Run the task and send what it yields; return the frame that ends the answer."""
    try:
        for header, body in _find(name)(request):
            channel.sendall(pack({"kind": "part", "part": header}, body))
    except Refusal as refusal:
        return {"kind": "refused", "code": refusal.code if _CODE.fullmatch(refusal.code) else "refused"}
    except MemoryError:
        return {"kind": "memory"}
    except (BrokenPipeError, ConnectionError):
        raise
    except Exception as error:
        return {"kind": "failed", "error": type(error).__name__}
    return {"kind": "end"}


def _find(name: str) -> Task:
    module, _, function = name.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BrokenFrame("params is not an object")
    return value


if __name__ == "__main__":
    main(sys.argv[1:])
