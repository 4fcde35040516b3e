"""Write all the data of a publicatie over what it was, seen by the one who writes it."""

from dataclasses import dataclass, replace
from datetime import datetime

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.usecases.codes import checked_code, checked_codes
from woo.usecases.gelijktijdig import require_state
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.publicatie import require_publisher
from woo.usecases.rechten import Handeling, demand_publicatie
from woo.usecases.wijziging import NOTHING_SAID, Toelichting, change_details

FIELDS = (
    "publisher",
    "officiele_titel",
    "informatiecategorieen",
    "themas",
    "verkorte_titel",
    "omschrijving",
    "kenmerk",
)


@dataclass(frozen=True, slots=True)
class Gegevens:
    """All that people say of a publicatie; None and () empty a field. Codes or URIs of the value lists."""

    officiele_titel: str
    informatiecategorieen: tuple[str, ...]
    publisher: str | None = None
    verkorte_titel: str | None = None
    omschrijving: str | None = None
    kenmerk: str | None = None
    themas: tuple[str, ...] = ()


@usecase(Handeling.PUBLICATIE_WIJZIGEN, "publicatie", "id")
def rewrite_publicatie(
    platform: Platform,
    actor: Actor,
    id: str,
    gegevens: Gegevens,
    *,
    gezien: datetime | None = None,
    toelichting: Toelichting = NOTHING_SAID,
) -> Publicatie:
    """Give a publicatie exactly these data; what is the same already changes nothing and is not logged.

    `gezien` is the `gewijzigd_op` of the state that was changed; another one in the registry is a conflict.

    Raises:
        NotFound, NotAllowed: it is of an organisation that the actor may not see, or may not change for; the
            organisation it goes to counts too.
        InvalidValue: an unknown code, no title, no category, or no organisation for what is public.
        Refused: it was withdrawn, or somebody else changed it in between.
    """
    checked = _checked(platform, gegevens)
    with platform.registry.transaction() as tx:
        found = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PUBLICATIE_WIJZIGEN, found)
        if checked.publisher != found.publisher:
            require_publisher(actor, checked.publisher)
        if found.status is Publicatiestatus.INGETROKKEN:
            raise Refused("change", f"publicatie {id}", "it was withdrawn")
        require_state("publicatie", id, held=found.gewijzigd_op, seen=gezien, reading=tx)
        changed = [name for name in FIELDS if getattr(checked, name) != getattr(found, name)]
        if not changed:
            return found
        now = platform.now()
        before = found
        found = replace(found, gewijzigd_op=now, **{name: getattr(checked, name) for name in changed})
        tx.save_publicatie(found)
        details = change_details(before, found, changed, toelichting)
        tx.record(Gebeurtenis(Actie.PUBLICATIE_CHANGED, "publicatie", id, actor, now, details=details))
    return found


def _checked(platform: Platform, gegevens: Gegevens) -> Gegevens:
    lijsten = platform.lijsten
    return replace(
        gegevens,
        officiele_titel=gegevens.officiele_titel.strip(),
        publisher=None
        if gegevens.publisher is None
        else checked_code(lijsten.organisaties, "publisher", gegevens.publisher),
        informatiecategorieen=tuple(
            dict.fromkeys(
                checked_code(lijsten.informatiecategorieen, "informatiecategorie", code)
                for code in gegevens.informatiecategorieen
            )
        ),
        themas=checked_codes(lijsten.themas, "thema", gegevens.themas),
    )
