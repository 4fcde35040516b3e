"""What is not there, by the kind of thing that was asked for, in plain Dutch."""

KINDS = {
    "inventarisvoorstel": "Dit voorstel bestaat niet of niet meer",
    "inventarisregel": "Deze rij bestaat niet",
    "publicatie": "Deze publicatie bestaat niet",
    "document": "Dit document bestaat niet",
    "webhook": "Deze webhook bestaat niet",
    "bestand": "Dit bestand is er niet (meer)",
    "key": "Deze sleutel bestaat niet",
    "plan": "Deze publicatie heeft geen plan",
    "inzage": "Deze link werkt niet (meer)",
    "wooverzoek": "Dit verzoek bestaat niet",
    "woobesluit": "Dit besluit bestaat niet",
    "procedure": "Deze procedure bestaat niet",
    "belanghebbende": "Deze derde bestaat niet",
    "termijnfeit": "Dit feit bestaat niet",
    "agendasleutel": "Deze agenda bestaat niet",
    "account": "Dit account bestaat niet",
    "sessie": "Deze aanmelding bestaat niet meer",
    "ingreep": "Dit voorstel bestaat niet",
    "lekblad": "Er is nog geen lekblad",
    "verklaring": "Er is nog geen verklaring",
}


def missing(kind: str) -> str:
    """The sentence for a thing of this kind that is not there."""
    return KINDS.get(kind, "Dit bestaat niet")
