"""An inventory read from a file, in a limited child process: for the command line and the desk alike."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from woo.diwoo.waardelijsten import Waardelijsten
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.lezen import Inventaris, Leeswijze, read_inventaris
from woo.inventaris.woordenlijst import Woordenlijst
from woo.sandbox import Sandbox, SandboxError
from woo.sandbox.table import Table, read_table
from woo.settings import config_folder

_ENDINGS = {
    "xlsx": ("xlsx", "xlsm", "xltx", "xlsb"),
    "xls": ("xls", "xlt"),
    "ods": ("ods", "ots"),
    "csv": ("csv", "txt", "tsv", "tab"),
}
_UITLEG = {
    "empty_file": "Het bestand is leeg. Kies het bestand opnieuw.",
    "not_a_table": "Dit is geen rekenblad (xlsx, xls, ods) en geen csv-bestand, wat de naam ook zegt.",
    "encrypted": "Het bestand is vergrendeld. Sla het op zonder wachtwoord.",
    "password_needed": "Het bestand is vergrendeld. Sla het op zonder wachtwoord.",
    "damaged_table": "Dit is geen rekenblad (xlsx, xls, ods), of het is beschadigd. Sla het opnieuw op en probeer het nog eens.",
    "damaged_file": "Het bestand is beschadigd. Sla het opnieuw op en probeer het nog eens.",
    "too_large": "Het csv-bestand is groter dan 128 MiB.",
    "too_many_rows": "De lijst heeft meer dan 50.000 rijen. Verdeel haar over meer publicaties.",
    "too_many_columns": "De lijst heeft meer dan 500 kolommen. Haal weg wat niet nodig is.",
    "too_many_marks": "Het rekenblad heeft te veel formules, samengevoegde of verborgen cellen. Sla het op als csv.",
    "unknown_charset": "De tekenset van het csv-bestand is niet bekend. Sla het op als UTF-8.",
    "xml_entities": "Het bestand bevat XML-entiteiten, die geen rekenprogramma schrijft. Het is niet gelezen.",
    "part_ratio": "Een deel van het bestand is veel sterker ingepakt dan een rekenprogramma doet. Het is niet gelezen.",
    "part_too_large": "Een deel van het bestand is uitgepakt groter dan is toegestaan.",
    "time_limit": "Het lezen duurde te lang. Sla de lijst op als csv en probeer het opnieuw.",
    "memory_limit": "Het lezen kost te veel geheugen. Haal lege rijen en kolommen weg, of sla de lijst op als csv.",
    "output_limit": "De lijst is te groot om te lezen. Verdeel haar over meer publicaties.",
    "not_a_file": "Dit is geen gewoon bestand.",
}


def read_bestand(
    sandbox: Sandbox,
    lijsten: Waardelijsten,
    path: Path,
    *,
    wijze: Leeswijze,
    vandaag: date,
    naam: str | None = None,
) -> Inventaris:
    """Read the inventory in this file; `naam` is what its sender calls it, where that is not its name here.

    Raises:
        Lijstfout: there is no inventory in it, or not one alone.
        SandboxError: the file cannot be read within the limits.
        FileNotFoundError, PermissionError: it cannot be opened here.
    """
    table = read_table(sandbox, path, marks=True)
    woorden = load_woorden()
    found = read_inventaris(table, woorden, ground_codes(lijsten), wijze=wijze, vandaag=vandaag)
    told = _about_name(table, naam or path.name)
    return replace(found, opmerkingen=(*told, *found.opmerkingen))


def load_woorden() -> Woordenlijst:
    """The spellings of `config/inventaris.yaml`; raises WaardelijstFout."""
    return Woordenlijst.load(config_folder() / "inventaris.yaml")


def ground_codes(lijsten: Waardelijsten) -> list[str]:
    """The codes of every ground of the Woo and the Wob."""
    return [waarde.code for each in (lijsten.weigeringsgronden, lijsten.wob_gronden) for waarde in each]


def load_grondenlezer(lijsten: Waardelijsten) -> Grondenlezer:
    """What reads every spelling of a ground."""
    return Grondenlezer(load_woorden(), ground_codes(lijsten))


def uitleg_van(error: SandboxError) -> str:
    """Why a file cannot be read, in plain Dutch with a way out."""
    if error.code == "broken_quotes":
        return "Een aanhalingsteken in het csv-bestand is niet gesloten, of staat midden in een cel. Sla het opnieuw op."
    return _UITLEG.get(error.code, "Het bestand kon niet gelezen worden. Sla het opnieuw op, of als csv.")


def _about_name(table: Table, naam: str) -> list[str]:
    ending = naam.rpartition(".")[2].casefold()
    kind = next((kind for kind, endings in _ENDINGS.items() if ending in endings), None)
    if table.kind is None or kind == table.kind:
        return []
    return [f"De naam van het bestand eindigt op .{ending}, maar de inhoud is {table.kind}. De inhoud telt."]
