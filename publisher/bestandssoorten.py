"""Which kinds of file the desk takes: what the platform reads, told by its content and named as what it is; no archives."""

from pathlib import PurePosixPath
from typing import BinaryIO, Final

from publisher.problems import ProblemError, refused_input
from woo.domain.formaat import BY_EXTENSIE, BY_MIME, FORMATEN, Formaat, Soort
from woo.sandbox.sniff import EMPTY, UNKNOWN, sniff_file

FIELD: Final = "bestand"
TAKEN: Final = tuple(formaat for formaat in FORMATEN if formaat.soort is not Soort.ARCHIEF)
EXTENSIONS: Final = tuple(extensie for formaat in TAKEN for extensie in formaat.extensies)
ACCEPT: Final = ",".join(EXTENSIONS)
"""What a field for a file lets people choose (the attribute `accept`)."""

_GROUPS: Final = (
    ("tekst", (Soort.PDF, Soort.TEKST)),
    ("rekenbladen", (Soort.BLAD,)),
    ("presentaties", (Soort.DIA,)),
    ("e-mail", (Soort.MAIL,)),
    ("afbeeldingen", (Soort.BEELD,)),
)


def _named(soorten: tuple[Soort, ...]) -> str:
    return ", ".join(formaat.naam.upper() for formaat in TAKEN if formaat.soort in soorten)


IN_WORDS: Final = "; ".join(f"{groep} ({_named(soorten)})" for groep, soorten in _GROUPS)
"""The kinds as people read them: `tekst (PDF, DOCX, …); rekenbladen (…)`."""


def check_name(naam: str) -> Formaat:
    """The kind that a plain file name promises; raises the 400 for a name that promises none that the desk takes."""
    stem, dot, _ = naam.rpartition(".")
    promised = BY_EXTENSIE.get(PurePosixPath(naam).suffix.lower())
    if promised is not None and promised.soort is Soort.ARCHIEF:
        raise _archive(promised.naam)
    if promised is None or not dot or not stem.strip(". "):
        detail = (
            f"Aan de naam is niet te zien wat voor bestand dit is, of wij nemen dat niet aan. Wij nemen aan: {IN_WORDS}. "
            "Geef het bestand een naam die daarop eindigt, zoals besluit.pdf."
        )
        raise refused_input("body", FIELD, "ongeldige-naam", detail)
    return promised


def kind_of(file: BinaryIO, naam: str) -> Formaat:
    """The kind of a file by its content; raises the 400 for what the desk does not take or what its name does not say.

    It reads (blocks), and leaves the file at its beginning.
    """
    promised = check_name(naam)
    found = sniff_file(file, name=naam)
    file.seek(0)
    if found.mime == EMPTY:
        raise refused_input("body", FIELD, "leeg-bestand", "Het bestand is leeg. Kies het bestand opnieuw.")
    formaat = found.formaat
    if formaat is None or formaat.soort is Soort.ARCHIEF or found.mismatch is not None:
        raise _another(promised, found.inhoud)
    return formaat


def _another(promised: Formaat, mime: str) -> ProblemError:
    """The refusal of a file whose content (of this type) is not what its name says."""
    said, formaat = promised.naam.upper(), BY_MIME.get(mime)
    told = mime if formaat is None else formaat.naam.upper()
    what = "iets wat wij niet kennen" if mime == UNKNOWN else told
    detail = (
        f"Volgens de naam is dit bestand {said}, maar de inhoud is geen {said}. De inhoud is {what}. "
        f"Kies het goede bestand, of geef het de naam die bij de inhoud hoort. Wij nemen aan: {IN_WORDS}."
    )
    return refused_input("body", FIELD, "andere-inhoud", detail)


def _archive(naam: str) -> ProblemError:
    detail = (
        f"Dit is een archief ({naam.upper()}). Pak het uit en kies de bestanden die erin zitten; "
        "u kunt er veel tegelijk kiezen. Een hele map leest uw beheerder in met 'woo ingest'."
    )
    return refused_input("body", FIELD, "archief", detail)
