"""Reads the DiWoo metadata of one entry of a sitemap, wherever a publisher put it, and tells what had to be repaired."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from woo.diwoo.sitemap import DIWOO_NS, DiWoo, Documentrelatie, ExtraMetadata, Handeling, Verwijzing
from woo.diwoo.sitemapdatum import anders_geschreven, datum, datumtijd
from woo.diwoo.xmlstroom import local, namespace

DIWOO_PARTS = ("DiWoo", "officieleTitel", "publisher")
"""Elements that show that something is the metadata of a document."""

_KLASSE = "classificatiecollectie"


class Diwoolezer:
    """Reads one entry; every repair is told with its code and line to `repareer`, which may raise to refuse it."""

    def __init__(self, repareer: Callable[[str, int | None], None]) -> None:
        self._repair = repareer
        self._names: dict[str, list[Any]] = {}

    def document(self, url: Any) -> DiWoo | None:
        """The metadata within a `url` element; None where there is none at all, or where it is MDTO."""
        root = next((child for child in url.iter() if local(child.tag) == "DiWoo"), None)
        if root is None:
            root = next((c for c in url.iter() if local(c.tag) in DIWOO_PARTS), None)
            if root is None:
                return None
            root = root.getparent()
            self._repair("plaats", root.sourceline)
        if len(root) == 0:
            return None
        if any(namespace(child.tag) != DIWOO_NS for child in root.iter() if local(child.tag) != "loc"):
            self._repair("namespace", root.sourceline)
        self._names = {}
        for child in root.iter():
            self._names.setdefault(local(child.tag), []).append(child)
        return self._diwoo(root)

    def extra_metadata(self, url: Any) -> tuple[ExtraMetadata, ...]:
        """The extraMetadata within a `url` element."""
        return tuple(_extra(child) for child in url.iter() if local(child.tag) == "extraMetadata")

    def _diwoo(self, root: Any) -> DiWoo:
        return DiWoo(
            publisher=self._needed(self._one(root, "publisher"), "geen_publisher", root),
            officiele_titel=self._titel(root),
            informatiecategorieen=self._categorieen(root),
            handelingen=self._handelingen(root),
            identifiers=self._texts(root, "identifier", "identifiers"),
            verantwoordelijke=self._one(root, "verantwoordelijke"),
            medeverantwoordelijken=self._refs(root, "medeverantwoordelijke", "medeverantwoordelijken"),
            opsteller=self._one(root, "opsteller"),
            naam_opsteller=self._text(root, "naamOpsteller"),
            verkorte_titels=self._texts(root, "verkorteTitel", "titelcollectie", "verkorteTitels"),
            alternatieve_titels=self._texts(
                root, "alternatieveTitel", "titelcollectie", "alternatieveTitels"
            ),
            omschrijvingen=self._texts(root, "omschrijving", "omschrijvingen"),
            documentsoorten=self._refs(root, "documentsoort", _KLASSE, "documentsoorten"),
            themas=self._refs(root, "thema", _KLASSE, "themas"),
            trefwoorden=self._texts(root, "trefwoord", _KLASSE, "trefwoorden"),
            creatiedatum=self._day(root),
            geldig_van=self._moment(root, "begindatum", "geldigheid"),
            geldig_tot=self._moment(root, "einddatum", "geldigheid"),
            language=self._one(root, "language"),
            format=self._one(root, "format"),
            aggregatiekenmerk=self._text(root, "aggregatiekenmerk"),
            is_part_of=self._one(root, "isPartOf"),
            has_parts=self._refs(root, "hasPart", "hasParts"),
            documentrelaties=self._relaties(root),
            reden_verwijdering_vervanging=self._one(root, "redenVerwijderingVervanging"),
        )

    def _find(self, root: Any, name: str, *path: str) -> list[Any]:
        """Elements with this name below the path; what stands elsewhere in the metadata is taken too, and told."""
        found = self._names.get(name, [])
        for element in found:
            if _path(element, root) != path:
                self._repair("plaats", element.sourceline)
        return found

    def _needed(self, value: Any, code: str, root: Any) -> Any:
        if not value:
            self._repair(code, root.sourceline)
        return value

    def _titel(self, root: Any) -> str | None:
        found = self._names.get("officieleTitel", []) or self._names.get("titel", [])
        if found and _path(found[0], root) != ("titelcollectie",):
            self._repair("geen_titelcollectie", found[0].sourceline)
        text = _stripped(found[0]) if found else ""
        if not text:
            self._repair("geen_titel", root.sourceline)
        return (found[0].text if text else None) or None

    def _categorieen(self, root: Any) -> tuple[Verwijzing, ...]:
        found = self._refs(root, "informatiecategorie", _KLASSE, "informatiecategorieen")
        return tuple(self._needed(found, "geen_categorie", root))

    def _text(self, root: Any, name: str, *path: str) -> str | None:
        found = self._find(root, name, *path)
        return None if not found else found[0].text or ""

    def _texts(self, root: Any, name: str, *path: str) -> tuple[str, ...]:
        return tuple(element.text or "" for element in self._find(root, name, *path))

    def _one(self, root: Any, name: str, *path: str) -> Verwijzing | None:
        found = self._find(root, name, *path)
        return self._ref(found[0]) if found else None

    def _refs(self, root: Any, name: str, *path: str) -> tuple[Verwijzing, ...]:
        return tuple(self._ref(element) for element in self._find(root, name, *path))

    def _ref(self, element: Any) -> Verwijzing:
        resource = element.get("resource")
        if not resource:
            self._repair("geen_resource", element.sourceline)
        return Verwijzing(element.text or "", resource or None)

    def _day(self, root: Any) -> date | None:
        for element in self._find(root, "creatiedatum"):
            day = datum(element.text or "")
            if day is None:
                moment = self._guess(element)
                day = None if moment is None else moment.date()
            return day
        return None

    def _moment(self, root: Any, name: str, *path: str) -> datetime | None:
        found = self._find(root, name, *path)
        return self._moment_of(found[0]) if found else None

    def _moment_of(self, element: Any) -> datetime | None:
        return datumtijd(element.text or "") or self._guess(element)

    def _guess(self, element: Any) -> datetime | None:
        moment = anders_geschreven(element.text or "")
        self._repair("datum_onleesbaar" if moment is None else "datum", element.sourceline)
        return moment

    def _handelingen(self, root: Any) -> tuple[Handeling, ...]:
        found = []
        for element in self._find(root, "documenthandeling", "documenthandelingen"):
            inside = {local(child.tag): child for child in element}
            soort, at = inside.get("soortHandeling"), inside.get("atTime")
            moment = None if at is None else self._moment_of(at)
            door = inside.get("wasAssociatedWith")
            if soort is not None and moment is not None:
                found.append(Handeling(self._ref(soort), moment, None if door is None else self._ref(door)))
        return tuple(self._needed(found, "geen_handeling", root))

    def _relaties(self, root: Any) -> tuple[Documentrelatie, ...]:
        found = []
        for element in self._find(root, "documentrelatie", "documentrelaties"):
            inside = {local(child.tag): child for child in element}
            if "role" in inside and "relation" in inside:
                found.append(Documentrelatie(self._ref(inside["role"]), self._ref(inside["relation"])))
            else:
                self._repair("plaats", element.sourceline)
        return tuple(found)


def _path(element: Any, root: Any) -> tuple[str, ...]:
    """The names of the elements between the metadata and this one."""
    names: list[str] = []
    for parent in element.iterancestors():
        if parent is root:
            break
        names.append(local(parent.tag))
    return tuple(reversed(names))


def _stripped(element: Any) -> str:
    return (element.text or "").strip()


def _extra(element: Any) -> ExtraMetadata:
    velden = tuple(
        (_text_in(veld, "key") or "", tuple(_texts_in(veld, "value")))
        for veld in element.iter()
        if local(veld.tag) == "extraMetadataveld"
    )
    return ExtraMetadata(velden, _text_in(element, "namespace"), _text_in(element, "prefix"))


def _texts_in(element: Any, name: str) -> Iterator[str]:
    return (child.text or "" for child in element.iter() if local(child.tag) == name)


def _text_in(element: Any, name: str) -> str | None:
    return next(_texts_in(element, name), None)
