"""The registry keeps who asked and who is touched apart from the request, as given, and what remains once erased."""

import dataclasses
from datetime import date

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase, Raw, fill
from woo.domain.betrokkenen import Belanghebbende, Reactie, Stuksoort, Verzoeker, Zienswijze
from woo.domain.errors import NotFound, Refused
from woo.domain.verzoek import Wooverzoek
from woo.registry import Registry

DAY = date(2024, 1, 8)
WHO = Verzoeker(
    "v1", "J. Fictief", "Stichting Verzonnen", "Dorpsstraat 1", "j@fictief.example", "053 123 45 67"
)


def third(id: str = "t1", nummer: int = 1, **changes: object) -> Belanghebbende:
    made = Belanghebbende(
        id=id,
        verzoek_id="v1",
        nummer=nummer,
        naam="Bedrijf Bedacht",
        adres="Postbus 1",
        email="post@bedacht.example",
        gevraagd_op=date(2024, 1, 10),
        reageren_voor=date(2024, 1, 24),
        reactie=Reactie.DEELS,
        gereageerd_op=date(2024, 1, 20),
        zienswijzen=(
            Zienswijze(Stuksoort.DOCUMENT, "d1", Reactie.GEEN_BEZWAAR),
            Zienswijze(Stuksoort.REGEL, "p1:12", Reactie.BEZWAAR),
        ),
        geinformeerd_op=date(2024, 2, 20),
        gewijzigd_op=NOW,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def with_request(registry: Registry) -> None:
    fill(registry)
    with registry.transaction() as tx:
        tx.dossier.save_verzoek(Wooverzoek("v1", "Woo-2024/8", "De rondweg", DAY))


class TestBetrokkenen(OnEveryDatabase):
    def test_who_asked_comes_back_and_only_the_fact_remains(self, registry: Registry) -> None:
        with_request(registry)
        with registry.transaction() as tx:
            assert tx.betrokkenen.verzoeker("v1") is None
            tx.betrokkenen.save_verzoeker(dataclasses.replace(WHO, naam="Iemand anders"))
            tx.betrokkenen.save_verzoeker(WHO)
        with registry.transaction() as tx:
            assert tx.betrokkenen.verzoeker("v1") == WHO
            tx.betrokkenen.save_verzoeker(WHO.gewist(DAY))
        with registry.read() as reading:
            assert reading.betrokkenen.verzoeker("v1") == Verzoeker("v1", None, gewist_op=DAY)

    def test_third_parties_come_back_by_number(self, registry: Registry, raw: Raw) -> None:
        with_request(registry)
        second = Belanghebbende("t0", "v1", 2, "Vereniging Verzinsel")
        with registry.transaction() as tx:
            assert tx.betrokkenen.next_nummer("v1") == 1
            tx.betrokkenen.save_belanghebbende(second)
            tx.betrokkenen.save_belanghebbende(third(naam="anders"))
            tx.betrokkenen.save_belanghebbende(third())
            assert tx.betrokkenen.next_nummer("v1") == 3
        with registry.read() as reading:
            assert reading.betrokkenen.belanghebbenden("v1") == [third(), second]
            assert reading.betrokkenen.belanghebbenden("v9") == []
            assert reading.betrokkenen.belanghebbende("t1") == third()
            with pytest.raises(NotFound, match="belanghebbende"):
                reading.betrokkenen.belanghebbende("t9")
        with registry.transaction() as tx:
            tx.betrokkenen.save_belanghebbende(third().gewist(DAY))
        with registry.read() as reading:
            left = reading.betrokkenen.belanghebbende("t1")
        assert left == third(naam=None, adres=None, email=None, gewist_op=DAY)
        assert not [row for row in raw.ask("SELECT * FROM belanghebbende") if "Bedacht" in str(row)]

    @pytest.mark.parametrize(
        "wrong", [third("t2"), third(nummer=2, verzoek_id="v9", id="t3")], ids=["number twice", "no request"]
    )
    def test_what_cannot_be_is_refused(self, registry: Registry, wrong: Belanghebbende) -> None:
        with_request(registry)
        with registry.transaction() as tx:
            tx.betrokkenen.save_belanghebbende(third())
        with pytest.raises(Refused, match="third party"), registry.transaction() as tx:
            tx.betrokkenen.save_belanghebbende(wrong)

    def test_the_database_itself_refuses(self, registry: Registry, raw: Raw) -> None:
        with_request(registry)
        with registry.transaction() as tx:
            tx.betrokkenen.save_verzoeker(WHO)
            tx.betrokkenen.save_belanghebbende(third())
        for statement in (
            "UPDATE verzoeker SET gewist_op = '2024-01-08'",
            "UPDATE belanghebbende SET naam = NULL",
            "UPDATE belanghebbende SET reactie = 'misschien'",
        ):
            with pytest.raises(Exception, match="ck_"):
                raw.run(statement)


@pytest.mark.parametrize("saved", [WHO, third()], ids=lambda it: type(it).__name__)
def test_every_field_of_the_domain_differs_from_its_default_in_these_tests(saved: object) -> None:
    for field in dataclasses.fields(saved):  # type: ignore[arg-type]
        if field.default is not dataclasses.MISSING and field.name != "gewist_op":
            assert getattr(saved, field.name) != field.default, field.name
