"""The figures for the annual account, of the organisations that the actor may read."""

from collections.abc import Iterator

from woo.domain.actor import Actor, Recht
from woo.domain.besluit import Uitkomst
from woo.projection.jaarcijfers import Jaarcijfers, Termijncijfers, jaarcijfers
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

Cel = str | int | None


@usecase(Handeling.VERZOEKEN_LEZEN, "statistieken")
def count_years(
    platform: Platform, actor: Actor, *, jaar: int | None = None, organisatie: str | None = None
) -> list[Jaarcijfers]:
    """The figures, newest year first; of one year or organisation where it is named. Raises NotAllowed."""
    with platform.registry.read() as reading:
        found = jaarcijfers(
            reading.termijnen.dossiers(),
            reading.termijnen.paginas(),
            organisaties=actor.organisaties(Recht.READ),
        )
    return [
        each
        for each in found
        if (jaar is None or each.jaar == jaar) and (organisatie is None or each.organisatie == organisatie)
    ]


def as_table(platform: Platform, cijfers: list[Jaarcijfers]) -> Iterator[tuple[Cel, ...]]:
    """The figures as rows of a sheet, the first with the names of the columns."""
    lijst = platform.lijsten.organisaties
    uitkomsten = [f"uitkomst_{each.value}" for each in Uitkomst]
    yield (
        "jaar",
        "organisatie",
        "organisatie_naam",
        "ontvangen",
        "afgehandeld",
        "nog_open",
        *uitkomsten,
        "verdaagd",
        "opgeschort",
        "ingebrekestellingen",
        "bezwaren",
        "beroepen",
        "paginas_openbaar",
        *_names("wachttijd_niet_mee"),
        *_names("wachttijd_mee"),
    )
    for each in cijfers:
        code = each.organisatie
        naam = lijst.get(code).naam if code is not None and code in lijst else None
        yield (
            each.jaar,
            code,
            naam,
            each.ontvangen,
            each.afgehandeld,
            each.nog_open,
            *(each.uitkomsten.get(uitkomst, 0) for uitkomst in Uitkomst),
            each.verdaagd,
            each.opgeschort,
            each.ingebrekestellingen,
            each.bezwaren,
            each.beroepen,
            each.paginas,
            *_values(each.met_opschorting),
            *_values(each.zonder_opschorting),
        )


def _names(way: str) -> tuple[str, ...]:
    return tuple(
        f"{name}_{way}" for name in ("op_tijd", "te_laat", "onbekend", "dagen_gemiddeld", "dagen_mediaan")
    )


def _values(cijfers: Termijncijfers) -> tuple[Cel, ...]:
    counted = (cijfers.op_tijd, cijfers.te_laat, cijfers.onbekend)
    return (*counted, _decimal(cijfers.gemiddeld), _decimal(cijfers.mediaan))


def _decimal(value: float | None) -> str | None:
    """A number as a Dutch spreadsheet reads it."""
    return None if value is None else f"{value:.1f}".replace(".", ",")
