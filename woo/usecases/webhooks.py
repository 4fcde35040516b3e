"""Webhooks of the desk: a case system or DMS is told what became public of its organisations, and what was taken back.

They live in the store of followers (`woo.volgers`), apart from the registry; that they were made and removed is in the log.
"""

from collections.abc import Collection

from woo.domain.actor import Actor, Recht
from woo.domain.errors import InvalidValue, NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.usecases.codes import checked_code
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling
from woo.volgers import Baliehaak, Volgersopslag
from woo.volgers.adressen import checked_public


@usecase(Handeling.WEBHOOKS_LEZEN, "webhook")
def list_webhooks(platform: Platform, actor: Actor, opslag: Volgersopslag) -> list[Baliehaak]:  # noqa: ARG001  (the decorator asks of it)
    """The webhooks for organisations that the actor administers, oldest first."""
    return [haak for haak in opslag.baliehaken.all() if _administers(actor, haak)]


@usecase(Handeling.WEBHOOK_MAKEN, "webhook")
def make_webhook(
    platform: Platform,
    actor: Actor,
    opslag: Volgersopslag,
    *,
    naam: str,
    url: str,
    organisaties: Collection[str] | None,
    private: bool,
) -> Baliehaak:
    """Register an address that is told of what happens from now on; its secret cannot be shown again.

    `organisaties` (codes or URIs) are those of which it is told; None means every one. `private` allows http and the own
    network (`volgen.webhook_private`). The log gets id and organisations, neither address nor name.

    Raises:
        InvalidValue: no name, an unknown organisation, or an address that may not be sent to.
        NotAllowed: the actor does not administer every organisation that it is for.
    """
    codes = _codes(platform, actor, organisaties)
    if not naam.strip():
        raise InvalidValue("naam", naam, "a webhook needs a name, so that people know whose it is")
    checked_public(url, private=private)
    now = platform.now()
    made = opslag.baliehaken.add(url, naam.strip(), codes, now=now)
    try:
        with platform.registry.transaction() as tx:
            details: dict[str, object] = {} if codes is None else {"organisaties": sorted(codes)}
            tx.record(Gebeurtenis(Actie.WEBHOOK_CREATED, "webhook", made.id, actor, now, details=details))
    except BaseException:
        opslag.webhooks.remove(made.id)  # what is not in the log is not there
        raise
    return made


@usecase(Handeling.WEBHOOK_WIJZIGEN, "webhook", "id")
def remove_webhook(platform: Platform, actor: Actor, opslag: Volgersopslag, id: str) -> None:
    """Remove a webhook; nothing more is sent to it. Raises NotFound, also for another organisation's."""
    _own(actor, opslag, id)
    with platform.registry.transaction() as tx:
        tx.record(Gebeurtenis(Actie.WEBHOOK_REMOVED, "webhook", id, actor, platform.now()))
        opslag.webhooks.remove(id)


@usecase(Handeling.WEBHOOK_WIJZIGEN, "webhook", "id")
def resume_webhook(platform: Platform, actor: Actor, opslag: Volgersopslag, id: str) -> Baliehaak:
    """Send again to a webhook at rest, what waited first; one that does not rest tries now. Raises as `remove_webhook`."""
    _own(actor, opslag, id)
    now = platform.now()
    with platform.registry.transaction() as tx:
        tx.record(Gebeurtenis(Actie.WEBHOOK_RESUMED, "webhook", id, actor, now))
        opslag.webhooks.wake(id, now=now)
    return opslag.baliehaken.get(id)


def _codes(platform: Platform, actor: Actor, organisaties: Collection[str] | None) -> frozenset[str] | None:
    if organisaties is None:
        actor.require_everywhere(Recht.ADMINISTER)
        return None
    if not organisaties:
        raise InvalidValue("organisaties", None, "name at least one organisation, or leave it out")
    lijst = platform.lijsten.organisaties
    codes = frozenset(checked_code(lijst, "organisaties", code) for code in organisaties)
    for code in sorted(codes):
        actor.require_at(Recht.ADMINISTER, code)
    return codes


def _own(actor: Actor, opslag: Volgersopslag, id: str) -> Baliehaak:
    haak = opslag.baliehaken.get(id)
    if not _administers(actor, haak):
        raise NotFound("webhook", id)
    return haak


def _administers(actor: Actor, haak: Baliehaak) -> bool:
    own = actor.organisaties(Recht.ADMINISTER)
    return own is None or (haak.organisaties is not None and haak.organisaties <= own)
