"""The registry keeps which document stands in which sitemap, on every database."""

from dataclasses import replace
from datetime import timedelta

from tests.contract.registry_contract import NOW, OnEveryDatabase
from woo.registry import Registry, Sitemapdeel, Sitemapplaats


def plaats(document: str, publicatie: str = "p1", nr: str = "014", deel: int = 1) -> Sitemapplaats:
    return Sitemapplaats(document, publicatie, nr, deel, 100, document * 2)


class TestSitemaps(OnEveryDatabase):
    def test_places_are_kept_by_document_and_found_by_publicatie_and_file(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.sitemaps.save_plaatsen([plaats("d2"), plaats("d1"), plaats("d3", "p2", deel=2)])
            tx.sitemaps.save_plaatsen([replace(plaats("d2"), bytes=250, vingerafdruk="anders")])
        with registry.read() as reading:
            placed = reading.sitemaps.of_publicaties(["p2", "p9", "p1"])
            assert {id: [each.document_id for each in found] for id, found in placed.items()} == {
                "p1": ["d1", "d2"],
                "p2": ["d3"],
            }
            assert reading.sitemaps.of_deel("014", 2) == [plaats("d3", "p2", deel=2)]
            assert reading.sitemaps.of_deel("014", 1)[1].vingerafdruk == "anders"
            assert reading.sitemaps.total("014", 1) == (2, 350)
            assert reading.sitemaps.total("015", 1) == (0, 0)
            assert reading.sitemaps.publicaties(after="") == ["p1", "p2"]
            assert reading.sitemaps.publicaties(after="p1") == ["p2"]
        with registry.transaction() as tx:
            tx.sitemaps.drop_plaatsen(["d1", "d3", "d9"])
            assert [each.document_id for each in tx.sitemaps.of_publicaties(["p1"])["p1"]] == ["d2"]
            assert tx.sitemaps.publicaties(after="") == ["p1"]

    def test_a_file_is_dirty_until_it_was_written(self, registry: Registry) -> None:
        first = Sitemapdeel("014", 1, 2, 350, vuil=True)
        with registry.transaction() as tx:
            assert tx.sitemaps.last_deel("014") is None
            tx.sitemaps.save_delen([first, replace(first, deel=10), replace(first, nr="001", vuil=False)])
        with registry.read() as reading:
            assert [(each.nr, each.deel) for each in reading.sitemaps.delen()] == [
                ("001", 1),
                ("014", 1),
                ("014", 10),
            ]
            assert [each.deel for each in reading.sitemaps.delen(vuil=True)] == [1, 10]
            assert reading.sitemaps.last_deel("014") == replace(first, deel=10)
        written = replace(first, vuil=False, lastmod=NOW + timedelta(seconds=1))
        with registry.transaction() as tx:
            tx.sitemaps.save_delen([written])
            tx.sitemaps.drop_deel("014", 10)
            assert tx.sitemaps.delen() == [Sitemapdeel("001", 1, 2, 350, vuil=False), written]
