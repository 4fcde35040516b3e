"""Links with which a requester reads documents without an account: made, used, ended."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from woo.domain.actor import Actor, Rol
from woo.domain.document import Bestemming
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.inzage import Inzage
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand, demand_publicatie

_SECRET_BYTES = 32
_ONE_VISIT = timedelta(minutes=15)
"""Requests within this time count as one use."""

MOST_DOCUMENTS = 5_000


@usecase(Handeling.LINK_MAKEN, "publicatie", "publicatie_id")
def create_inzage(
    platform: Platform,
    actor: Actor,
    publicatie_id: str,
    *,
    naam: str,
    dagen: int,
    most_days: int,
    documenten: Sequence[str] | None = None,
) -> tuple[Inzage, str]:
    """Make a link to these documents of a publicatie, also those for the requester alone; None means all of both kinds.

    What was sent (with the names in it) can be chosen too, but is never taken by itself.

    Returns:
        The link, and its secret, which cannot be shown again.

    Raises:
        NotFound, NotAllowed.
        InvalidValue: no name, too many days, or a document that is not there or was withdrawn.
        Refused: the publicatie was withdrawn, or has no documents to show.
    """
    if not naam.strip():
        raise InvalidValue("naam", naam, "a link needs a name, so that people know for whom it is")
    if not 1 <= dagen <= most_days:
        raise InvalidValue("dagen", dagen, f"a link lasts from 1 to {most_days} days")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with platform.registry.transaction() as tx:
        now = platform.now()
        publicatie = tx.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.LINK_MAKEN, publicatie)
        if publicatie.status is Publicatiestatus.INGETROKKEN:
            raise Refused("make a link to", f"publicatie {publicatie_id}", "it was withdrawn")
        there = {each.id: each for each in tx.documents_in_short(publicatie_id)}
        if documenten is None:
            chosen = [id for id, each in there.items() if each.bestemming is not Bestemming.VERZONDEN]
        else:
            chosen = list(dict.fromkeys(documenten))
        for id in chosen:
            if id not in there:
                raise InvalidValue(
                    "documenten", id, "the publicatie has no such document, or it was withdrawn"
                )
        if not chosen:
            raise Refused("make a link to", f"publicatie {publicatie_id}", "it has no documents to show")
        if len(chosen) > MOST_DOCUMENTS:
            raise InvalidValue("documenten", len(chosen), f"a link shows at most {MOST_DOCUMENTS} documents")
        ends = now + timedelta(days=dagen)
        made = Inzage(platform.new_id(), publicatie_id, naam.strip(), tuple(chosen), now, ends)
        tx.publiceren.insert_inzage(made, secret)
        details = {"inzage": made.id, "documenten": len(chosen), "vervalt_op": ends.isoformat()}
        tx.record(Gebeurtenis(Actie.INZAGE_CREATED, "publicatie", publicatie_id, actor, now, details=details))
    return made, secret


@usecase(Handeling.LINKS_LEZEN, "publicatie", "publicatie_id")
def inzages_of(platform: Platform, actor: Actor, publicatie_id: str) -> list[Inzage]:
    """The links of a publicatie, also those that ended; what is not public is noted. Raises NotFound, NotAllowed."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.LINKS_LEZEN, publicatie)
    note_publicatie(platform, actor, publicatie)
    with platform.registry.read() as reading:
        return reading.publiceren.inzages(publicatie_id)


@usecase(Handeling.LINK_INTREKKEN, "inzage", "id")
def revoke_inzage(platform: Platform, actor: Actor, id: str) -> Inzage:
    """End a link at once; ending it twice changes nothing. Raises NotFound, NotAllowed."""
    with platform.registry.transaction() as tx:
        now = platform.now()
        inzage = tx.publiceren.inzage(id)
        publicatie = tx.publicatie(inzage.publicatie_id)
        demand(actor, Handeling.LINK_INTREKKEN, publicatie.publisher, "inzage", id, status=publicatie.status)
        if inzage.ingetrokken_op is None:
            tx.publiceren.revoke_inzage(id, now)
            details = {"inzage": id}
            tx.record(
                Gebeurtenis(Actie.INZAGE_REVOKED, "publicatie", publicatie.id, actor, now, details=details)
            )
        return tx.publiceren.inzage(id)


def use_inzage(platform: Platform, secret: str, *, address: str) -> Inzage:
    """The link with this secret, if it is still valid; that it was used is written down, once for each visit.

    Raises:
        NotFound: there is no such link, it ended, or its publicatie was withdrawn; which of these is not told.
    """
    now = platform.now()
    with platform.registry.read() as reading:
        found = reading.publiceren.inzage_by_secret(secret)
        if found is None or not found.is_valid(now):
            raise NotFound("inzage", "(withheld)")
        publicatie = reading.publicatie(found.publicatie_id)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise NotFound("inzage", "(withheld)")
    if found.laatst_gebruikt is not None and now - found.laatst_gebruikt < _ONE_VISIT:
        return found
    visitor = Actor("houder van de link", Rol.LEZER, f"inzage {address}")
    with platform.registry.transaction() as tx:
        tx.publiceren.use_inzage(found.id, now)
        details = {"inzage": found.id}
        used = Gebeurtenis(
            Actie.INZAGE_USED, "publicatie", found.publicatie_id, visitor, now, details=details
        )
        tx.record(used)
    return found
