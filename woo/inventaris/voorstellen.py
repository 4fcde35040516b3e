"""What a list would change, row by row: the good ones compared with the registry, the wrong ones beside what stays."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from woo.domain.inventaris import Inventarisregel
from woo.domain.inventarisvoorstel import Bevindingen, Celmelding, Rijsoort, Voorstelrij
from woo.inventaris.fouten import Ernst, Melding
from woo.inventaris.lezen import Foutrij, Inventaris
from woo.inventaris.vergelijken import Verschil

_NAMED = 200


def with_kept(
    regels: Iterable[Inventarisregel], foutrijen: Iterable[Foutrij], huidig: Sequence[Inventarisregel]
) -> tuple[Inventarisregel, ...]:
    """The rows of a list without its wrong ones; where the registry has a row with the number of a wrong one, that stays."""
    before = {regel.sleutel: regel for regel in huidig}
    good = list(regels)
    taken = {regel.sleutel for regel in good}
    for wrong in foutrijen:
        sleutel = (wrong.nummer or "").casefold()
        if sleutel in before and sleutel not in taken:
            taken.add(sleutel)
            good.append(replace(before[sleutel], volgorde=wrong.volgorde))
    return tuple(sorted(good, key=lambda regel: regel.volgorde))


def rijen_of(
    lijst: Inventaris, verschil: Verschil, huidig: Sequence[Inventarisregel]
) -> tuple[Voorstelrij, ...]:
    """Every row of the list in its order, then those that are gone."""
    before = {regel.sleutel: regel for regel in huidig}
    compared = {regel.sleutel: regel for regel in verschil.regels}
    changed = {each.nieuw.sleutel: each.velden for each in verschil.gewijzigd}
    told = _by_row(lijst.meldingen)
    found: list[Voorstelrij] = []
    for regel, rij in zip(lijst.regels, lijst.bladrijen, strict=True):
        oud = before.get(regel.sleutel)
        velden = changed.get(regel.sleutel, ())
        soort = Rijsoort.NIEUW if oud is None else Rijsoort.GEWIJZIGD if velden else Rijsoort.GELIJK
        found.append(
            Voorstelrij(
                0, soort, rij, regel.volgorde, regel.nummer, compared[regel.sleutel], oud, velden, told.get(rij, ())
            )
        )  # fmt: skip
    good = {regel.sleutel for regel in lijst.regels}
    for wrong in lijst.foutrijen:
        sleutel = (wrong.nummer or "").casefold()
        oud = None if sleutel in good else before.get(sleutel)
        found.append(
            Voorstelrij(
                0, Rijsoort.FOUT, wrong.rij, wrong.volgorde, wrong.nummer, oud=oud, meldingen=told.get(wrong.rij, ())
            )
        )  # fmt: skip
    found.sort(key=lambda each: each.volgorde)
    gone = [
        Voorstelrij(0, Rijsoort.VERDWENEN, None, regel.volgorde, regel.nummer, oud=regel)
        for regel in verschil.verdwenen
    ]
    return tuple(replace(each, plaats=place) for place, each in enumerate((*found, *gone), start=1))


def list_of(rijen: Iterable[Voorstelrij]) -> tuple[tuple[Inventarisregel, ...], tuple[Foutrij, ...]]:
    """The good and the wrong rows of the list that these rows of a proposal were made of."""
    good: list[Inventarisregel] = []
    wrong: list[Foutrij] = []
    for each in rijen:
        if each.nieuw is not None:
            good.append(each.nieuw)
        elif each.soort is Rijsoort.FOUT and each.rij is not None:
            wrong.append(Foutrij(each.rij, each.volgorde, each.nummer))
    return tuple(good), tuple(wrong)


def bevindingen_of(verschil: Verschil) -> Bevindingen:
    """What was found of documents, the long lists cut."""
    return Bevindingen(
        verplaatst=verschil.verplaatst,
        geblokkeerd=verschil.geblokkeerd[:_NAMED],
        straks=verschil.straks[:_NAMED],
        dubbelzinnig=tuple((nummer, ids[:_NAMED]) for nummer, ids in verschil.dubbelzinnig[:_NAMED]),
        zonder_document=sum(regel.document_id is None for regel in verschil.regels),
        zonder_regel=len(verschil.zonder_regel),
    )


def _by_row(meldingen: Iterable[Melding]) -> dict[int, tuple[Celmelding, ...]]:
    told: dict[int, list[Celmelding]] = {}
    for each in meldingen:
        is_fout = each.ernst is Ernst.FOUT
        told.setdefault(each.rij, []).append(Celmelding(is_fout, each.kolom, each.waarde, each.uitleg))
    return {rij: tuple(those) for rij, those in told.items()}
