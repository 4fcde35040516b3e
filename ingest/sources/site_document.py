"""What the rules of a site found of one item, as the documents that we take over: one for each file of it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ingest.sources.bekend import Bekend
from ingest.sources.berichten import SourceItem
from ingest.sources.openoverheid_document import AANTAL, ID, MERK
from ingest.sources.site_regels import Gevonden

STAND, ETAG, GEWIJZIGD = "stand", "pagina_etag", "pagina_gewijzigd"
"""Keys of the metadata: a digest of what its row said and of the rules, and by what its page may be asked for."""


def stand_van(eigen: Mapping[str, Any], rij: Gevonden) -> str:
    """A digest of what a row of a list says, and of the rules by which the page of its item is read."""
    said = [eigen["fields"], rij.velden, rij.bestanden]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def documenten(
    found: Gevonden, *, id: str | None, stand: str, etag: str | None, gewijzigd: str | None
) -> list[SourceItem]:
    """Each file of an item, the main one first; `id` is the address of its page, None where it has none."""
    lastmod = found.eerste("changed")
    whole = _gegevens(found) | {
        "groep": id,
        ID: id,
        MERK: lastmod,
        STAND: stand,
        ETAG: etag,
        GEWIJZIGD: gewijzigd,
    }
    main = found.bestanden[0][0]
    made = []
    for loc, titel in found.bestanden:
        own = (
            {}
            if loc == main
            else {"deel_van": main, "titel": titel or loc.rpartition("/")[2] or whole["titel"]}
        )
        said = {key: value for key, value in (whole | own).items() if value}
        made.append(SourceItem(loc, lastmod, said))
    return made


def mislukt(waar: str, reden: str, titel: str | None) -> SourceItem:
    """An item of which no document can be made; `waar` is the page where it stands."""
    return SourceItem(waar, None, {"titel": titel} if titel else {}, fout=reden)


def _gegevens(found: Gevonden) -> dict[str, Any]:
    def refs(veld: str) -> list[dict[str, str]]:
        return [{"resource": uri} for uri in found.velden.get(veld, ())]

    return {
        "publisher": next(iter(refs("publisher")), None),
        "titel": found.eerste("title"),
        "omschrijving": "\n".join(found.velden.get("omschrijving", ())),
        "categorieen": refs("category"),
        "soorten": refs("documentsoort"),
        "themas": refs("thema"),
        "identifiers": found.velden.get("kenmerk", [])[:1],
        "creatiedatum": found.eerste("date"),
        "aggregatiekenmerk": found.eerste("aggregatiekenmerk"),
    }


def zoals_het_was(bekend: Bekend, id: str, stand: str) -> list[SourceItem]:
    """Every file of an item as it was told before, where its row and the rules are the same; nothing where some are not known."""
    known = [each for each in bekend.van(id) if each.gegevens.get(STAND) == stand]
    pages = {(each.gegevens.get(ETAG), each.gegevens.get(GEWIJZIGD)) for each in known}
    return known if len(pages) == 1 and len(known) == known[0].gegevens.get(AANTAL) else []


class Rij:
    """Tells items in the order of the lists, in whatever order their pages come; no file is told twice."""

    def __init__(self, vertel: Callable[[Any], None], dubbel: Callable[[str], None]) -> None:
        self._vertel = vertel
        self._dubbel = dubbel
        self._ready: dict[int, list[Any]] = {}
        self._told: set[str] = set()
        self._next = 0
        self._places = 0

    def neem(self) -> int:
        """The place of the next item."""
        self._places += 1
        return self._places - 1

    def zet(self, plaats: int, berichten: list[Any]) -> None:
        """What there is to be told of the item at this place."""
        self._ready[plaats] = berichten
        while self._next in self._ready:
            self._tell(self._ready.pop(self._next))
            self._next += 1

    def sluit(self) -> None:
        """Tell what still waits for items that never came."""
        for plaats in sorted(self._ready):
            self._tell(self._ready.pop(plaats))

    def _tell(self, berichten: list[Any]) -> None:
        items = [each for each in berichten if isinstance(each, SourceItem)]
        for each in berichten:
            if not isinstance(each, SourceItem):
                self._vertel(each)
        fresh = [each for each in items if each.loc not in self._told]
        for each in items:
            if each.loc in self._told:
                self._dubbel(each.loc)
        number = sum(each.fout is None for each in fresh)
        for each in fresh:
            self._told.add(each.loc)
            known = each if each.fout else replace(each, gegevens={**each.gegevens, AANTAL: number})
            self._vertel(known)
