"""Takes in a file that is sent as multipart/form-data: limited, looked at, and only then put into the archive."""

import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from publisher.bestandssoorten import FIELD, check_name, kind_of
from publisher.faults import faults_of
from publisher.inputs import BodyInput, one_line
from publisher.middleware import allow_body
from publisher.problems import ProblemError, refused_input, too_large
from woo.domain.actor import Actor
from woo.domain.document import Bestand
from woo.domain.errors import Unavailable
from woo.storage.port import Archive
from woo.usecases.platform import Platform
from woo.usecases.scannen import require_clean
from woo.views.problems import InputFault, invalid, unknown_name

MAX_FIELDS = 20
MAX_FIELD = 64 * 1024
MAX_NAME = 200
_OVERHEAD = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A form as it was sent: its text fields, and its file in a temporary file that goes when the request ends."""

    velden: Mapping[str, str]
    file: UploadFile
    naam: str
    limit: int

    def admit(self, platform: Platform, actor: Actor) -> Bestand:
        """Scan the file, look at its content, and put it into the archive (blocks: it reads); nothing else comes first.

        Raises Infected, Unavailable for a scanner out of reach, and the 400 for a kind that is not taken
        (`publisher.bestandssoorten`).
        """
        require_clean(platform, self.file.file, actor=actor)
        return self.store(platform.archive, kind_of(self.file.file, self.naam).mime)

    def store(self, archive: Archive, mime: str) -> Bestand:
        """Put the file into the archive as one of this type (blocks: it copies)."""
        stored = archive.put_stream(self.file.file, limit=self.limit)
        return Bestand(stored.digest, self.naam, mime, stored.grootte)


@asynccontextmanager
async def received(
    request: Request, model: type[BodyInput], *, limit: int, named: Callable[[str], str] | None = None
) -> AsyncIterator[Upload]:
    """Read a form with one file of at most `limit` bytes; its other fields may be those of `model`.

    `named` makes the name of the file of the one that was sent, or refuses it; without it that must be the name of a kind that the desk takes.

    The file waits outside the archive until everything about it was accepted: the archive never forgets.

    Raises:
        ProblemError: 400 when there is not one file with a usable name, or a field is unknown or sent twice.
        BodyTooLarge: more was sent than the limit.
        Unavailable: there is no room for the temporary file.
    """
    allow_body(request.scope, limit + _OVERHEAD)
    _require_multipart(request)
    try:
        form = await request.form(max_files=1, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)
    except OSError as error:
        raise Unavailable("the temporary folder", error.strerror or str(error)) from error
    try:
        velden, file = _parts(form.multi_items(), model)
        if (file.size or 0) > limit:
            raise ProblemError(too_large(limit))
        yield Upload(velden, file, (named or safe_name)(file.filename or ""), limit)
    finally:
        await form.close()


def chosen_files(bestanden: Iterable[tuple[str, UploadFile]]) -> list[UploadFile]:
    """The files of a form that a page sent, in their order; raises the 400 when there is none, or one is in another field.

    A file field in which nothing was chosen sends a file without a name, which counts as none.
    """
    chosen = [(naam, file) for naam, file in bestanden if file.filename]
    strange = [unknown_name("body", naam, {FIELD}) for naam, _ in chosen if naam != FIELD]
    if strange:
        raise ProblemError(invalid(*strange))
    if not chosen:
        raise refused_input("body", FIELD, "missing", "Kies een bestand.")
    return [file for _, file in chosen]


def taken(file: UploadFile, velden: Mapping[str, str] | None = None, *, limit: int) -> Upload:
    """One file of a form, with the fields that go with it; raises the 413 when it is larger than `limit` bytes, and the 400 for its name."""
    if (file.size or 0) > limit:
        raise ProblemError(too_large(limit))
    return Upload(velden or {}, file, safe_name(file.filename or ""), limit)


def validated(velden: Mapping[str, str], model: type[BodyInput]) -> BodyInput:
    """The fields of a form as this model; an empty field counts as not sent. Raises the 400 with every fault."""
    given = {naam: waarde for naam, waarde in velden.items() if waarde.strip()}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise ProblemError(invalid(*faults_of(found, None))) from None


def safe_name(given: str) -> str:
    """As `plain_name`; raises the 400 also for a name that promises no kind of file that the desk takes."""
    naam = plain_name(given)
    check_name(naam)
    return naam


def plain_name(given: str) -> str:
    """The file name without folders, in one spelling; raises the 400 for a name that nobody could save or trust."""
    naam = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    try:
        one_line(naam)
    except PydanticCustomError:
        detail = "De naam van het bestand bevat tekens die niemand ziet. Geef het bestand een andere naam."
        raise refused_input("body", FIELD, "ongeldige-naam", detail) from None
    if len(naam.encode()) > MAX_NAME:
        detail = f"De naam van het bestand is te lang. Zij mag hoogstens {MAX_NAME} bytes zijn."
        raise refused_input("body", FIELD, "te-lange-naam", detail)
    return naam


def _require_multipart(request: Request) -> None:
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media != "multipart/form-data":
        detail = "Stuur het bestand als multipart/form-data, in het veld 'bestand'."
        raise refused_input("body", FIELD, "geen-formulier", detail)


def _parts(
    items: list[tuple[str, str | UploadFile]], model: type[BodyInput]
) -> tuple[dict[str, str], UploadFile]:
    velden: dict[str, str] = {}
    file: UploadFile | None = None
    faults: list[InputFault] = []
    known = {*model.names(), FIELD}
    for naam, waarde in items:
        if naam not in known:
            faults.append(unknown_name("body", naam, known))
        elif isinstance(waarde, UploadFile) != (naam == FIELD):
            what = "een bestand met een naam" if naam == FIELD else "tekst"
            faults.append(InputFault("body", naam, "verkeerde-soort", f"Het veld '{naam}' moet {what} zijn."))
        elif naam in velden:
            faults.append(
                InputFault("body", naam, "dubbel", f"Het veld '{naam}' mag maar één keer voorkomen.")
            )
        elif isinstance(waarde, UploadFile):
            file = waarde
        else:
            velden[naam] = waarde
    if file is None and not faults:
        faults.append(
            InputFault("body", FIELD, "missing", "Het veld 'bestand' ontbreekt. Stuur een bestand mee.")
        )
    if faults or file is None:
        raise ProblemError(invalid(*faults))
    return velden, file
