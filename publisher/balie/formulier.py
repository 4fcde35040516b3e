"""A form that is only a list of fields: what it asks, said as data, on one template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.handling import Invulling
from publisher.balie.keuzes import Keuzes
from publisher.balie.pages import pages_of

Soort = Literal["text", "textarea", "datum", "select", "vinkje", "email"]


@dataclass(frozen=True, slots=True)
class Veld:
    """One field: which macro of `_velden.html` draws it, its name and label; `keuzes` for a choice."""

    soort: Soort
    naam: str
    label: str
    hint: str = ""
    nodig: bool = False
    keuzes: Keuzes | None = None


@dataclass(frozen=True, slots=True)
class Formulier:
    """What stands around the fields: title, a sentence, the button, where one came from, and the way there (`kruimels`)."""

    titel: str
    knop: str
    terug: str
    velden: Sequence[Veld]
    uitleg: str = ""
    kruimels: Sequence[tuple[str, str]] = ()
    gevaar: bool = False


def show(request: Request, formulier: Formulier, form: Invulling, status: int = 200) -> Response:
    """The page of this form, filled with `form`."""
    return pages_of(request).render(request, "formulier.html", status=status, f=formulier, form=form)
