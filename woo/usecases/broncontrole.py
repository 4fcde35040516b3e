"""Checks of what other publishers show: asked for, read, and their reports made public or not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from woo.domain.actor import Actor
from woo.domain.broncontrole import Broncontrole
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

MOST_WAITING = 20
"""Checks that may wait at once."""

_SHOWN = 100
_MOST_ATTEMPTS = 3


@usecase(Handeling.BRONNEN_LEZEN, "broncontrole")
def read_checks(platform: Platform, actor: Actor) -> list[Broncontrole]:  # noqa: ARG001  (the decorator asks of it)
    """The last hundred checks, the newest first."""
    with platform.registry.read() as reading:
        return reading.broncontroles.last(limit=_SHOWN)


@usecase(Handeling.BRONNEN_LEZEN, "broncontrole", "id")
def read_check(platform: Platform, actor: Actor, id: str) -> Broncontrole:  # noqa: ARG001  (the decorator asks of it)
    """One check with its report; raises NotFound."""
    with platform.registry.read() as reading:
        return reading.broncontroles.get(id)


@usecase(Handeling.BRON_CONTROLEREN, "broncontrole")
def request_check(platform: Platform, actor: Actor, adres: str) -> Broncontrole:
    """Ask the worker to check the site at this address.

    A check of the same site that waits already is not asked for twice.

    Raises:
        InvalidValue: it is no address of a site.
        Refused: too many checks are waiting.
    """
    site, now = site_of(adres), platform.now()
    with platform.registry.transaction() as tx:
        waiting = tx.broncontroles.waiting()
        for each in waiting:
            if each.adres == site:
                return each
        if len(waiting) >= MOST_WAITING:
            raise Refused("check", "bronnen", f"checks are waiting already ({len(waiting)}); try again later")
        made = Broncontrole(platform.new_id(), site, now)
        tx.broncontroles.save(made)
        tx.record(Gebeurtenis(Actie.BRONCONTROLE_ASKED, "broncontrole", made.id, actor, now))
    return made


@usecase(Handeling.BRONCONTROLE_PUBLICEREN, "broncontrole", "id")
def show_check(platform: Platform, actor: Actor, id: str, *, openbaar: bool) -> Broncontrole:
    """Make the report of a check public, or take it away again.

    Of each address one report is public: that of another check of it goes away. Raises NotFound, and Refused for a check
    without a report.
    """
    now = platform.now()
    with platform.registry.transaction() as tx:
        controle = tx.broncontroles.get(id)
        if controle.verslag is None:
            raise Refused("publish", id, "it has no report")
        if (controle.openbaar_op is not None) == openbaar:
            return controle
        for other in tx.broncontroles.public() if openbaar else ():
            if other.adres == controle.adres:
                tx.broncontroles.save(replace(other, openbaar_op=None))
        changed = replace(controle, openbaar_op=now if openbaar else None)
        tx.broncontroles.save(changed)
        actie = Actie.BRONCONTROLE_PUBLISHED if openbaar else Actie.BRONCONTROLE_HIDDEN
        tx.record(Gebeurtenis(actie, "broncontrole", id, actor, now))
    return changed


def keep_report(platform: Platform, id: str, verslag: Mapping[str, Any]) -> None:
    """Keep what the worker found; raises NotFound."""
    with platform.registry.transaction() as tx:
        controle = tx.broncontroles.get(id)
        tx.broncontroles.save(replace(controle, klaar_op=platform.now(), verslag=dict(verslag), fout=None))


def keep_failure(platform: Platform, id: str, fout: str) -> None:
    """Keep that an attempt failed; after three of them the check is done without a report. Raises NotFound."""
    with platform.registry.transaction() as tx:
        controle = tx.broncontroles.get(id)
        pogingen = controle.pogingen + 1
        klaar = platform.now() if pogingen >= _MOST_ATTEMPTS else None
        tx.broncontroles.save(replace(controle, klaar_op=klaar, fout=fout[:500], pogingen=pogingen))


def site_of(adres: str) -> str:
    """The address of the site that is meant, such as `https://open.voorbeeld.nl`; raises InvalidValue for what is none."""
    text = adres.strip()
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    fits = parts.scheme in ("http", "https") and host and not parts.username and whole.isascii()
    if not fits or any(sign.isspace() or not sign.isprintable() for sign in whole) or len(whole) > 2000:
        raise InvalidValue("adres", adres[:100], "an address such as https://open.voorbeeld.nl is accepted")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")
