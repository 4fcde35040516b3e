"""The registry keeps what it is given, and refuses what cannot be true."""

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase, digest, document, fill, publicatie
from woo.domain.document import (
    Bericht,
    Bestand,
    Bestemming,
    Document,
    Documentrol,
    Leesstatus,
    Lezing,
    Pagina,
    Relatie,
    Relatiesoort,
    Voorstel,
)
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus
from woo.registry import Bestandsversie, Registry, Shown

LATER = NOW + timedelta(days=1)


def full_publicatie() -> Publicatie:
    return publicatie(
        status=Publicatiestatus.INGETROKKEN,
        verkorte_titel="Rondweg",
        omschrijving="Alles over de rondweg — één dossier",
        kenmerk="Woo-2023/114",
        eerste_publicatie=NOW,
        intrekking=Intrekking(LATER, "verkeerde bijlage"),
        bron="map:/data/2023-114",
        themas=("c_d96f9cd3",),
    )


def full_document() -> Document:
    return document(
        omschrijving="een bijlage",
        kenmerk="K-1",
        documentsoort="c_soort",
        creatiedatum=date(2023, 2, 28),
        taal="nld",
        lezing=Lezing(
            Leesstatus.DEELS, "bladzijde 2 mislukte", 3, 1, "pdf", "pdfium 5", 0.25, ("let op",), 2
        ),
        intrekking=Intrekking(LATER, "privacy"),
        herkomst={"officiele_titel": "bestand:docinfo"},
        weergave=Bestand(digest(77), "bijlage-1.pdf", "application/pdf", 4321),
        voorstellen=(
            Voorstel("creatiedatum", "2023-02-28", 0.9, "tekst:datumregel", 1),
            Voorstel("grond", "5.1.2.e", 0.5, "tekst"),
        ),
        bericht=Bericht("3@voorbeeld", "2@voorbeeld", "1@voorbeeld"),
        bestemming=Bestemming.VERZONDEN,
        rol=Documentrol.BESLUITBRIEF,
        opgeschort_tot=date(2026, 3, 9),
        vrijgegeven_op=datetime(2026, 3, 10, tzinfo=UTC),
    )


class TestObjects(OnEveryDatabase):
    def test_a_publicatie_comes_back_as_it_was_saved(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(full_publicatie())
        with registry.read() as reading:
            assert reading.publicatie("p1") == full_publicatie()
            assert reading.publicatie_by_bron("map:/data/2023-114") == full_publicatie()
            assert reading.publicatie_by_bron("map:/data") is None

    def test_a_document_comes_back_as_it_was_saved(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            tx.save_document(full_document())
        with registry.read() as reading:
            assert reading.document("d1") == full_document()
            assert reading.document_with_publicatie("d1") == (full_document(), publicatie())

    @pytest.mark.parametrize("saved", [full_publicatie(), full_document()], ids=lambda it: type(it).__name__)
    def test_every_field_of_the_domain_differs_from_its_default_in_these_tests(
        self, saved: Publicatie | Document
    ) -> None:
        for field in dataclasses.fields(saved):
            if field.default is not dataclasses.MISSING and field.name != "versie":
                assert getattr(saved, field.name) != field.default, field.name

    def test_a_document_without_a_file_is_kept(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            tx.save_document(document(bestand=None))
            assert tx.document("d1").bestand is None
            assert tx.versions("d1") == ()

    def test_a_moment_in_another_zone_comes_back_as_the_same_moment_in_utc(self, registry: Registry) -> None:
        local = datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie(gewijzigd_op=local))
            found = tx.publicatie("p1").gewijzigd_op
        assert (found, found.tzinfo) == (local, UTC)

    def test_a_moment_without_a_zone_is_refused(self, registry: Registry) -> None:
        naive = datetime(2026, 7, 1, 14, 0)  # noqa: DTZ001
        with pytest.raises(InvalidValue, match="time zone"), registry.transaction() as tx:
            tx.save_publicatie(publicatie(gewijzigd_op=naive))

    @pytest.mark.parametrize("broken", ["nul \x00 byte", "half \ud800 pair"])
    def test_text_that_a_database_cannot_hold_is_refused_without_repeating_it(
        self, registry: Registry, broken: str
    ) -> None:
        fill(registry)
        with pytest.raises(InvalidValue, match="clean it first") as caught, registry.transaction() as tx:
            tx.save_pages("d1", [Pagina(1, broken, "pdf")])
        assert broken not in str(caught.value)

    def test_what_is_not_there_is_not_found(self, registry: Registry) -> None:
        with registry.read() as reading:
            with pytest.raises(NotFound, match="publicatie with id 'nee'"):
                reading.publicatie("nee")
            with pytest.raises(NotFound, match="document with id 'nee'"):
                reading.document("nee")
        with registry.transaction() as tx, pytest.raises(NotFound):
            tx.next_volgnummer("nee")

    def test_lists_go_on_after_the_last_id(self, registry: Registry) -> None:
        fill(registry, documents=5)
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie("p2"))
            tx.save_document(document("e1", 1, publicatie_id="p2"))
        with registry.read() as reading:
            assert [found.id for found in reading.publicaties(limit=1)] == ["p1"]
            assert [found.id for found in reading.publicaties(after="p1")] == ["p2"]
            assert [found.id for found in reading.documents("p1", after="d2", limit=2)] == ["d3", "d4"]
            assert [found.id for found in reading.documents(after="d4")] == ["d5", "e1"]

    def test_numbers_go_on_from_the_highest(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            assert tx.next_volgnummer("p1") == 1
            tx.save_document(document("d7", 7))
            assert tx.next_volgnummer("p1") == 8

    def test_each_version_of_the_file_is_kept_with_the_moment_it_came(self, registry: Registry) -> None:
        fill(registry)
        second = Bestand(digest(2), "nieuw.pdf", "application/pdf", 99)
        with registry.transaction() as tx:
            old = tx.document("d1")
            tx.save_document(old.replaced(second, LATER))
            tx.save_document(dataclasses.replace(tx.document("d1"), gewijzigd_op=LATER + MINUTE))
        with registry.read() as reading:
            assert old.bestand is not None
            assert reading.versions("d1") == (
                Bestandsversie(1, old.bestand, NOW),
                Bestandsversie(2, second, LATER),
            )

    def test_saving_pages_replaces_all_of_them(self, registry: Registry) -> None:
        fill(registry, documents=2)
        pages = (
            Pagina(1, "één", "xlsx", label="Blad Kosten, rijen 1-200"),
            Pagina(2, "", "geen", leesbaar=False, zekerheid=0.5, fout="kapot"),
            Pagina(3, "twee woorden", "ocr", zekerheid=0.7, woorden=bytes(range(256)) * 3),
        )
        with registry.transaction() as tx:
            tx.save_pages("d1", [Pagina(number, "oud", "pdf") for number in range(1, 10)])
            tx.save_pages("d2", [Pagina(1, "blijft", "pdf")])
            tx.save_pages("d1", pages)
        with registry.read() as reading:
            assert reading.pages("d1") == pages
            assert reading.pages("d2") == (Pagina(1, "blijft", "pdf"),)
            assert reading.pages("nee") == ()

    def test_relations_are_seen_from_both_ends_and_kept_once(self, registry: Registry) -> None:
        fill(registry, documents=3)
        bijlage = Relatie("d1", Relatiesoort.HEEFT_BIJLAGE, "d2")
        reactie = Relatie("d3", Relatiesoort.REACTIE_OP, "d1")
        alike = Relatie("d1", Relatiesoort.LIJKT_OP, "d2", 0.81)
        with registry.transaction() as tx:
            for relatie in (reactie, bijlage, bijlage, alike, dataclasses.replace(alike, gelijkenis=0.9)):
                tx.save_relatie(relatie)
        with registry.read() as reading:
            assert reading.relaties("d1") == (
                bijlage,
                reactie,
                dataclasses.replace(alike, gelijkenis=0.9),
            )
            assert reading.relaties("d3") == (reactie,)
            assert reading.relaties("nee") == ()
        with registry.transaction() as tx:
            assert tx.drop_relaties("d1", Relatiesoort.REACTIE_OP) == ("d3",)
            assert tx.relaties("d3") == ()
            assert len(tx.relaties("d1")) == 2

    def test_a_relation_to_what_is_not_there_or_to_itself_is_refused(self, registry: Registry) -> None:
        fill(registry)
        for naar in ("weg", "d1"):
            with pytest.raises(Refused), registry.transaction() as tx:
                tx.save_relatie(Relatie("d1", Relatiesoort.HEEFT_BIJLAGE, naar))

    def test_messages_are_found_by_what_identifies_them_in_their_own_publicatie(
        self, registry: Registry
    ) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            tx.save_publicatie(publicatie("p2"))
            tx.save_document(document("d1", 1, bericht=Bericht("a@x", None, "a@x")))
            tx.save_document(document("d2", 2, bericht=Bericht("b@x", "a@x", "a@x")))
            tx.save_document(document("e1", 1, publicatie_id="p2", bericht=Bericht("a@x", None, "a@x")))
            assert tx.messages("p1", id="a@x") == ("d1",)
            assert tx.messages("p1", antwoord_op="a@x") == ("d2",)
            assert tx.messages("p1", draad="a@x") == ("d1", "d2")
            assert tx.messages("p2", antwoord_op="a@x") == ()

    def test_the_document_with_a_digest_is_the_one_that_was_not_withdrawn(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.save_document(tx.document("d1").withdrawn(LATER, reden="privacy"))
            found = tx.document_by_digest("p1", digest(1))
            assert found is not None
            assert found.id == "d1"
            tx.save_document(document("d5", 2, bestand=Bestand(digest(1), "weer.pdf", "application/pdf", 1)))
            tx.save_document(document("d9", 9))
            found = tx.document_by_digest("p1", digest(1))
            assert found is not None
            assert found.id == "d5"
            assert tx.document_by_digest("p2", digest(1)) is None

    @pytest.mark.parametrize("never", [Bestemming.VERZONDEN, Bestemming.ALLEEN_VERZOEKER])
    def test_what_can_never_be_public_stays_so_whatever_is_written(
        self, registry: Registry, never: Bestemming
    ) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.save_document(document("d2", 2, bestemming=never, bestand=document().bestand))
            assert tx.document_by_digest("p1", digest(1), never) == tx.document("d2")
            assert tx.document_by_digest("p1", digest(1)) == tx.document("d1")
        for other in set(Bestemming) - {never}:
            with pytest.raises(Refused, match="document d2"), registry.transaction() as tx:
                tx.save_document(dataclasses.replace(tx.document("d2"), bestemming=other))
        with pytest.raises(Refused, match="never be public"):
            document(bestemming=never).withdrawn(LATER, reden="privacy")

    def test_what_is_shown_is_remembered_until_it_is_hidden(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.mark_shown("document", "d1", paginas=3, vingerafdruk="f1", op=NOW)
            tx.mark_shown("document", "d1", paginas=4, vingerafdruk="f2", op=LATER)
            tx.mark_shown("publicatie", "p1", paginas=0, vingerafdruk="f3", op=NOW)
            for number in range(1200):
                tx.mark_shown("document", f"e{number:04}", paginas=1, vingerafdruk="f", op=NOW)
        with registry.read() as reading:
            assert reading.shown("document", "d1") == Shown("document", "d1", 4, "f2", LATER)
            assert reading.shown("document", "p1") is None
            ids = list(reading.shown_ids("document"))
            assert len(ids) == 1201
            assert ids == sorted(ids)
        with registry.transaction() as tx:
            tx.mark_hidden("document", "d1")
            tx.mark_hidden("document", "d1")
            assert tx.shown("document", "d1") is None
            assert list(tx.shown_ids("publicatie")) == ["p1"]


class TestRefusals(OnEveryDatabase):
    def test_two_publicaties_cannot_come_from_one_source(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie(bron="map:/a"))
        with pytest.raises(Refused, match=r"publicatie p2.*bron"), registry.transaction() as tx:
            tx.save_publicatie(publicatie("p2", bron="map:/a"))

    def test_one_file_cannot_be_in_a_publicatie_twice(self, registry: Registry) -> None:
        fill(registry)
        same = document().bestand
        with pytest.raises(Refused, match=r"document d2.*bestand_digest"), registry.transaction() as tx:
            tx.save_document(document("d2", 2, bestand=same))
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie("p2"))
            tx.save_document(document("d2", 1, publicatie_id="p2", bestand=same))

    def test_two_documents_cannot_have_one_number(self, registry: Registry) -> None:
        fill(registry)
        with pytest.raises(Refused, match="volgnummer"), registry.transaction() as tx:
            tx.save_document(document("d2", 1, bestand=None))

    def test_what_was_refused_is_not_repeated_in_the_errors_that_reach_the_log(
        self, registry: Registry
    ) -> None:
        fill(registry)
        with pytest.raises(Refused) as caught, registry.transaction() as tx:
            tx.save_document(document("d2", 1, officiele_titel="Brief van J. Jansen", bestand=None))
        assert caught.value.__cause__ is not None
        assert "Jansen" not in f"{caught.value} {caught.value.__cause__}"

    def test_a_document_needs_its_publicatie(self, registry: Registry) -> None:
        with pytest.raises(Refused, match=r"document d1.*(?i:foreign key)"), registry.transaction() as tx:
            tx.save_document(document())

    def test_pages_need_their_document(self, registry: Registry) -> None:
        with pytest.raises(Refused, match="the pages of document d1"), registry.transaction() as tx:
            tx.save_pages("d1", [Pagina(1, "", "pdf")])

    def test_a_digest_that_is_no_sha256_is_refused(self, registry: Registry) -> None:
        fill(registry, documents=0)
        with pytest.raises(Refused, match="bestand_digest"), registry.transaction() as tx:
            tx.save_document(document(bestand=Bestand("abc", "a.pdf", "application/pdf", 1)))

    def test_what_is_published_needs_its_first_moment(self, registry: Registry) -> None:
        with pytest.raises(Refused, match="eerste_publicatie"), registry.transaction() as tx:
            tx.save_publicatie(publicatie(status=Publicatiestatus.GEPUBLICEERD))

    def test_what_is_published_needs_its_publisher(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie(publisher=None))
        published = publicatie().published(NOW)
        object.__setattr__(published, "publisher", None)  # past the domain, as a faulty program could
        with pytest.raises(Refused, match="publicatie_publisher"), registry.transaction() as tx:
            tx.save_publicatie(published)

    def test_an_older_copy_does_not_undo_the_withdrawal_of_a_document(self, registry: Registry) -> None:
        fill(registry)
        with registry.read() as reading:
            old = reading.document("d1")
        with registry.transaction() as tx:
            tx.save_document(tx.document("d1").withdrawn(LATER, reden="privacy"))
        with pytest.raises(Refused, match="later state"), registry.transaction() as tx:
            tx.save_document(dataclasses.replace(old, lezing=Lezing(Leesstatus.GELEZEN)))
        with registry.read() as reading:
            assert reading.document("d1").intrekking == Intrekking(LATER, "privacy")

    def test_an_older_copy_does_not_undo_the_withdrawal_of_a_publicatie(self, registry: Registry) -> None:
        draft = publicatie()
        published = draft.published(NOW)
        withdrawn = published.withdrawn(LATER, reden="fout")
        for earlier, now in [(draft, published), (published, withdrawn), (draft, withdrawn)]:
            with registry.transaction() as tx:
                tx.save_publicatie(now)
            with pytest.raises(Refused, match="later state"), registry.transaction() as tx:
                tx.save_publicatie(earlier)
            with registry.read() as reading:
                assert reading.publicatie("p1") == now

    def test_an_older_copy_does_not_bring_back_a_replaced_file(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            old = tx.document("d1")
            tx.save_document(old.replaced(Bestand(digest(2), "b.pdf", "application/pdf", 1), LATER))
        with pytest.raises(Refused, match="later state"), registry.transaction() as tx:
            tx.save_document(old)

    def test_another_file_is_another_version(self, registry: Registry) -> None:
        fill(registry)
        other = Bestand(digest(2), "b.pdf", "application/pdf", 1)
        with pytest.raises(Refused, match="version 1 is another file"), registry.transaction() as tx:
            tx.save_document(dataclasses.replace(tx.document("d1"), bestand=other))

    def test_a_refusal_that_is_caught_still_keeps_the_transaction_from_being_committed(
        self, registry: Registry
    ) -> None:
        def save_and_shrug() -> None:
            with registry.transaction() as tx:
                tx.save_publicatie(publicatie())
                with pytest.raises(Refused):
                    tx.save_document(document(publicatie_id="nee"))

        with pytest.raises(Refused, match="commit the transaction"):
            save_and_shrug()
        with registry.read() as reading:
            assert reading.publicaties() == []
