"""What the public side holds of the rows of an inventory, as its table and its exports show them."""

from collections.abc import Collection, Iterable
from typing import Any

from woo.domain.inventaris import Inventarisregel
from woo.storage.port import KEPT_BACK

_WEB = ("https://", "http://")


def public_regels(regels: Iterable[Inventarisregel], withdrawn: Collection[str]) -> list[dict[str, Any]]:
    """The rows as JSON values.

    Never shown are `overig` and `toelichting`: free text in which names may stand that nobody looked at. Of a withdrawn
    document the row keeps its number, judgement and grounds; its name, date and links may be what had to be taken back. Of a
    document only the id is told: who shows the row looks whether it is public.
    """
    return [_regel(regel, ingetrokken=regel.document_id in withdrawn) for regel in regels]


def _regel(regel: Inventarisregel, *, ingetrokken: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "nummer": regel.nummer,
        "naam": regel.documentnaam,
        "beoordeling": regel.beoordeling.value,
        "gronden": list(regel.gronden),
        "wetten": list(regel.wetten),
        "bijzonderheden": [each.value for each in regel.bijzonderheden],
        "datum": None if regel.datum is None else regel.datum.isoformat(),
        "soort": regel.soort,
        "opgeschort": regel.opgeschort,
        "links": [link for link in regel.links if link.lower().startswith(_WEB)],
        "gerelateerd": list(regel.gerelateerd),
        "zaaknummers": list(regel.zaaknummers),
        "familie": regel.familie,
        "draad": regel.draad,
        "document": regel.document_id,
        "ingetrokken": False,
    }
    return {**told, **KEPT_BACK} if ingetrokken else told
