"""The one decision, over everything that bears on it."""

from datetime import UTC, datetime
from itertools import product

import pytest

from woo.domain.document import Bestand, Bestemming, Document, Leesstatus, Lezing
from woo.domain.inventaris import Beoordeling, Inventarisregel, regel_id, split_plaats
from woo.domain.openbaarheid import is_public, is_public_publicatie, is_public_regel
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GONE = Intrekking(NOW, "Er staat een naam in.")
READ = {Leesstatus.GELEZEN, Leesstatus.DEELS, Leesstatus.GEEN_TEKST}


def publicatie(status: Publicatiestatus) -> Publicatie:
    return Publicatie(
        id="p1",
        publisher="gm0153",
        officiele_titel="Besluit",
        informatiecategorieen=("c_3baef532",),
        aangemaakt_op=NOW,
        gewijzigd_op=NOW,
        status=status,
        eerste_publicatie=None if status is Publicatiestatus.CONCEPT else NOW,
        intrekking=GONE if status is Publicatiestatus.INGETROKKEN else None,
    )


def document(
    leesstatus: Leesstatus,
    *,
    withdrawn: bool,
    with_file: bool,
    publicatie_id: str = "p1",
    bestemming: Bestemming = Bestemming.OPENBAAR,
) -> Document:
    return Document(
        id="d1",
        publicatie_id=publicatie_id,
        volgnummer=1,
        officiele_titel="Bijlage",
        aangemaakt_op=NOW,
        gewijzigd_op=NOW,
        bestand=Bestand("0" * 64, "a.pdf", "application/pdf", 1) if with_file else None,
        lezing=Lezing(leesstatus),
        intrekking=GONE if withdrawn else None,
        bestemming=bestemming,
    )


@pytest.mark.parametrize(
    ("status", "leesstatus", "withdrawn", "with_file", "bestemming"),
    list(product(Publicatiestatus, Leesstatus, (False, True), (False, True), Bestemming)),
)
def test_a_document_is_public_only_when_nothing_stands_in_its_way(
    status: Publicatiestatus, leesstatus: Leesstatus, withdrawn: bool, with_file: bool, bestemming: Bestemming
) -> None:
    made = document(leesstatus, withdrawn=withdrawn, with_file=with_file, bestemming=bestemming)
    public = is_public(made, publicatie(status))
    obstacles = [
        bestemming is not Bestemming.OPENBAAR,
        status is Publicatiestatus.CONCEPT,
        status is Publicatiestatus.INGETROKKEN,
        withdrawn,
        with_file and leesstatus not in READ,
    ]
    assert public == (not any(obstacles))


def test_of_all_combinations_with_a_file_just_three_are_public() -> None:
    public = [
        (status, leesstatus)
        for status, leesstatus, withdrawn in product(Publicatiestatus, Leesstatus, (False, True))
        if is_public(document(leesstatus, withdrawn=withdrawn, with_file=True), publicatie(status))
    ]
    assert public == [
        (Publicatiestatus.GEPUBLICEERD, Leesstatus.GELEZEN),
        (Publicatiestatus.GEPUBLICEERD, Leesstatus.DEELS),
        (Publicatiestatus.GEPUBLICEERD, Leesstatus.GEEN_TEKST),
    ]


@pytest.mark.parametrize("status", Publicatiestatus)
def test_a_publicatie_is_public_while_it_is_published(status: Publicatiestatus) -> None:
    assert is_public_publicatie(publicatie(status)) == (status is Publicatiestatus.GEPUBLICEERD)


def test_a_document_held_against_the_wrong_publicatie_is_a_mistake_and_no_answer() -> None:
    other = document(Leesstatus.GELEZEN, withdrawn=False, with_file=True, publicatie_id="p2")
    with pytest.raises(ValueError, match="belongs to p2"):
        is_public(other, publicatie(Publicatiestatus.GEPUBLICEERD))


@pytest.mark.parametrize("status", Publicatiestatus)
@pytest.mark.parametrize("read", [True, False, None])
def test_a_row_is_shown_by_itself_when_its_publicatie_is_public_and_its_document_is_not(
    status: Publicatiestatus, read: bool | None
) -> None:
    leesstatus = Leesstatus.GELEZEN if read else Leesstatus.QUARANTAINE
    of = None if read is None else document(leesstatus, withdrawn=False, with_file=True)
    row = Inventarisregel("p1", 1, "12", "Memo", Beoordeling.OPENBAAR, document_id=of and of.id)
    shown = status is Publicatiestatus.GEPUBLICEERD and not read
    assert is_public_regel(row, publicatie(status), of) is shown


def test_a_row_is_not_compared_with_a_document_that_is_not_its_own() -> None:
    row = Inventarisregel("p1", 1, "12", "Memo", Beoordeling.OPENBAAR, document_id="d2")
    other = document(Leesstatus.GELEZEN, withdrawn=False, with_file=True)
    with pytest.raises(ValueError, match="another row"):
        is_public_regel(row, publicatie(Publicatiestatus.GEPUBLICEERD), other)


def test_the_id_of_a_row_stays_the_same_and_is_its_own() -> None:
    row = Inventarisregel("p1", 1, "A-12", "Memo", Beoordeling.OPENBAAR)
    again = Inventarisregel("p1", 7, "a-12", "Anders", Beoordeling.NIET_OPENBAAR)
    assert row.id == again.id == regel_id("p1:a-12")
    assert len({row.id, Inventarisregel("p2", 1, "A-12", "Memo", Beoordeling.OPENBAAR).id}) == 2
    assert split_plaats("p1:a:12") == ("p1", "a:12")
