"""What can be asked of the log from one snapshot."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.engine import Connection

from woo.domain.events import Actie
from woo.registry import log, log_search, voorbereiders
from woo.registry.log_search import Logvraag


class LogReading:
    """What `Reading` has of the log."""

    connection: Connection

    def events(
        self, *, object_id: str | None = None, after: int = 0, limit: int = 1000
    ) -> list[log.LoggedEvent]:
        """Lines of the log with a number above `after`, in order.

        Where writers work side by side, a line may still be committed below a number that was seen.
        """
        return log.events(self.connection, Logvraag(object_id=object_id), after=after, limit=limit)

    def found_events(
        self, vraag: Logvraag, *, after: int = 0, before: int | None = None, limit: int = 1000
    ) -> list[log.LoggedEvent]:
        """Lines that this question means, with a number above `after` in order, or below `before` the newest first."""
        return log.events(self.connection, vraag, after=after, before=before, limit=limit)

    def texts(self, digests: Collection[str]) -> dict[str, str]:
        """The words that stand beside the log under these digests, of those that were not erased."""
        return log_search.texts(self.connection, digests)

    def done_since(
        self, object_id: str, actie: Actie, *, actor: str, account: str | None, since: datetime
    ) -> bool:
        """Whether this actor (digest of the name, and account) did this to this object from this moment on."""
        return log_search.done_since(
            self.connection, object_id, actie, actor=actor, account=account, since=since
        )

    def last_changer(self, object_id: str) -> str | None:
        """The name of who changed this object last; None where nobody did, or the name was erased."""
        return log_search.last_changer(self.connection, object_id)

    def last_prepared(self, publicatie_id: str) -> datetime | None:
        """When anybody made or changed this publicatie, its documents or its inventory last; None when nobody did."""
        return voorbereiders.last_prepared(self.connection, publicatie_id)

    def prepared(self, publicatie_id: str, wie: str) -> datetime | None:
        """When this identity (`voorbereiders.identity`) prepared the publicatie last; None when it did not."""
        return voorbereiders.prepared(self.connection, publicatie_id, wie)

    def placed_events(self, *, after: int = 0, limit: int = 1000) -> list[log.PlacedEvent]:
        """Sealed lines of the log by their place in the chain: who goes on where it stopped misses none."""
        return log.placed_events(self.connection, after=after, limit=limit)

    def last_place(self) -> int:
        """The place in the chain of the last sealed line; 0 where nothing was sealed yet."""
        return log.last_place(self.connection)
