"""What a part of the desk brings: its pages, and what it adds to the pages of others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter

from publisher.desk import Desk
from woo.domain.actor import Recht
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.domain.verzoek import Wooverzoek


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A link in a list of things to do: its address, its text, a sentence that says what comes of it.

    `recht` is what the actor needs somewhere to see it; a use case checks it again.
    """

    href: str
    tekst: str
    uitleg: str = ""
    recht: Recht = Recht.READ


@dataclass(frozen=True, slots=True)
class Blok:
    """A block on the page Vandaag or on that of a publicatie or document: a template of the part, and what fills it.

    The template begins with `<h2 id="{{ blok.id }}">` and reads its values as `blok.velden.…`; low `volgorde` first.
    """

    id: str
    template: str
    velden: Mapping[str, Any] = field(default_factory=dict)
    volgorde: int = 50


def _nothing(*_: object) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of the desk.

    `vandaag` gives blocks for the page Vandaag; `publicatie_acties` and `document_acties` give links for the list of
    acties on those pages, `publicatie_blokken` and `document_blokken` whole blocks, as `verzoek_blokken` do on the page of a request; `beheer` stands on the page Beheer.
    """

    router: APIRouter
    vandaag: Callable[[Desk], Sequence[Blok]] = _nothing
    publicatie_acties: Callable[[Desk, Publicatie], Sequence[Verwijzing]] = _nothing
    publicatie_blokken: Callable[[Desk, Publicatie], Sequence[Blok]] = _nothing
    document_acties: Callable[[Desk, Document, Publicatie], Sequence[Verwijzing]] = _nothing
    document_blokken: Callable[[Desk, Document, Publicatie], Sequence[Blok]] = _nothing
    verzoek_blokken: Callable[[Desk, Wooverzoek], Sequence[Blok]] = _nothing
    beheer: Sequence[Verwijzing] = ()
