"""What an Office file says about itself: core properties, and the meta part of OpenDocument."""

from collections.abc import Iterator

from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import local
from woo.sandbox.task import Answer

_CORE = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "keywords": "keywords",
    "created": "creation_date",
    "modified": "modification_date",
    "language": "language",
}
"""Elements of docProps/core.xml (ECMA-376 part 2, 8.3.4) and our fields."""

_META = {
    "title": "title",
    "initial-creator": "author",
    "subject": "subject",
    "keyword": "keywords",
    "creation-date": "creation_date",
    "date": "modification_date",
    "language": "language",
    "generator": "producer",
}
"""Elements of meta.xml (OpenDocument 1.3 part 3, 4.3) and our fields; several keywords are joined."""

_LONGEST = 4_000


def openxml(package: Package) -> Iterator[Answer]:
    """Yield the metadata of a docx, xlsx or pptx, as one part."""
    core = package.related("", "core-properties") or ["docProps/core.xml"]
    found = _texts(package, core[0], _CORE)
    found |= _texts(package, "docProps/app.xml", {"Application": "producer"})
    yield {"metadata": found}, b""


def opendocument(package: Package) -> Iterator[Answer]:
    """Yield the metadata of an odt, ods or odp, as one part."""
    found = _texts(package, "meta.xml", _META)
    if "author" not in found:
        found |= _texts(package, "meta.xml", {"creator": "author"})
    yield {"metadata": found}, b""


def _texts(package: Package, name: str, fields: dict[str, str]) -> dict[str, str]:
    root = package.xml(name)
    found: dict[str, str] = {}
    for element in () if root is None else root.iter():
        field = fields.get(local(element))
        text = "".join(element.itertext()).strip() if field else ""
        if field is None or not text or len(text) > _LONGEST:
            continue
        found[field] = f"{found[field]}, {text}" if field == "keywords" and field in found else text
    return found
