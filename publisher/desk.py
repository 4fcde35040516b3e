"""What every route of the desk works with: the platform, the settings and who is asking."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path
from starlette.requests import Request

from woo.domain.actor import Actor, Recht
from woo.settings import Settings
from woo.usecases.platform import Platform


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of one request."""

    platform: Platform
    settings: Settings
    actor: Actor

    def require(self, recht: Recht) -> None:
        """Raise NotAllowed unless the one who asks has this right."""
        self.actor.require(recht)


async def desk_of(request: Request) -> Desk:
    """The desk of this request; its actor was put there by the layer that asks for the key."""
    state = request.app.state
    return Desk(state.platform, state.settings, request.state.actor)


AtDesk = Annotated[Desk, Depends(desk_of)]
Id = Annotated[
    str, Path(pattern="^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=128, description="Het id uit de antwoorden.")
]
