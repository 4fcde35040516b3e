"""Renew the value lists of this installation: compared first, then written whole, with a line in the log."""

from collections.abc import Sequence
from pathlib import Path

from woo.diwoo.lijstbestand import read_lijst
from woo.diwoo.lijstbron import read_bron
from woo.diwoo.lijstvernieuwing import Vernieuwing, compare
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.actor import Actor
from woo.domain.errors import Unavailable
from woo.domain.events import Actie, Gebeurtenis
from woo.storage.durable import replace_file
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@usecase(Handeling.WAARDELIJSTEN_VERNIEUWEN, "waardelijsten")
def compare_waardelijsten(platform: Platform, actor: Actor, bestand: Path) -> list[Vernieuwing]:  # noqa: ARG001
    """What this file of the standard changes in the value lists, list by list; nothing is written.

    Raises:
        WaardelijstFout: The file cannot be used, or a new value needs what the standard does not tell.
    """
    vandaag = platform.now().date()
    return compare(platform.lijsten.folder, read_bron(bestand), bestand=bestand, vandaag=vandaag)


@usecase(Handeling.WAARDELIJSTEN_VERNIEUWEN, "waardelijsten")
def update_waardelijsten(platform: Platform, actor: Actor, vernieuwingen: Sequence[Vernieuwing]) -> None:
    """Write these lists as they were compared; each is read back before it takes the place of the old one.

    The line of the log is written first and committed last, so a list that could not be written is not told as renewed.

    Raises:
        WaardelijstFout: A list would not be readable; none is written.
        Unavailable: The folder of the lists cannot be written.
    """
    folder = platform.lijsten.folder
    for each in vernieuwingen:
        _check(folder, each)
    with platform.registry.transaction() as tx:
        for each in vernieuwingen:
            details = {
                "lijst": each.lijst,
                "van": each.van,
                "naar": each.naar,
                "nieuw": len(each.nieuw),
                "gewijzigd": len(each.gewijzigd),
                "vervallen": len(each.vervallen),
            }
            line = Gebeurtenis(
                Actie.WAARDELIJST_CHANGED,
                "waardelijsten",
                each.lijst,
                actor,
                platform.now(),
                details=details,
            )
            tx.record(line)
            path = folder / f"{each.lijst}.yaml"
            try:
                replace_file(path, each.inhoud.encode(), durable=True)
            except OSError as error:
                raise Unavailable(str(path), f"it cannot be written: {error.strerror or error}") from error


def _check(folder: Path, each: Vernieuwing) -> None:
    """Read the new file as the platform will, in a folder beside the old one."""
    beside = folder / "nieuw"
    path = beside / f"{each.lijst}.yaml"
    try:
        beside.mkdir(exist_ok=True)
        path.write_text(each.inhoud, "utf-8")
        read_lijst(path)
    except OSError as error:
        raise Unavailable(str(folder), f"it cannot be written: {error.strerror or error}") from error
    except WaardelijstFout as error:
        raise WaardelijstFout(
            folder / f"{each.lijst}.yaml", error.line, f"it would become unreadable: {error.why}"
        ) from error
    finally:
        path.unlink(missing_ok=True)
        if beside.is_dir():
            beside.rmdir()
