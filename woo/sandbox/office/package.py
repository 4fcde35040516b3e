"""Open the zip that an Office file is, take bounded parts out of it, and parse them as XML without entities."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO
from urllib.parse import unquote

from lxml import etree

from woo.sandbox.task import Refusal

_MOST_BYTES = 256 * 2**20
_MOST_STREAMED = 4 * 2**30
_MOST_GROWTH, _SMALL = 400, 8 * 2**20
_CHUNK = 2**20
_MOST_MEMBERS = 50_000
_HUGE = 8 * 2**20
"""Above this size libxml2 must be told that a text is meant to be large."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = re.compile(
    "|".join(("<!ENTITY", "<\0!\0E\0N\0T\0I\0T\0Y", "\0<\0!\0E\0N\0T\0I\0T\0Y")).encode(), re.I
)
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part (ECMA-376 part 2, 6.5): the last word of its type, and the part that it leads to."""

    kind: str
    target: str


class Package:
    """An Office file as a zip; `warnings` gathers the codes of what was wrong with it.

    Names are looked up without regard to case (ECMA-376 part 2, 6.2.2.3).
    """

    def __init__(self, file: BinaryIO) -> None:
        """Open it.

        Raises:
            Refusal: password_needed for a locked file of Microsoft Office, damaged_file, too_many_members.
        """
        self.warnings: set[str] = set()
        file.seek(0)
        if file.read(len(_OLE)) == _OLE:
            raise Refusal("password_needed")
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise Refusal("damaged_file") from error
        members = self._zip.infolist()
        if len(members) > _MOST_MEMBERS:
            raise Refusal("too_many_members")
        self._members = {_key(member.filename): member for member in members}
        if len(self._members) < len(members):
            self.warnings.add("double_names")

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the file."""
        return [member.filename for member in self._members.values()]

    def content(self, name: str) -> bytes | None:
        """Unpack a part; None when there is none of this name. Of a damaged part, what comes before the damage.

        Raises:
            Refusal: part_too_large, part_ratio, password_needed.
        """
        member = self._members.get(_key(name))
        if member is None:
            return None
        unpacked = io.BytesIO()
        try:
            with self._zip.open(member) as stream:
                for chunk in _bounded(stream, member.compress_size, _MOST_BYTES):
                    unpacked.write(chunk)
        except RuntimeError as error:  # zipfile's word for a member with a password
            if isinstance(error, NotImplementedError):
                self.warnings.add("part_damaged")
            else:
                raise Refusal("password_needed") from error
        except _BROKEN:
            self.warnings.add("part_damaged")
        return unpacked.getvalue()

    def xml(self, name: str) -> etree._Element | None:
        """Parse a part; None when there is none, or nothing of it can be read.

        Raises:
            Refusal: xml_entities, and what `content` raises.
        """
        content = self.content(name)
        if not content:
            return None
        if _ENTITY.search(content):
            raise Refusal("xml_entities")
        try:
            return etree.fromstring(content, _parser(content, recover=False))
        except etree.XMLSyntaxError:
            self.warnings.add("part_damaged")
        try:
            return etree.fromstring(content, _parser(content, recover=True))
        except etree.XMLSyntaxError:
            return None

    def size(self, name: str) -> int:
        """Tell how many bytes a part unpacks to, as the zip says; 0 when there is none."""
        member = self._members.get(_key(name))
        return 0 if member is None else member.file_size

    def elements(self, name: str, wanted: str) -> Iterator[etree._Element]:
        """Give the elements of this local name in a part one by one, forgetting each: for parts of any size.

        Raises:
            Refusal: part_ratio, part_too_large, password_needed.
        """
        member = self._members.get(_key(name))
        if member is None:
            return
        try:
            with self._zip.open(member) as stream:
                parser = etree.XMLPullParser(events=("end",), tag=f"{{*}}{wanted}", **_SAFE)
                for chunk in _bounded(stream, member.compress_size, _MOST_STREAMED):
                    parser.feed(chunk)
                    yield from _forgetting(parser)
        except etree.XMLSyntaxError:
            self.warnings.add("part_damaged")
        except RuntimeError as error:
            raise Refusal("password_needed") from error
        except _BROKEN:
            self.warnings.add("part_damaged")

    def relations(self, name: str) -> dict[str, Relation]:
        """Give the relations of a part by their id, in the order of the file; `""` is the file itself."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for element in () if root is None else root:
            if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
                continue
            target = unquote(element.get("Target", ""))
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", "").rsplit("/", 1)[-1], path)
        return found

    def related(self, name: str, *kinds: str) -> list[str]:
        """List the parts that a part has a relation of these kinds with, each once."""
        wanted = [relation.target for relation in self.relations(name).values() if relation.kind in kinds]
        return list(dict.fromkeys(wanted))


def _bounded(stream: IO[bytes], packed: int, most: int) -> Iterator[bytes]:
    """Unpack piece by piece; raises Refusal: part_too_large, part_ratio."""
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise Refusal("part_too_large")
        if size > _SMALL and size > _MOST_GROWTH * max(packed, 1):
            raise Refusal("part_ratio")
        yield chunk


def _forgetting(parser: "etree.XMLPullParser") -> Iterator[etree._Element]:
    for _event, element in parser.read_events():
        yield element
        parent = element.getparent()
        element.clear()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _parser(content: bytes, *, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(recover=recover, huge_tree=len(content) > _HUGE, **_SAFE)
