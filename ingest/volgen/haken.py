"""Sends events to webhooks: each in order, again with longer pauses when it fails, at rest after three days."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from ingest.volgen.baliehaken import Balieberichten
from ingest.volgen.bezorger import Bericht, Bezorger, NotDelivered
from ingest.volgen.treffers import Treffer, Treffers
from woo.domain.volgen import Gebeurtenissoort
from woo.index.vraag import Vraag
from woo.logs import get_logger
from woo.projection import utc_text
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.volgers import Gebeurtenis, Volgersopslag, Webhook

RESTS_AFTER = timedelta(days=3)
"""How long delivery is tried without success."""

_BATCH = 100
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=6)
_TOLD = (
    "officieleTitel",
    "publisher",
    "informatiecategorieen",
    "themas",
    "documentsoort",
    "publicatie",
    "publicatiedatum",
    "creatiedatum",
    "formaat",
    "paginas",
    "versie",
)
_log = get_logger(__name__)


class Haken:
    """One round of deliveries."""

    def __init__(
        self,
        platform: Platform,
        opslag: Volgersopslag,
        settings: Settings,
        *,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._platform = platform
        self._opslag = opslag
        self._webhooks = opslag.webhooks
        self._site = settings.site.url.rstrip("/")
        self._berichten = Balieberichten(platform, self._site)
        self._bezorger = Bezorger(settings.volgen)
        self._goes_on = goes_on

    def send(self, treffers: Callable[[], Treffers]) -> bool:
        """Send each webhook what waits for it, some at a time; returns whether there was anything.

        Raises Unavailable when the index cannot be asked what matches.
        """
        due = self._webhooks.due(now=self._platform.now())
        if not due:
            return False
        index = treffers()
        for webhook in due:
            self._send_to(webhook, index)
        return True

    def _send_to(self, webhook: Webhook, index: Treffers) -> None:
        events = self._opslag.stroom.between(webhook.gezien_tot, limit=_BATCH)
        balie = self._opslag.baliehaken.find(webhook.id)
        made = {} if balie is None else self._berichten.bodies(balie, events)
        wanted = self._wanted(webhook, events, index) if balie is None else set()
        passed = webhook.gezien_tot
        for event in events:
            body = self._body(event, index) if event.nummer in wanted else made.get(event.nummer)
            if body is not None and not (self._goes_on() and self._deliver(webhook, event, body)):
                break
            passed = event.nummer
        self._webhooks.passed(webhook.id, passed)

    def _wanted(self, webhook: Webhook, events: list[Gebeurtenis], index: Treffers) -> set[int]:
        """The numbers of the events that answer its question; of what was taken back, what it was told of before."""
        if Vraag().as_json() == dict(webhook.vraag):
            return {event.nummer for event in events}
        found = {one.id for one in index.matching(webhook.vraag, index.public(events))}
        told = self._webhooks.told_of(webhook.id, [event.object_id for event in events])
        back = Gebeurtenissoort.INGETROKKEN
        return {e.nummer for e in events if e.object_id in (found | told if e.soort is back else found)}

    def _deliver(self, webhook: Webhook, event: Gebeurtenis, body: dict[str, Any]) -> bool:
        now = self._platform.now()
        bericht = Bericht(f"{webhook.id}.{event.nummer}", encoded(body))
        try:
            self._bezorger.deliver(webhook.url, webhook.geheim, bericht, now=now)
        except NotDelivered as error:
            self._failed(webhook, error)
            return False
        self._webhooks.delivered(webhook.id, event.nummer, now=now, told=event.object_id)
        return True

    def _failed(self, webhook: Webhook, error: NotDelivered) -> None:
        now = self._platform.now()
        pause = min(_FIRST_PAUSE * 2 ** min(webhook.pogingen, 20), _LONGEST_PAUSE)
        rests = error.gone or now - (webhook.mislukt_sinds or now) >= RESTS_AFTER
        self._webhooks.failed(webhook, str(error), now=now, again=None if rests else now + pause)
        event = "webhook_rests" if rests else "webhook_failed"
        _log.warning(event, webhook=webhook.id, attempts=webhook.pogingen + 1, why=str(error))

    def _body(self, event: Gebeurtenis, index: Treffers) -> dict[str, Any] | None:
        """What is told of an event; None for what was taken back meanwhile. A withdrawal tells kind, id and moment only."""
        data: dict[str, Any] = {"soort": event.object_soort, "id": event.object_id}
        if event.soort is not Gebeurtenissoort.INGETROKKEN:
            found = index.look(event.object_soort, event.object_id)
            if found is None:
                return None
            data |= _told(found, self._site)
        return {"type": event.soort.value, "timestamp": utc_text(event.op), "data": data}


def encoded(body: dict[str, Any]) -> bytes:
    """A body as it is sent and signed."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _told(one: Treffer, site: str) -> dict[str, Any]:
    """What the API tells of it too, so that a receiver need not ask again."""
    path = "documenten" if one.soort == "document" else "publicaties"
    told = {name: one.kaart[name] for name in _TOLD if name in one.kaart}
    id = quote(one.id, safe="")
    return {**told, "url": f"{site}/{path}/{id}", "api": f"{site}/v1/{path}/{id}"}
