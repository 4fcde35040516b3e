"""A fictional dossier on the public site: a request with two decisions, an inventory, a case at the court, a contact."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from tests.api.site import PublicSite
from woo.domain.besluit import Uitkomst, Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.document import Document
from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatie
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek
from woo.projection import public_dossier, public_publicatie, public_regels
from woo.projection.dossier import Dossier
from woo.projection.geschiedenis import Verteller
from woo.registry.history import Happened
from woo.storage.port import PublicDocument

LATER = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)
VERZOEK = Wooverzoek(
    id="v1",
    kenmerk="2024-0114",
    onderwerp="Natuurvergunning Biomassacentrale Oostrand",
    ontvangen_op=date(2024, 1, 8),
    verdaagd_op=date(2024, 1, 29),
    verdaging_dagen=14,
    opschortingen=(Opschorting(date(2024, 2, 5), date(2024, 2, 18), Opschortingsgrond.ZIENSWIJZE),),
)


@dataclass
class Shown:
    """The publicatie of the dossier with its documents and rows."""

    publicatie: Publicatie
    brief: Document
    advies: Document
    regels: list[Inventarisregel]


def regel(
    publicatie: Publicatie, volgorde: int, naam: str, beoordeling: Beoordeling, **more: Any
) -> Inventarisregel:
    fields: dict[str, Any] = {"nummer": str(volgorde), "datum": date(2023, 11, 1 + volgorde % 28)}
    return Inventarisregel(
        publicatie.id, volgorde, documentnaam=naam, beoordeling=beoordeling, **(fields | more)
    )


def add_dossier(site: PublicSite, *, more: int = 0) -> Shown:
    """Show a publicatie with its dossier; `more` refused rows are added to the inventory."""
    publicatie = site.add_publicatie(
        "Woo-verzoek 2024-0114", kenmerk="2024-0114", omschrijving="Over de vergunning."
    )
    brief = site.add_document(publicatie, "Besluitbrief", ["Wij besluiten."], naam="besluit.pdf")
    advies = site.add_document(
        publicatie, "Advies omgevingsdienst", ["Advies over stikstof."], naam="advies.pdf"
    )
    regels = [
        regel(
            publicatie,
            1,
            "Advies omgevingsdienst",
            Beoordeling.DEELS_OPENBAAR,
            gronden=("5.1.2.e",),
            document_id=advies.id,
        ),
        regel(
            publicatie,
            2,
            "=Bedrijfsplan vergunninghouder",
            Beoordeling.NIET_OPENBAAR,
            gronden=("5.1.1.c", "5.1.2.e"),
        ),
        regel(
            publicatie,
            3,
            "Brief van de omgevingsdienst",
            Beoordeling.REEDS_OPENBAAR,
            links=("https://voorbeeld.example/brief", "javascript:alert(1)"),
            gerelateerd=("1",),
        ),
        regel(
            publicatie,
            4,
            "Kopie van het advies",
            Beoordeling.OPENBAAR,
            bijzonderheden=(Bijzonderheid.DUBBEL,),
            datum=None,
            toelichting="naam van iemand",
            overig={"Afzender": "Piet Pietersen"},
        ),
    ]
    for n in range(5, 5 + more):
        regels.append(
            regel(publicatie, n, f"Nota {n}", Beoordeling.NIET_OPENBAAR, gronden=("5.2.1",), datum=None)
        )
    show_dossier(site, publicatie, regels)
    return Shown(publicatie, brief, advies, regels)


def show_dossier(
    site: PublicSite, publicatie: Publicatie, regels: list[Inventarisregel], **changes: Any
) -> None:
    """Write the dossier of a publicatie into the store, as the sync does."""
    besluiten = [
        Woobesluit("b1", "v1", "B-1", date(2024, 3, 14), Uitkomst.DEELS_OPENBAAR, 1, publicatie.id),
        Woobesluit("b2", "v1", "B-2", date(2024, 4, 2), Uitkomst.NIET_OPENBAAR, 2, None),
    ]
    gebeurd = [
        Happened(LATER, Actie.PUBLICATIE_CHANGED, publicatie.id, {"velden": "omschrijving"}),
        Happened(publicatie.eerste_publicatie or LATER, Actie.PUBLICATIE_PUBLISHED, publicatie.id, {}),
    ]
    uitspraak = Procedure(
        "p1",
        "b1",
        Proceduresoort.BEROEP,
        date(2024, 4, 20),
        Procedureuitkomst.ONGEGROND,
        date(2024, 9, 1),
        "ECLI:NL:RBOVE:2024:4321",
    )
    dossier = Dossier(
        publicatie=publicatie,
        verzoeken=[VERZOEK],
        besluiten=besluiten,
        andere={},
        procedures=[uitspraak],
        contact=Contactpersoon("Woo-contactpersoon", "woo@zuiderveld.example", "053 123 45 67"),
        regels=regels,
        ingetrokken=frozenset(),
        gebeurd=gebeurd,
        verteller=Verteller(publicatie, {}, {each.id: each for each in besluiten}, {}),
    )
    dossier = replace(dossier, **changes)
    public = public_publicatie(publicatie, site.lijsten, public_dossier(dossier))
    site.store.show_publicatie(public, public_regels(regels, ()))


def replace_twice(site: PublicSite, document: Document) -> PublicDocument:
    """Show a document with the versions that its file had; the second was never public."""
    known = site.store.document(document.id)
    assert known is not None
    versies = [
        {
            "versie": 1,
            "gepubliceerdOp": "2024-03-21T08:00:00Z",
            "vervangenOp": "2024-05-02T09:00:00Z",
            "sha256": "a" * 64,
            "grootte": 10,
        },
        {
            "versie": 3,
            "gepubliceerdOp": "2024-05-02T09:01:00Z",
            "vervangenOp": None,
            "sha256": "b" * 64,
            "grootte": 20,
            "reden": "Pagina 3 ontbrak <i>.",
        },
    ]
    told = replace(known, kaart={**known.kaart, "versie": 3, "versies": versies})
    site.store.show(told, list(site.store.pages(document.id)), site.archive)
    return told
