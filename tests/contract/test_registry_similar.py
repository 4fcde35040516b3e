"""What documents look like, which are alike, and what read them: the same on both kinds of database."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase, digest, document, fill, publicatie
from woo.domain.document import Bestand, Leesstatus, Lezing
from woo.domain.errors import Refused
from woo.domain.publicatie import Intrekking, Publicatiestatus
from woo.registry import Registry

PDF, DOCX = "application/pdf", "application/x-docx"


class TestFingerprints(OnEveryDatabase):
    def test_a_fingerprint_is_kept_replaced_and_taken_away(self, registry: Registry) -> None:
        fill(registry, documents=2)
        with registry.transaction() as tx:
            tx.save_vingerafdruk("d1", b"\x00een", [1, 2])
            tx.save_vingerafdruk("d2", b"twee", [1, 5])
        with registry.transaction() as tx:
            tx.save_vingerafdruk("d1", b"anders", [7, 5])
            assert tx.vingerafdruk("d1") == b"anders"
            assert tx.alike("d2", [1, 9]) == {}
            assert tx.alike("d2", [9, 5]) == {"d1": b"anders"}
        with registry.transaction() as tx:
            tx.save_vingerafdruk("d1", None)
        with registry.read() as reading:
            assert reading.vingerafdruk("d1") is None
            assert reading.vingerafdruk("nee") is None
            assert reading.alike("d2", [9, 5]) == {}

    def test_what_shares_more_bands_comes_first_and_a_band_is_only_alike_in_its_own_place(
        self, registry: Registry
    ) -> None:
        fill(registry, documents=4)
        low, high = -(2**63), 2**63 - 1
        with registry.transaction() as tx:
            tx.save_vingerafdruk("d1", b"1", [low, high, 3])
            tx.save_vingerafdruk("d2", b"2", [low, 0, 0])
            tx.save_vingerafdruk("d3", b"3", [low, high, 0])
            tx.save_vingerafdruk("d4", b"4", [high, 3, low])
            assert list(tx.alike("d1", [low, high, 3]).items()) == [("d3", b"3"), ("d2", b"2")]

    def test_what_was_withdrawn_is_no_candidate(self, registry: Registry) -> None:
        fill(registry, documents=2)
        with registry.transaction() as tx:
            tx.save_vingerafdruk("d2", b"2", [1])
            tx.save_document(tx.document("d2").withdrawn(NOW, reden="privacy"))
            assert tx.alike("d1", [1]) == {}

    def test_a_text_in_many_copies_gives_some_of_them_near_it(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            for number in range(150):
                tx.save_document(document(f"d{number:03}", number + 1))
                tx.save_vingerafdruk(f"d{number:03}", b"x", [4, 4])
            assert sorted(tx.alike("d075", [4, 4])) == [
                f"d{number:03}" for number in range(50, 101) if number != 75
            ]
            assert sorted(tx.alike("d000", [4, 4])) == [f"d{number:03}" for number in range(1, 26)]

    def test_of_two_that_write_at_once_the_later_one_sees_the_earlier(self, registry: Registry) -> None:
        fill(registry, documents=2)
        begun = threading.Event()

        def other() -> dict[str, bytes]:
            begun.set()
            with registry.transaction() as tx:
                tx.one_at_a_time("vingerafdrukken")
                tx.save_vingerafdruk("d2", b"2", [1])
                return tx.alike("d2", [1])

        with ThreadPoolExecutor(1) as threads:
            with registry.transaction() as tx:
                tx.one_at_a_time("vingerafdrukken")
                tx.save_vingerafdruk("d1", b"1", [1])
                later = threads.submit(other)
                begun.wait()
                assert wait([later], timeout=0.3).not_done
            assert later.result() == {"d1": b"1"}

    def test_a_document_that_is_not_there_has_no_fingerprint(self, registry: Registry) -> None:
        with pytest.raises(Refused, match="document nee"), registry.transaction() as tx:
            tx.save_vingerafdruk("nee", b"x", [1])


class TestReadBy(OnEveryDatabase):
    def test_documents_are_found_by_their_type_and_what_read_them(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            for number, (mime, extractor, status) in enumerate(
                [
                    (PDF, "pdf-1", Leesstatus.GELEZEN),
                    (PDF, "pdf-1", Leesstatus.QUARANTAINE),
                    (PDF, "pdf-2", Leesstatus.DEELS),
                    (PDF, None, Leesstatus.QUARANTAINE),
                    (PDF, None, Leesstatus.WACHT),
                    (DOCX, "docx-1", Leesstatus.GELEZEN),
                ],
                start=1,
            ):
                bestand = Bestand(digest(number), "b", mime, 1)
                lezing = Lezing(status, extractor=extractor)
                tx.save_document(document(f"d{number}", number, bestand=bestand, lezing=lezing))
        with registry.read() as reading:
            assert set(reading.extractors([PDF])) == {None, "pdf-1", "pdf-2"}
            assert reading.extractors([]) == []
            assert reading.read_by([PDF], ["pdf-1"]) == ["d1", "d2"]
            assert reading.read_by([PDF], [None]) == ["d4"]
            assert reading.read_by([PDF, DOCX], [None, "pdf-2", "docx-1"]) == ["d3", "d4", "d6"]
            assert reading.read_by([PDF, DOCX], ["pdf-1", "docx-1"], after="d1", limit=1) == ["d2"]
            assert reading.read_by([PDF], []) == reading.read_by([], ["pdf-1"]) == []

    def test_what_was_withdrawn_is_not_read_again(self, registry: Registry) -> None:
        read = Lezing(Leesstatus.GELEZEN, extractor="pdf-1")
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            gone = publicatie(
                "p2",
                status=Publicatiestatus.INGETROKKEN,
                eerste_publicatie=NOW,
                intrekking=Intrekking(NOW, "privacy"),
            )
            tx.save_publicatie(gone)
            tx.save_document(document("d1", 1, lezing=read))
            tx.save_document(document("d2", 2, lezing=read))
            tx.save_document(replace(tx.document("d2"), intrekking=Intrekking(NOW, "privacy")))
            tx.save_document(document("d3", 1, publicatie_id="p2", lezing=read))
            assert tx.read_by([PDF], ["pdf-1"]) == ["d1"]
