"""Words in the text of concepts: the same on both kinds of database."""

from tests.contract.registry_contract import OnEveryDatabase, document, publicatie
from woo.domain.document import Pagina
from woo.registry import Registry
from woo.registry.teksten import in_concepts


class TestTeksten(OnEveryDatabase):
    def test_every_word_on_one_page_whatever_its_capitals_and_signs(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie("p1"))
            tx.save_publicatie(publicatie("p2", publisher="gm0363"))
            tx.save_document(document("d1", publicatie_id="p1"))
            tx.save_document(document("d2", publicatie_id="p2"))
            tx.save_pages("d1", [Pagina(1, "Niets", "pdf"), Pagina(2, "Rondweg 100%_zeker", "pdf")])
            tx.save_pages("d2", [Pagina(1, "rondweg", "pdf"), Pagina(2, "RONDWEG", "pdf")])
        with registry.read() as reading:

            def found(woorden: str, organisaties: frozenset[str] | None = None) -> list[tuple[str, int, int]]:
                told = in_concepts(reading.connection, woorden, organisaties=organisaties)
                return sorted((each.document.id, each.pagina, each.paginas) for each in told.vondsten)

            assert found("rondWEG") == [("d1", 2, 1), ("d2", 1, 2)]
            assert found("rondweg 100%_") == [("d1", 2, 1)]
            assert found("1__%") == []
            assert found("niets rondweg") == []
            assert found("rondweg", frozenset({"gm0363"})) == [("d2", 1, 2)]
            assert found("rondweg", frozenset()) == []
            assert found("  ") == []
