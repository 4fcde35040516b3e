"""The words of the log for people: actions, outcomes and details in plain Dutch."""

from collections.abc import Iterator
from typing import Any, Final

from woo.domain.events import Actie

UITKOMSTEN: Final = {
    "ok": "gedaan",
    "geweigerd": "geweigerd",
    "ongeldig": "verkeerd ingevuld",
    "mislukt": "mislukt",
}

ACTIES: Final = {
    Actie.PUBLICATIE_CREATED: "publicatie gemaakt",
    Actie.PUBLICATIE_PUBLISHED: "publicatie openbaar gemaakt",
    Actie.PUBLICATIE_WITHDRAWN: "publicatie ingetrokken",
    Actie.PUBLICATIE_CHANGED: "publicatie gewijzigd",
    Actie.DOCUMENT_ADDED: "document toegevoegd",
    Actie.DOCUMENT_CHANGED: "document gewijzigd",
    Actie.DOCUMENT_REPLACED: "bestand vervangen",
    Actie.DOCUMENT_WITHDRAWN: "document ingetrokken",
    Actie.TEXT_EXTRACTED: "bestand gelezen",
    Actie.VERZOEK_REGISTERED: "verzoek geregistreerd",
    Actie.VERZOEK_CHANGED: "verzoek gewijzigd",
    Actie.BESLUIT_REGISTERED: "besluit geregistreerd",
    Actie.BESLUIT_CHANGED: "besluit gewijzigd",
    Actie.PROCEDURE_REGISTERED: "bezwaar of beroep geregistreerd",
    Actie.PROCEDURE_CHANGED: "bezwaar of beroep gewijzigd",
    Actie.CONTACTPERSOON_CHANGED: "contactpersoon gewijzigd",
    Actie.INVENTARIS_IMPORTED: "inventaris overgenomen",
    Actie.INVENTARISREGEL_CHANGED: "regel van de inventaris gewijzigd",
    Actie.INVENTARISREGEL_REMOVED: "regel van de inventaris verdwenen",
    Actie.WAARDELIJST_CHANGED: "waardelijst vernieuwd",
    Actie.KEY_CREATED: "sleutel gemaakt",
    Actie.TERMIJNPOST_CHANGED: "eigen termijnmail gewijzigd",
    Actie.WEBHOOK_CREATED: "webhook gemaakt",
    Actie.WEBHOOK_REMOVED: "webhook weggehaald",
    Actie.WEBHOOK_RESUMED: "webhook hervat",
    Actie.KEY_REVOKED: "sleutel ingetrokken",
    Actie.LOGIN_REFUSED: "aanmelden geweigerd",
    Actie.INDEX_SWAPPED: "zoekindex vernieuwd",
    Actie.HANDELING_GEWEIGERD: "handeling geweigerd",
    Actie.CONCEPT_GELEZEN: "gelezen wat niet openbaar is",
    Actie.LOGBOEK_GELEZEN: "logboek gelezen",
    Actie.KETEN_GECONTROLEERD: "keten gecontroleerd",
    Actie.MELDING_AFGEHANDELD: "melding afgehandeld",
    Actie.OPNIEUW_GEPROBEERD: "mislukt werk opnieuw geprobeerd",
    Actie.OPNIEUW_GELEZEN: "bestanden opnieuw gelezen",
    Actie.DOCUMENT_RELATED: "relatie gelegd",
    Actie.DOCUMENT_UNRELATED: "relatie weggehaald",
    Actie.DOCUMENTS_ORDERED: "documenten in volgorde gezet",
    Actie.FILE_INFECTED: "bestand met een virus geweigerd",
    Actie.LOGGED_IN: "aangemeld",
    Actie.LOGGED_OUT: "afgemeld",
    Actie.LOGIN_LOCKED: "aanmelden geblokkeerd",
    Actie.SECOND_STEP_SET: "tweede stap ingesteld",
    Actie.SECOND_STEP_RESET: "tweede stap weggehaald",
    Actie.RECOVERY_CODES_RENEWED: "herstelcodes vernieuwd",
    Actie.PASSWORD_CHANGED: "wachtwoord gewijzigd",
    Actie.ACCOUNT_CREATED: "account gemaakt",
    Actie.ACCOUNT_CHANGED: "account gewijzigd",
    Actie.ACCOUNT_LINK_MADE: "link voor een wachtwoord gemaakt",
    Actie.ACCOUNT_CLOSED: "account gesloten",
    Actie.ACCOUNT_REOPENED: "account weer geopend",
    Actie.ACCOUNT_ERASED: "account gewist",
    Actie.OOGST_ENDED: "bron geoogst",
    Actie.OOGST_ASKED: "om een oogst gevraagd",
    Actie.OOGST_RELEASED: "oogst vrijgegeven",
    Actie.BRONCONTROLE_ASKED: "gevraagd om een website na te kijken",
    Actie.BRONCONTROLE_PUBLISHED: "verslag van een website openbaar gemaakt",
    Actie.BRONCONTROLE_HIDDEN: "verslag van een website weggehaald",
}
"""What an action is called; one that is not here is called by its own name."""

_HIDDEN = "(niet te tonen)"


def acties_in_order() -> list[tuple[str, str]]:
    """Every action with its name, by name."""
    named = [(actie.value, ACTIES.get(actie, actie.value.replace("_", " "))) for actie in Actie]
    return sorted(named, key=lambda pair: pair[1])


def told_details(details: Any) -> list[tuple[str, str]]:
    """The details of a line as pairs of name and words; what was erased or may not be shown says so."""
    return list(_pairs("", details))


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case {"digest": str(), "tekst": tekst}:
            yield name, _HIDDEN if tekst is None else str(tekst)
        case {"was": was, "is": is_} if name:
            yield name, f"{_one(was)} → {_one(is_)}"
        case dict():
            for key, part in value.items():
                yield from _pairs("" if key == "wijzigingen" else str(key), part)
        case _:
            yield name, _one(value)


def _one(value: Any) -> str:
    match value:
        case None:
            return "(leeg)"
        case {"digest": str(), "tekst": tekst}:
            return _HIDDEN if tekst is None else str(tekst)
        case list():
            return ", ".join(_one(part) for part in value) or "(leeg)"
        case bool():
            return "ja" if value else "nee"
    return str(value)
