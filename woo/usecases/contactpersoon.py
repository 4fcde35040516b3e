"""Say who helps citizens: the contact of an organisation, or of one publicatie in its place (art. 4.7 Woo)."""

from woo.domain.actor import Actor, Recht
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.events import Actie, Gebeurtenis
from woo.usecases.codes import checked_code
from woo.usecases.dossier import renew_publicaties
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie


@usecase(Handeling.ORGANISATIECONTACT_WIJZIGEN, "organisatie", "organisatie")
def set_contact_of_organisatie(
    platform: Platform, actor: Actor, organisatie: str, contact: Contactpersoon | None
) -> str:
    """Set the contact of all publicaties of an organisation; None takes it away. Returns the code of the organisation.

    Raises InvalidValue for an unknown organisation, and NotAllowed.
    """
    code = checked_code(platform.lijsten.organisaties, "organisatie", organisatie)
    actor.require_at(Recht.PUBLISH, code)
    with platform.registry.transaction() as tx:
        now = platform.now()
        tx.dossier.save_contactpersoon("organisatie", code, contact)
        tx.record(Gebeurtenis(Actie.CONTACTPERSOON_CHANGED, "organisatie", code, actor, now))
        renew_publicaties(tx, actor, tx.dossier.published_by(code), now)
    return code


@usecase(Handeling.CONTACT_WIJZIGEN, "publicatie", "id")
def set_contact_of_publicatie(
    platform: Platform, actor: Actor, id: str, contact: Contactpersoon | None
) -> None:
    """Set the contact of one publicatie; with None that of its organisation counts again. Raises NotFound, NotAllowed."""
    with platform.registry.transaction() as tx:
        now = platform.now()
        demand_publicatie(actor, Handeling.CONTACT_WIJZIGEN, tx.publicatie(id))
        tx.dossier.save_contactpersoon("publicatie", id, contact)
        tx.record(Gebeurtenis(Actie.CONTACTPERSOON_CHANGED, "publicatie", id, actor, now))
        renew_publicaties(tx, actor, [id], now)
