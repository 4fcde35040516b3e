"""What every route of the desk works with: the platform, the settings and who is asking."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path
from starlette.requests import Request

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.settings import Settings
from woo.usecases.handeling import attempt
from woo.usecases.openen import open_document, open_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of one request."""

    platform: Platform
    settings: Settings
    actor: Actor

    def require(self, handeling: Handeling, soort: str) -> None:
        """Refuse who may not do this with anything of this kind, as a use case does: with a line in the log. Raises NotAllowed."""
        with self.attempt(handeling, soort):
            pass

    def attempt(
        self, handeling: Handeling, soort: str, id: str | None = None
    ) -> AbstractContextManager[None]:
        """What decides inside whether this may be done is refused as by a use case (`woo.usecases.handeling.attempt`)."""
        return attempt(self.platform, self.actor, handeling, soort, id)

    def publicatie_for(self, handeling: Handeling, id: str) -> Publicatie:
        """The publicatie on which a page does this; raises NotFound and NotAllowed (`woo.usecases.openen`)."""
        return open_publicatie(self.platform, self.actor, handeling, id)

    def document_for(self, handeling: Handeling, id: str) -> tuple[Document, Publicatie]:
        """The document on which a page does this, with its publicatie; raises as `publicatie_for`."""
        return open_document(self.platform, self.actor, handeling, id)


async def desk_of(request: Request) -> Desk:
    """The desk of this request; its actor was put there by the layer that asks for the key."""
    state = request.app.state
    return Desk(state.platform, state.settings, request.state.actor)


AtDesk = Annotated[Desk, Depends(desk_of)]
Id = Annotated[
    str, Path(pattern="^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=128, description="Het id uit de antwoorden.")
]
