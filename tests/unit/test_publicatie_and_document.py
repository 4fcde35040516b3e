"""The rules of a publicatie and a document: what may follow what, and what can never be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from woo.domain.actor import Actor, Recht, Rol
from woo.domain.document import Bestand, Document, Leesstatus, Lezing
from woo.domain.errors import InvalidValue, NotAllowed, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Prioriteit, jobs_owed
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FILE = Bestand("0" * 64, "a.pdf", "application/pdf", 1)


def publicatie(**changes: Any) -> Publicatie:
    fields: dict[str, Any] = {
        "id": "p1",
        "publisher": "gm0153",
        "officiele_titel": "Besluit",
        "informatiecategorieen": ("c_3baef532",),
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
    }
    return Publicatie(**(fields | changes))


def document(**changes: Any) -> Document:
    fields: dict[str, Any] = {
        "id": "d1",
        "publicatie_id": "p1",
        "volgnummer": 1,
        "officiele_titel": "Bijlage",
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
        "bestand": FILE,
    }
    return Document(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"officiele_titel": ""}, "officiele_titel"),
        ({"officiele_titel": " \t\n"}, "officiele_titel"),
        ({"informatiecategorieen": ()}, "informatiecategorieen"),
        ({"publisher": None, "status": Publicatiestatus.GEPUBLICEERD}, "publisher"),
        ({"status": Publicatiestatus.INGETROKKEN}, "intrekking"),
        ({"intrekking": Intrekking(NOW, "weg")}, "intrekking"),
        ({"status": Publicatiestatus.GEPUBLICEERD, "intrekking": Intrekking(NOW, "weg")}, "intrekking"),
    ],
)
def test_a_publicatie_that_cannot_be_is_refused_by_the_name_of_its_field(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        publicatie(**changes)
    assert refused.value.field == field


def test_publishing_sets_the_first_moment_once() -> None:
    published = publicatie().published(NOW)
    assert (published.status, published.eerste_publicatie) == (Publicatiestatus.GEPUBLICEERD, NOW)
    assert published.published(LATER) is published


def test_what_has_no_publisher_cannot_be_published() -> None:
    with pytest.raises(Refused, match="no publisher"):
        publicatie(publisher=None).published(NOW)


def test_only_what_is_public_can_be_withdrawn_and_what_is_withdrawn_stays_so() -> None:
    with pytest.raises(Refused, match="concept"):
        publicatie().withdrawn(NOW, reden="weg")
    gone = publicatie().published(NOW).withdrawn(LATER, reden="  Te vroeg.  ")
    assert gone.intrekking == Intrekking(LATER, "Te vroeg.")
    assert gone.eerste_publicatie == NOW
    for again in (lambda: gone.published(LATER), lambda: gone.withdrawn(LATER, reden="weg")):
        with pytest.raises(Refused):
            again()


@pytest.mark.parametrize("reden", ["", " ", "\n\t"])
def test_a_withdrawal_needs_words(reden: str) -> None:
    with pytest.raises(InvalidValue, match="reason"):
        publicatie().published(NOW).withdrawn(LATER, reden=reden)
    with pytest.raises(InvalidValue, match="reason"):
        document().withdrawn(NOW, reden=reden)


def test_a_document_is_withdrawn_once_and_keeps_its_file_and_title() -> None:
    gone = document().withdrawn(LATER, reden="Er staat een naam in.")
    assert (gone.bestand, gone.officiele_titel, gone.gewijzigd_op) == (FILE, "Bijlage", LATER)
    with pytest.raises(Refused, match="withdrawn before"):
        gone.withdrawn(LATER, reden="nog eens")
    with pytest.raises(Refused, match="withdrawn"):
        gone.replaced(FILE, LATER)


def test_a_new_file_is_a_new_version_that_was_not_read() -> None:
    read = replace(document(), lezing=Lezing(Leesstatus.GELEZEN, paginas=3))
    new = read.replaced(replace(FILE, digest="1" * 64), LATER)
    assert (new.versie, new.lezing, new.gewijzigd_op) == (2, Lezing(), LATER)
    assert new.lezing.status is Leesstatus.WACHT


@pytest.mark.parametrize("title", ["", "  "])
def test_a_document_needs_a_title(title: str) -> None:
    with pytest.raises(InvalidValue, match="title"):
        document(officiele_titel=title)


def test_each_role_may_what_the_one_before_it_may_and_one_thing_more() -> None:
    rights = {rol: {recht for recht in Recht if Actor("a", rol, "t").may(recht)} for rol in Rol}
    assert [len(rights[rol]) for rol in Rol] == [1, 2, 3, 4]
    assert rights[Rol.LEZER] < rights[Rol.REDACTEUR] < rights[Rol.PUBLICEERDER] < rights[Rol.BEHEERDER]
    with pytest.raises(NotAllowed, match="redacteur"):
        Actor("a", Rol.REDACTEUR, "t").require(Recht.PUBLISH)


@pytest.mark.parametrize("actie", Actie)
def test_every_change_owes_the_work_that_makes_the_public_side_follow(actie: Actie) -> None:
    event = Gebeurtenis(actie, "document", "d1", Actor("a", Rol.BEHEERDER, "t"), NOW)
    owed = {job.soort for job in jobs_owed(event)}
    assert all(job.object_id == "d1" for job in jobs_owed(event))
    expected = {
        Actie.INVENTARIS_IMPORTED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.PUBLICATIE_PUBLISHED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.PUBLICATIE_CHANGED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.PUBLICATIE_WITHDRAWN: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.DOCUMENT_ADDED: {Jobsoort.EXTRACT},
        Actie.DOCUMENT_REPLACED: {Jobsoort.EXTRACT, Jobsoort.SYNC_DOCUMENT},
        Actie.DOCUMENT_CHANGED: {Jobsoort.SYNC_DOCUMENT},
        Actie.TEXT_EXTRACTED: {Jobsoort.SYNC_DOCUMENT},
        Actie.DOCUMENT_WITHDRAWN: {Jobsoort.SYNC_DOCUMENT},
        Actie.INVENTARIS_LINKED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.DOCUMENT_RELATED: {Jobsoort.SYNC_DOCUMENT},
        Actie.DOCUMENT_UNRELATED: {Jobsoort.SYNC_DOCUMENT},
        Actie.DOCUMENTS_ORDERED: {Jobsoort.SYNC_DOCUMENTEN},
        Actie.CATEGORIEVELDEN_CHANGED: {Jobsoort.SYNC_PUBLICATIE},
        Actie.MEDEDELING_CHANGED: {Jobsoort.SYNC_PUBLICATIE},
        Actie.DOCUMENT_SUSPENDED: {Jobsoort.SYNC_DOCUMENT},
        Actie.DOCUMENT_RELEASED: {Jobsoort.SYNC_DOCUMENT},
        Actie.PUBLICATIE_RESTORED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.DOCUMENT_RESTORED: {Jobsoort.SYNC_DOCUMENT},
        Actie.PUBLICATIE_DESTROYED: {Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN},
        Actie.DOCUMENT_DESTROYED: {Jobsoort.SYNC_DOCUMENT},
    }
    assert owed == expected.get(actie, set())
    urgent = actie.name.endswith(("_WITHDRAWN", "_RESTORED", "_DESTROYED"))
    assert all((job.prioriteit is Prioriteit.URGENT) == urgent for job in jobs_owed(event))
