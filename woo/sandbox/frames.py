"""The frames that parent and child exchange: two lengths, a JSON header, raw bytes; never pickle."""

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = struct.Struct(">II")
MAX_HEADER = 2**20
MAX_FILES = 8
CHUNK = 2**18
EXIT_MEMORY = 112
"""The exit status of a child that had no memory left to say so in a frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: `header` is what JSON gave, from the child still to be distrusted."""

    header: Mapping[str, object]
    body: bytes


class BrokenFrame(ValueError):
    """The other side sent something that is not a frame."""


def pack(header: Mapping[str, object], body: bytes = b"") -> bytes:
    """Build the bytes of one frame.

    Raises:
        BrokenFrame: The header is larger than a frame may carry.
    """
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    if len(text) > MAX_HEADER:
        raise BrokenFrame("the header is too large")
    return PREFIX.pack(len(text), len(body)) + text + body


def parse_header(text: bytes) -> dict[str, object]:
    """Parse the JSON header of a frame.

    Raises:
        BrokenFrame: It is not a JSON object.
    """
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("the header is not JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrame("the header is not an object")
    return header


def receive_request(channel: socket.socket) -> tuple[Frame, list[int]] | None:
    """Wait for the parent's next request and the open files that come with it; None when the parent is gone."""
    prefix, files, _flags, _address = socket.recv_fds(channel, PREFIX.size, MAX_FILES)
    if not prefix:
        return None
    prefix += _exactly(channel, PREFIX.size - len(prefix))
    header_length, body_length = PREFIX.unpack(prefix)
    header = parse_header(_exactly(channel, header_length))
    return Frame(header, _exactly(channel, body_length)), files


def _exactly(channel: socket.socket, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        chunk = channel.recv(min(CHUNK, count - len(received)))
        if not chunk:
            raise BrokenFrame("the parent stopped in the middle of a request")
        received += chunk
    return bytes(received)
