"""Read a ppt of PowerPoint 97 to 2003: every slide is a part, with its notes and comments."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.ole import opened, stream
from woo.sandbox.office.ole_summary import summary
from woo.sandbox.office.ppt_records import Record, current_parts
from woo.sandbox.task import Answer, Refusal, Request

_DOCUMENT, _SLIDE, _NOTES, _MASTER = 1000, 1006, 1008, 1016
_SLIDE_LIST, _SLIDE_PLACE, _NOTES_ATOM, _SLIDE_ATOM = 4080, 1011, 1009, 1007
_TEXT_WIDE, _TEXT_NARROW, _STRING = 4000, 4008, 4026
_SHOW_INFO, _COMMENT, _PICTURE = 1017, 12000, 0xF01D
_SLIDES_INSTANCE, _NOTES_INSTANCE = 0, 2
_HIDDEN = 1 << 2
_ENCRYPTED = 0xF3D1C4DF
_MARGINS = 4057


@dataclass(slots=True)
class _Slide:
    """A slide as the list of slides gives it: where it stands, and the text that the list itself holds."""

    place: int
    identity: int
    texts: list[str] = field(default_factory=list)


def read(request: Request) -> Iterator[Answer]:
    """Yield the slides of a ppt or pps in the order of the presentation ([MS-PPT]).

    Raises:
        Refusal: password_needed, damaged_file, not_a_ppt, part_too_large, too_many_parts.
    """
    with opened(request.files[0]) as ole:
        user = stream(ole, "Current User")
        content = stream(ole, "PowerPoint Document")
        if len(user) >= 20 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED:
            raise Refusal("password_needed")
        if not content:
            raise Refusal("not_a_ppt")
        yield from summary(ole)
    warnings: set[str] = set()
    yield from number_parts(_blocks(content, user, warnings), request.number("pages"))
    yield from warned(warnings)


def _blocks(content: bytes, user: bytes, warnings: set[str]) -> Iterator[Block]:
    parts = current_parts(content, user)
    document = next((part for part in parts.values() if part.kind == _DOCUMENT), None)
    slides = [] if document is None else _listed(document, _SLIDES_INSTANCE)
    if not any(slide.place in parts for slide in slides):
        yield from _loose(parts, slides, warnings)
        return
    notes = {} if document is None else _notes(parts, document)
    for number, slide in enumerate(slides, start=1):
        part = parts.get(slide.place)
        if part is None:
            warnings.add("part_damaged")
        yield from _slide(number, slide, part, notes.get(slide.identity, []), warnings)
    fixed = [text for part in parts.values() if part.kind == _MASTER for text in _margin_texts(part)]
    fixed += [] if document is None else _margin_texts(document)
    if texts := list(dict.fromkeys(fixed)):
        yield Block("\n".join(texts), label="Vaste tekst op de dia's")


def _loose(parts: dict[int, Record], slides: list[_Slide], warnings: set[str]) -> Iterator[Block]:
    """Give the slides of a file whose list of slides is lost: in the order of the file, older forms of them too.

    Raises:
        Refusal: damaged_file, when there are none where the file says there are, or nothing is a presentation.
    """
    found = [part for part in parts.values() if part.kind == _SLIDE]
    if not found and (slides or not any(part.kind == _DOCUMENT for part in parts.values())):
        raise Refusal("damaged_file")
    if found:
        warnings.add("part_damaged")
    for number, part in enumerate(found, start=1):
        yield from _slide(number, _Slide(0, 0), part, [], warnings)
    for part in parts.values():
        if part.kind == _NOTES and (text := "\n".join(_texts(list(part.below()))).strip("* \n")):
            yield Block(text, label="Notities")


def _slide(
    number: int, slide: _Slide, part: Record | None, notes: list[str], warnings: set[str]
) -> Iterator[Block]:
    below = [] if part is None else list(part.below())
    hidden = any(record.kind == _SHOW_INFO and record.flags(10) & _HIDDEN for record in below)
    label = f"Dia {number} (verborgen)" if hidden else f"Dia {number}"
    if hidden:
        warnings.add("hidden_slides")
    texts = list(dict.fromkeys([*slide.texts, *_texts(below)]))
    has_image = any(record.kind == 0xF00B and record.has_property(0x104) for record in below)
    yield Block("\n".join(texts), label=label, begins=True, image=has_image)
    if notes:
        yield Block("Notities: " + "\n".join(notes), label=label)
    for comment in (record for record in below if record.kind == _COMMENT):
        warnings.add("comments")
        said = {record.instance: record.text() for record in comment.below() if record.kind == _STRING}
        yield Block(f"Opmerking: {said.get(0, '')}: {said.get(1, '')}", label=label)


def _listed(document: Record, instance: int) -> list[_Slide]:
    """Give what a list of slides or notes holds (SlideListWithTextContainer, [MS-PPT] 2.4.14.3)."""
    found: list[_Slide] = []
    for listed in document.children():
        if listed.kind != _SLIDE_LIST or listed.instance != instance:
            continue
        for record in listed.children():
            if record.kind == _SLIDE_PLACE and len(record.body) >= 16:
                place, _, _, identity = struct.unpack_from("<4I", record.body)
                found.append(_Slide(place, identity))
            elif found and record.kind in (_TEXT_WIDE, _TEXT_NARROW):
                found[-1].texts.append(record.text())
    return found


def _notes(parts: dict[int, Record], document: Record) -> dict[int, list[str]]:
    """Give the notes by the identity of the slide that they belong to."""
    found: dict[int, list[str]] = {}
    for listed in _listed(document, _NOTES_INSTANCE):
        part = parts.get(listed.place)
        below = [] if part is None else list(part.below())
        for record in below:
            if record.kind == _NOTES_ATOM and len(record.body) >= 4:
                identity = struct.unpack_from("<I", record.body)[0]
                texts = [text for text in (*listed.texts, *_texts(below)) if text.strip("* \n")]
                found.setdefault(identity, []).extend(dict.fromkeys(texts))
    return found


def _texts(below: list[Record]) -> list[str]:
    return [record.text() for record in below if record.kind in (_TEXT_WIDE, _TEXT_NARROW)]


def _margin_texts(part: Record) -> list[str]:
    """Give the headers and footers of slides and notes (HeadersFootersContainer, [MS-PPT] 2.4.15.2)."""
    groups = (record for record in part.below() if record.kind == _MARGINS)
    return [
        text for group in groups for record in group.children() if (text := record.text_of(_STRING).strip())
    ]
