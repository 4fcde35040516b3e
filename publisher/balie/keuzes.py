"""What can be chosen in the forms of the desk: values of the lists, each with its code, as far as the actor works with them."""

from collections.abc import Iterable

from publisher.desk import Desk
from woo.diwoo.waardelijsten import Waarde, Waardelijst
from woo.domain.actor import Recht
from woo.domain.document import Leesstatus
from woo.domain.publicatie import Publicatiestatus

Keuzes = list[tuple[str, str]]

STATUS = {
    Publicatiestatus.CONCEPT: "concept",
    Publicatiestatus.GEPUBLICEERD: "openbaar",
    Publicatiestatus.INGETROKKEN: "ingetrokken",
}
"""What a status is called on the pages."""

LEESSTATUS = {
    Leesstatus.WACHT: "wacht op lezen",
    Leesstatus.GELEZEN: "gelezen",
    Leesstatus.DEELS: "deels gelezen",
    Leesstatus.GEEN_TEKST: "geen tekst gevonden",
    Leesstatus.QUARANTAINE: "niet te lezen",
    Leesstatus.OVERGESLAGEN: "overgeslagen",
}


def organisaties(desk: Desk, recht: Recht) -> Keuzes:
    """The organisations at which the actor has this right, by name."""
    allowed = desk.actor.organisaties(recht)
    found = _all(desk.platform.lijsten.organisaties)
    return _sorted(each for each in found if allowed is None or each.code in allowed)


def categorieen(desk: Desk) -> Keuzes:
    """The informatiecategorieën in the order of the law."""
    return [(each.code, each.naam) for each in _all(desk.platform.lijsten.informatiecategorieen)]


def documentsoorten(desk: Desk) -> Keuzes:
    return _sorted(_all(desk.platform.lijsten.documentsoorten))


def talen(desk: Desk) -> Keuzes:
    return _sorted(_all(desk.platform.lijsten.talen))


def naam(lijst: Waardelijst, code: str | None) -> str:
    """The name of a code; the code itself where the list has it no more, empty for none."""
    if code is None:
        return ""
    return lijst.get(code).naam if code in lijst else code


def _all(lijst: Waardelijst) -> Iterable[Waarde]:
    """The values of a list, the expired ones last: what carries one is shown with it."""
    return sorted(lijst, key=_is_expired)


def _sorted(waarden: Iterable[Waarde]) -> Keuzes:
    listed = sorted(waarden, key=lambda each: (_is_expired(each), each.naam.casefold()))
    return [(each.code, f"{each.naam} (vervallen)" if _is_expired(each) else each.naam) for each in listed]


def _is_expired(waarde: Waarde) -> bool:
    return waarde.extra.get("vervallen") is not None
