"""One row of an inventory, cell by cell: what it says, or everything that is wrong with it."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from types import MappingProxyType

from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.inventaris.combinaties import let_op, vraagt_meer
from woo.inventaris.datums import Volgorde, parse_datum
from woo.inventaris.fouten import Celfout, Datumfout, Ernst, Melding
from woo.inventaris.gronden import Gronden, Grondenlezer
from woo.inventaris.kolommen import Kolommen, cell_text
from woo.inventaris.merken import Bladmerken
from woo.inventaris.woordenlijst import Veld, Woordenlijst, folded
from woo.sandbox.table import Cell, Row

_LONGEST = {Veld.NUMMER: 200, Veld.DOCUMENTNAAM: 2_000, Veld.SOORT: 500, Veld.FAMILIE: 200, Veld.DRAAD: 200}
_LONGEST_TEXT = 32_767
_SHOWN = 80
_LIST = re.compile(r"[;|\n]+")
_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.I)


@dataclass(slots=True)
class Stand:
    """What all rows share, and what was noted so far: `seen` has the row of each number.

    `month_first` counts dates that can only be read so, and `old` the documents that art. 5.3 Woo is about.
    """

    woorden: Woordenlijst
    lezer: Grondenlezer
    kolommen: Kolommen
    volgorde: Volgorde | None
    vandaag: date
    merken: Bladmerken
    meldingen: list[Melding] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    month_first: int = 0
    old: int = 0


class Rijlezer:
    """One row, cell by cell; what is wrong is noted and the rest is looked at too, so that all is told at once."""

    def __init__(self, stand: Stand, row: Row) -> None:
        self._r = stand
        self._row = row
        self._wrong = False
        self._marked: set[int] = set()
        self.nummer: str | None = None
        """The number of the document, once the row was read and where it has one of its own."""

    def regel(self, volgorde: int) -> Inventarisregel | None:
        """Read the row that stands at this place; None, with at least one error noted, when it cannot be taken over."""
        if self._is_no_row():
            return None
        self._note_marks()
        nummer = self.nummer = self._nummer()
        naam = self._text(Veld.DOCUMENTNAAM)
        if naam is None:
            self._note(Veld.DOCUMENTNAAM, "", "ontbreekt; vul de naam van het document in")
        beoordeling, meant = self._beoordeling()
        gronden = self._gronden(meant)
        rest = {
            "datum": self._datum(),
            "soort": self._text(Veld.SOORT),
            "toelichting": self._text(Veld.TOELICHTING, _LONGEST_TEXT),
            "opgeschort": self._ja(Veld.OPGESCHORT),
            "links": self._links(),
            "gerelateerd": self._list(Veld.GERELATEERD, comma=True),
            "zaaknummers": self._list(Veld.ZAAKNUMMERS),
            "familie": self._text(Veld.FAMILIE),
            "draad": self._draad(),
            "overig": self._overig(),
            "wetten": gronden.wetten,
        }
        if self._wrong or nummer is None or naam is None or beoordeling is None:
            return None
        regel = Inventarisregel(
            "",
            volgorde,
            nummer,
            naam,
            beoordeling,
            gronden.codes,
            gronden.bijzonderheden,
            **rest,  # type: ignore[arg-type]
        )
        self._look_twice(regel)
        return regel

    def _note_marks(self) -> None:
        """Tell the cells that have no value of their own."""
        for merk in self._r.merken.bij(self._row.number):
            if merk.kolom not in self._marked:
                self._marked.add(merk.kolom)
                ernst = Ernst.FOUT if merk.is_fout else Ernst.LET_OP
                self._add(ernst, self._r.kolommen.koppen[merk.kolom], merk.waarde, merk.uitleg)

    def _is_no_row(self) -> bool:
        """Whether it is a heading within the list; that is told."""
        koppen = {place: folded(kop) for place, kop in self._r.kolommen.koppen.items()}
        texts = {
            place: folded(text) for place, cell in enumerate(self._row.cells) if (text := cell_text(cell))
        }
        if texts and texts.items() <= koppen.items() and len(texts) > 1:
            self._add(Ernst.FOUT, "", "", "herhaalt de koppen van de lijst; haal de rij weg")
            return True
        filled = [text for cell in self._row.cells if (text := cell_text(cell))]
        if len(filled) == 1 and len(self._r.kolommen.velden) > 2:
            self._add(
                Ernst.FOUT, "", filled[0], "staat alleen in zijn rij en lijkt een tussenkop; haal de rij weg"
            )
            return True
        return False

    def _nummer(self) -> str | None:
        nummer = self._text(Veld.NUMMER)
        if nummer is None:
            self._note(Veld.NUMMER, "", "ontbreekt; geef elk document een eigen nummer")
            return None
        first = self._r.seen.setdefault(nummer.casefold(), self._row.number)
        if first != self._row.number:
            self._note(Veld.NUMMER, nummer, f"staat ook in rij {first}; geef elk document een eigen nummer")
            return None
        return nummer

    def _beoordeling(self) -> tuple[Beoordeling | None, Bijzonderheid | None]:
        """The judgement; where its column says what is no judgement (dubbel, buiten verzoek), that is told and kept too."""
        if Veld.BEOORDELING not in self._r.kolommen.velden:
            return self._ticked(), None
        text = self._text(Veld.BEOORDELING)
        known = self._r.woorden.beoordelingen
        if text is None:
            self._note(Veld.BEOORDELING, "", f"ontbreekt; {self._judgements()}")
        elif folded(text) in known:
            return known[folded(text)], None
        elif (meant := self._r.woorden.bijzonderheden.get(folded(text))) is not None:
            why = "is geen beoordeling, maar zegt waarom het document er niet bij zit; overgenomen als niet openbaar"
            self._note(Veld.BEOORDELING, text, why, Ernst.LET_OP)
            return Beoordeling.NIET_OPENBAAR, meant
        else:
            self._note(Veld.BEOORDELING, text, f"is geen bekende beoordeling; {self._judgements()}")
        return None, None

    def _ticked(self) -> Beoordeling | None:
        """The judgement whose column is ticked."""
        columns = self._r.kolommen.beoordelingen
        ticked = [(place, value) for place, value in columns.items() if self._is_yes(place)]
        if self._wrong:
            return None
        if len(ticked) != 1:
            named = ", ".join(self._r.kolommen.koppen[place] for place in columns)
            found = ", ".join(self._r.kolommen.koppen[place] for place, _ in ticked)
            self._add(Ernst.FOUT, named, found, "kruis precies één van deze kolommen aan")
            return None
        return ticked[0][1]

    def _judgements(self) -> str:
        return f"schrijf {', '.join(self._r.woorden.spellingen[each][0] for each in Beoordeling)}"

    def _gronden(self, meant: Bijzonderheid | None) -> Gronden:
        text = self._text(Veld.GRONDEN, _LONGEST_TEXT)
        found = Gronden()
        if text is not None:
            try:
                found = self._r.lezer.read(text)
            except Celfout as wrong:
                self._note(Veld.GRONDEN, text, str(wrong))
        ticked = (grond for place, grond in self._r.kolommen.gronden.items() if self._is_yes(place))
        told = (*found.bijzonderheden, *([] if meant is None else [meant]))
        return Gronden(
            tuple(dict.fromkeys(chain(found.codes, ticked))), tuple(dict.fromkeys(told)), found.wetten
        )

    def _datum(self) -> date | None:
        cell = self._cell(Veld.DATUM)
        text = self._text(Veld.DATUM)
        if text is None or folded(text) in self._r.woorden.geen_datum:
            return None
        try:
            if isinstance(cell, float) and len(text) != 8:
                raise Datumfout("is een getal en geen datum; geef de cel de opmaak datum")
            volgorde = None if isinstance(cell, date) else self._r.volgorde
            return parse_datum(text, vandaag=self._r.vandaag, volgorde=volgorde)
        except Datumfout as wrong:
            self._r.month_first += wrong.maand_eerst
            self._note(Veld.DATUM, text, str(wrong))
            return None

    def _draad(self) -> str | None:
        text = self._text(Veld.DRAAD)
        return None if text is not None and folded(text) in self._r.woorden.geen_draad else text

    def _ja(self, veld: Veld) -> bool:
        place = self._r.kolommen.velden.get(veld)
        return place is not None and self._is_yes(place)

    def _is_yes(self, place: int) -> bool:
        """Whether a cell says yes; empty is no, and anything else is wrong."""
        text = self._plain(place)
        if text is None or folded(text) in self._r.woorden.nee:
            return False
        if folded(text) not in self._r.woorden.ja:
            self._add(
                Ernst.FOUT,
                self._r.kolommen.koppen[place],
                text,
                "is geen ja of nee; schrijf ja, of laat de cel leeg",
            )
        return folded(text) in self._r.woorden.ja

    def _links(self) -> tuple[str, ...]:
        found = self._list(Veld.LINKS)
        for link in found:
            if not _LINK.fullmatch(link):
                self._note(Veld.LINKS, link, "is geen webadres; schrijf het vanaf https:// en zonder spaties")
        return found

    def _list(self, veld: Veld, *, comma: bool = False) -> tuple[str, ...]:
        text = self._text(veld, _LONGEST_TEXT)
        if text is None:
            return ()
        parts = (part.strip() for part in _LIST.split(text.replace(",", ";") if comma else text))
        return tuple(dict.fromkeys(part for part in parts if part))

    def _overig(self) -> MappingProxyType[str, str]:
        """Every other filled cell, also one beyond the headings."""
        kolommen = self._r.kolommen
        kept: dict[str, str] = {}
        for place in range(len(self._row.cells)):
            if place in kolommen.koppen and place not in kolommen.overig:
                continue
            text = cell_text(self._row.cells[place])
            if text:
                kop = kolommen.koppen.get(place, f"kolom {place + 1}")
                kept[kop if kop not in kept else f"{kop} ({place + 1})"] = text
        return MappingProxyType(kept)

    def _look_twice(self, regel: Inventarisregel) -> None:
        """Tell what may be right but seldom is."""
        beoordeling, gronden = regel.beoordeling, regel.gronden
        spelled = self._r.woorden.spellingen[beoordeling][0]
        withheld = beoordeling in (Beoordeling.NIET_OPENBAAR, Beoordeling.DEELS_OPENBAAR)
        shown = "; ".join(gronden)
        if withheld and not gronden and not regel.bijzonderheden:
            why = "heeft geen grond; een weigering noemt haar grond"
            self._note(Veld.GRONDEN, spelled, why, Ernst.LET_OP)
        if beoordeling is Beoordeling.OPENBAAR and gronden:
            self._note(Veld.GRONDEN, shown, f"staat bij een document dat {spelled} is", Ernst.LET_OP)
        for why in let_op(gronden, regel.wetten):
            self._note(Veld.GRONDEN, shown, why, Ernst.LET_OP)
        self._r.old += withheld and vraagt_meer(gronden, regel.datum, self._r.vandaag)

    def _cell(self, veld: Veld) -> Cell:
        place = self._r.kolommen.velden.get(veld)
        return None if place is None or place >= len(self._row.cells) else self._row.cells[place]

    def _plain(self, place: int) -> str | None:
        """A cell as text; None when it is empty, or holds what counts as empty."""
        text = cell_text(self._row.cells[place]) if place < len(self._row.cells) else ""
        return None if not text or folded(text) in self._r.woorden.leeg else text

    def _text(self, veld: Veld, longest: int | None = None) -> str | None:
        place = self._r.kolommen.velden.get(veld)
        text = None if place is None else self._plain(place)
        most = longest or _LONGEST.get(veld, _LONGEST_TEXT)
        if text is not None and len(text) > most:
            self._note(veld, text, f"is langer dan {most} tekens; kort het in")
            return None
        return text if text is None or longest is not None else text.replace("\n", " ")

    def _note(self, veld: Veld, waarde: str, why: str, ernst: Ernst = Ernst.FOUT) -> None:
        place = self._r.kolommen.velden.get(veld)
        if place in self._marked and not waarde:
            return  # why it is empty was told already
        self._add(ernst, veld.value if place is None else self._r.kolommen.koppen[place], waarde, why)

    def _add(self, ernst: Ernst, kolom: str, waarde: str, why: str) -> None:
        self._wrong = self._wrong or ernst is Ernst.FOUT
        shown = waarde if len(waarde) <= _SHOWN else waarde[: _SHOWN - 1] + "…"
        self._r.meldingen.append(Melding(ernst, self._row.number, kolom, shown.replace("\n", " "), why))
