"""Small Outlook messages written by code: a compound file ([MS-CFB]) with the properties of a message ([MS-OXMSG])."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Tree = dict[str, "bytes | Tree"]

_SECTOR, _CUTOFF = 512, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT, _BINARY, _NUMBER, _TIME = 0x001F, 0x0102, 0x0003, 0x0040


@dataclass
class OutlookMessage:
    """A message, attachment or receiver: properties by number, and what is below it."""

    texts: Mapping[int, str] = field(default_factory=dict)
    contents: Mapping[int, bytes] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    times: Mapping[int, int] = field(default_factory=dict)
    receivers: "Sequence[OutlookMessage]" = ()
    attachments: "Sequence[OutlookMessage]" = ()
    embedded: "OutlookMessage | None" = None

    def tree(self, header: int) -> Tree:
        """The storage of this message; `header` is how many bytes stand before its properties."""
        made: Tree = {}
        properties = bytearray(header)
        for pid, number in self.numbers.items():
            properties += struct.pack("<HHIII", _NUMBER, pid, 6, number, 0)
        for pid, moment in self.times.items():
            properties += struct.pack("<HHIQ", _TIME, pid, 6, moment)
        variable = [(pid, _TEXT, text.encode("utf-16-le")) for pid, text in self.texts.items()]
        variable += [(pid, _BINARY, content) for pid, content in self.contents.items()]
        for pid, kind, content in variable:
            made[f"__substg1.0_{pid:04X}{kind:04X}"] = content
            properties += struct.pack("<HHIII", kind, pid, 6, len(content), 0)
        made["__properties_version1.0"] = bytes(properties)
        for number, receiver in enumerate(self.receivers):
            made[f"__recip_version1.0_#{number:08X}"] = receiver.tree(8)
        for number, attachment in enumerate(self.attachments):
            made[f"__attach_version1.0_#{number:08X}"] = attachment.tree(8)
        if self.embedded is not None:
            made["__substg1.0_3701000D"] = self.embedded.tree(24)
        return made

    def written(self) -> bytes:
        return compound_file(self.tree(32))


@dataclass
class _Node:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END


def compound_file(tree: Tree) -> bytes:
    """Write a compound file with sectors of 512 bytes; what is smaller than 4,096 bytes goes into sectors of 64."""
    nodes = [_Node("Root Entry", 5)]
    _add(nodes, 0, tree)
    sectors: list[bytes] = []
    table: list[int] = []
    small: list[bytes] = []
    small_table: list[int] = []
    for node in nodes:
        if node.kind == 2 and len(node.content) >= _CUTOFF:
            node.start = _chain(sectors, table, node.content)
        elif node.kind == 2 and node.content:
            node.start = _chain(small, small_table, node.content, size=64)
    root = nodes[0]
    root.content = b"".join(small)
    root.start = _chain(sectors, table, root.content)
    small_packed = struct.pack(f"<{len(small_table)}I", *small_table)
    padded = small_packed + b"\xff" * (-len(small_packed) % _SECTOR)
    first_small = _chain(sectors, table, padded)
    first_directory = _chain(sectors, table, b"".join(map(_entry, nodes)))
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    first_table = len(table)
    table += [_FAT] * count
    table += [_FREE] * (count * 128 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIII", 0, count, first_directory, 0, _CUTOFF, first_small, len(padded) // _SECTOR, _END, 0
    )
    header += struct.pack("<109I", *(first_table + at if at < count else _FREE for at in range(109)))
    return header + b"".join(sectors) + packed


def _add(nodes: list[_Node], parent: int, tree: Tree) -> None:
    before = _FREE
    for name, content in tree.items():
        number = len(nodes)
        nodes.append(_Node(name, 2 if isinstance(content, bytes) else 1))
        if before == _FREE:
            nodes[parent].child = number
        else:
            nodes[before].right = number
        before = number
        if isinstance(content, bytes):
            nodes[number].content = content
        else:
            _add(nodes, number, content)


def _chain(sectors: list[bytes], table: list[int], content: bytes, *, size: int = _SECTOR) -> int:
    first = len(sectors)
    for at in range(0, len(content), size):
        sectors.append(content[at : at + size].ljust(size, b"\0"))
        table.append(len(sectors))
    table[-1] = _END
    return first


def _entry(node: _Node) -> bytes:
    name = node.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        name,
        len(name),
        node.kind,
        1,
        _FREE,
        node.right,
        node.child,
        0,
        node.start,
        len(node.content),
    )
