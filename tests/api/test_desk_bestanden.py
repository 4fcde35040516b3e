"""Files that are sent to the desk: what is taken in, what is refused, and what may never come from either."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.desk import DeskOfTest, bestand, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.formaat import BY_EXTENSIE

LIMIT = 100_000
BOUNDARY = b"grens"
FORM = "multipart/form-data; boundary=grens"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path, environ={"WOO_LIMITS__FILE_BYTES": str(LIMIT)}) as opened:
        yield opened


@pytest.fixture
def path(desk: DeskOfTest) -> str:
    return f"/publicaties/{desk.publicatie()}/documenten"


def part(disposition: bytes, inhoud: bytes, *headers: bytes) -> bytes:
    head = b"\r\n".join((b"Content-Disposition: form-data; " + disposition, *headers))
    return b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + inhoud + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"


TITEL = part(b'name="officieleTitel"', b"Besluit")


def named(filename: bytes) -> bytes:
    return form(TITEL, part(b'name="bestand"; filename="' + filename + b'"', pdf()))


def post(desk: DeskOfTest, path: str, body: bytes, media: str = FORM):  # type: ignore[no-untyped-def]
    return desk.by(Rol.REDACTEUR).post(path, content=body, headers={"Content-Type": media})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"besluit.pdf", "besluit.pdf"),
        (b"../../etc/besluit.pdf", "besluit.pdf"),
        (rb"C:\\Users\\iemand\\besluit.pdf", "besluit.pdf"),
        (b"/etc/cron.d/besluit.PDF", "besluit.PDF"),
        ("bijlage \u00e9\u0301 e\u0308.pdf".encode(), "bijlage \u00e9\u0301 \u00eb.pdf"),
        ("\u5f00\u653e \U0001f4c4.pdf".encode(), "\u5f00\u653e \U0001f4c4.pdf"),
        (b"a;b=c%22d'.pdf", "a;b=c%22d'.pdf"),
        (b"zip.exe.pdf", "zip.exe.pdf"),
        (b"<script>alert(1)</script>.pdf", "script>.pdf"),
    ],
)
def test_of_a_file_name_the_last_part_is_kept_as_plain_text(
    desk: DeskOfTest, path: str, sent: bytes, kept: str
) -> None:
    response = post(desk, path, named(sent))
    assert response.status_code == 201, response.text
    assert response.json()["bestand"]["naam"] == kept
    assert response.headers.get_list("location") == [f"/v1/documenten/{response.json()['id']}"]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b".pdf",
        b"..pdf",
        b"besluit",
        b"besluit.exe",
        b"besluit.pdf.exe",
        b"map/",
        b"..",
        b"be\x00sluit.pdf",
        b"be\tsluit.pdf",
        "besluit\u202efdp.exe.pdf".encode(),
        "besluit\u2028.pdf".encode(),
        b"a" * 300 + b".pdf",
        ("é" * 120).encode() + b".pdf",
    ],
)
def test_a_file_name_that_nobody_could_trust_is_refused_in_words(
    desk: DeskOfTest, path: str, sent: bytes
) -> None:
    response = post(desk, path, named(sent))
    assert response.status_code == 400
    assert response.json()["errors"][0]["location"] == "bestand"
    assert list(desk.platform.archive.digests()) == []


@pytest.mark.parametrize(
    ("inhoud", "code"),
    [
        (b"", "leeg-bestand"),
        (b"<html>besluit</html>", "andere-inhoud"),
        (b"PK\x03\x04", "andere-inhoud"),
        (b"MZ\x90\x00", "andere-inhoud"),
        (b"x" * 1_024 + pdf(), "andere-inhoud"),
    ],
)
def test_the_content_decides_what_a_file_is(desk: DeskOfTest, path: str, inhoud: bytes, code: str) -> None:
    response = desk.by(Rol.REDACTEUR).post(
        path, data={"officieleTitel": "Besluit"}, files=bestand(inhoud=inhoud)
    )
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == code
    assert list(desk.platform.archive.digests()) == []


def test_a_pdf_may_begin_a_little_late_and_be_called_something_else_by_the_browser(
    desk: DeskOfTest, path: str
) -> None:
    inhoud = b"\xef\xbb\xbf" + b"\n" * 500 + pdf()
    files = {"bestand": ("besluit.pdf", inhoud, "text/html")}
    response = desk.by(Rol.REDACTEUR).post(path, data={"officieleTitel": "Besluit"}, files=files)
    assert response.status_code == 201
    assert response.json()["bestand"]["mime"] == "application/pdf"


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(desk: DeskOfTest, path: str) -> None:
    fits = pdf() + b"x" * (LIMIT - len(pdf()))
    client, data = desk.by(Rol.REDACTEUR), {"officieleTitel": "Besluit"}
    too_big = client.post(path, data=data, files=bestand(inhoud=fits + b"x"))
    assert too_big.status_code == 413
    assert too_big.json()["grens"] == LIMIT
    assert "100 kB" in too_big.json()["detail"]
    assert list(desk.platform.archive.digests()) == []
    taken = client.post(path, data=data, files=bestand(inhoud=fits))
    assert taken.json()["bestand"]["sha256"] == hashlib.sha256(fits).hexdigest()


def test_far_more_than_the_limit_is_refused_on_the_announcement(desk: DeskOfTest, path: str) -> None:
    response = desk.by(Rol.REDACTEUR).post(
        path, content=b"", headers={"Content-Type": FORM, "Content-Length": str(10**12)}
    )
    assert response.status_code == 413
    assert response.headers["api-version"]


def test_far_more_than_the_limit_is_refused_without_an_announcement_too(desk: DeskOfTest, path: str) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield (
            TITEL
            + b"--"
            + BOUNDARY
            + b'\r\nContent-Disposition: form-data; name="bestand"; filename="x.pdf"\r\n\r\n'
        )
        while sent < 50:
            sent += 1
            yield b"x" * 100_000

    response = desk.by(Rol.REDACTEUR).post(path, content=body(), headers={"Content-Type": FORM})
    assert response.status_code == 413


def test_without_the_right_role_the_file_is_not_even_read(desk: DeskOfTest, path: str) -> None:
    response = desk.by(Rol.LEZER).post(
        path, content=b"", headers={"Content-Type": FORM, "Content-Length": str(10**12)}
    )
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("body", "location"),
    [
        (form(TITEL), "bestand"),
        (form(part(b'name="bestand"; filename="x.pdf"', pdf())), "officieleTitel"),
        (form(TITEL, part(b'name="bestand"', pdf())), "bestand"),
        (form(TITEL, TITEL, part(b'name="bestand"; filename="x.pdf"', pdf())), "officieleTitel"),
        (form(part(b'name="officieleTitel"; filename="x.pdf"', pdf())), "officieleTitel"),
        (
            form(
                TITEL, part(b'name="oficieleTitel"', b"x"), part(b'name="bestand"; filename="x.pdf"', pdf())
            ),
            "oficieleTitel",
        ),
        (
            form(
                TITEL,
                part(b'name="creatiedatum"', b"gisteren"),
                part(b'name="bestand"; filename="x.pdf"', pdf()),
            ),
            "creatiedatum",
        ),
        (
            form(TITEL, part(b'name="taal"', b"Klingon"), part(b'name="bestand"; filename="x.pdf"', pdf())),
            "taal",
        ),
        (
            form(
                TITEL, part(b'name="documentsoort"', b"x"), part(b'name="bestand"; filename="x.pdf"', pdf())
            ),
            "documentsoort",
        ),
    ],
)
def test_a_form_with_a_fault_names_the_field_and_leaves_nothing_behind(
    desk: DeskOfTest, path: str, body: bytes, location: str
) -> None:
    response = post(desk, path, body)
    assert response.status_code == 400
    assert location in {fault["location"] for fault in response.json()["errors"]}
    assert list(desk.platform.archive.digests()) == []
    assert desk.by(Rol.LEZER).get("/status").json()["documenten"]["wacht"] == 0


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"", FORM),
        (b"onzin", FORM),
        (named(b"x.pdf"), "multipart/form-data"),
        (named(b"x.pdf"), "multipart/form-data; boundary=anders"),
        (pdf(), "application/pdf"),
        (b"officieleTitel=x", "application/x-www-form-urlencoded"),
        (b'{"officieleTitel": "x"}', "application/json"),
        (form(*(part(b'name="kenmerk"', b"x") for _ in range(50))), FORM),
        (
            form(
                TITEL,
                part(b'name="bestand"; filename="a.pdf"', pdf()),
                part(b'name="bestand"; filename="b.pdf"', pdf()),
            ),
            FORM,
        ),
        (form(part(b'name="officieleTitel"', b"x" * 70_000)), FORM),
        (form(part(b'name="bestand"; filename="a.pdf"', pdf(), b"X-Lang: " + b"a" * 9_000)), FORM),
        (form(part(b'name="bestand"; filename="a.pdf"', pdf(), b"X-\xff\x00: \xfe")), FORM),
    ],
)
def test_what_is_no_good_form_is_refused_and_never_an_error_of_ours(
    desk: DeskOfTest, path: str, body: bytes, media: str
) -> None:
    response = post(desk, path, body, media)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert list(desk.platform.archive.digests()) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_that_was_cut_off_on_its_way_is_not_taken_for_a_whole_one(desk: DeskOfTest, path: str) -> None:
    # Starlette's form parser leaves the temporary file of the unfinished part to the garbage collector, which warns.
    for cut in (5, 10, 30):
        response = post(desk, path, named(b"x.pdf")[:-cut])
        assert response.status_code == 400
        assert response.json()["errors"][0]["location"] == "bestand"
    assert list(desk.platform.archive.digests()) == []


def test_the_limit_on_text_fields_is_said_in_words(desk: DeskOfTest, path: str) -> None:
    body = form(
        part(b'name="officieleTitel"', b"x" * 1_001), part(b'name="bestand"; filename="x.pdf"', pdf())
    )
    assert "hoogstens 1000 tekens" in post(desk, path, body).json()["detail"]


def test_fields_in_another_character_set_never_become_broken_text(desk: DeskOfTest, path: str) -> None:
    titel = part(b'name="officieleTitel"', b"caf\xe9 +2AA-")
    body = form(titel, part(b'name="bestand"; filename="x.pdf"', pdf()))
    for media in (FORM, FORM + "; charset=utf-7", FORM + "; charset=rot13", FORM + "; charset=\xff"):
        response = post(desk, path, body, media.encode("latin-1"))
        assert response.status_code in {201, 400, 409}
        response.json()["detail" if response.status_code != 201 else "officieleTitel"].encode()


def test_a_new_file_for_a_document_takes_no_other_fields(desk: DeskOfTest, path: str) -> None:
    id = desk.by(Rol.REDACTEUR).post(path, data={"officieleTitel": "Besluit"}, files=bestand()).json()["id"]
    response = desk.by(Rol.PUBLICEERDER).put(
        f"/documenten/{id}/bestand", data={"officieleTitel": "Anders"}, files=bestand(inhoud=pdf("twee"))
    )
    assert response.status_code == 400
    assert response.json()["errors"][0]["location"] == "officieleTitel"
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}").json()["versie"] == 1


def zipped(**members: str) -> bytes:
    """A zip with these members; a name in it writes its slashes and points as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for naam, tekst in members.items():
            archive.writestr(naam, tekst)
    return made.getvalue()


DOCX = zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})
MAIL = b"From: a@voorbeeld.example\r\nTo: b@voorbeeld.example\r\nSubject: Besluit\r\n\r\nHallo.\r\n"


@pytest.mark.parametrize(
    ("naam", "inhoud", "mime"),
    [
        ("nota.docx", DOCX, BY_EXTENSIE[".docx"].mime),
        ("cijfers.csv", b"naam;bedrag\nx;1\n", "text/csv"),
        ("bericht.eml", MAIL, "message/rfc822"),
        ("lees.txt", b"Gewone tekst.\n", "text/plain"),
        ("kaart.PNG", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "image/png"),
        ("pagina.html", b"<!DOCTYPE html><p>Besluit</p>", "text/html"),
    ],
)
def test_every_kind_that_the_platform_reads_is_taken_as_what_it_is(
    desk: DeskOfTest, path: str, naam: str, inhoud: bytes, mime: str
) -> None:
    files = {"bestand": (naam, inhoud, "application/pdf")}
    response = desk.by(Rol.REDACTEUR).post(path, data={"officieleTitel": "Nota"}, files=files)
    assert response.status_code == 201, response.text
    told = response.json()
    assert (told["bestand"]["mime"], told["bestand"]["naam"]) == (mime, naam)


@pytest.mark.parametrize(
    ("naam", "inhoud", "code", "said"),
    [
        ("nota.docx", pdf(), "andere-inhoud", ["DOCX", "PDF"]),
        ("nota.pdf", DOCX, "andere-inhoud", ["PDF", "DOCX"]),
        ("nota.pdf", b"Gewone tekst", "andere-inhoud", ["PDF", "TXT"]),
        ("nota.docx", zipped(a="b"), "andere-inhoud", ["DOCX", "ZIP"]),
        ("nota.xlsx", b"MZ\x90\x00\x03", "andere-inhoud", ["XLSX", "niet kennen"]),
        ("map.zip", zipped(a="b"), "archief", ["ZIP", "Pak het uit"]),
        ("film.mp4", b"\x00\x00\x00\x18ftyp", "ongeldige-naam", ["PDF", "DOCX", "EML", "PNG"]),
        ("nota.docx", b"", "leeg-bestand", ["leeg"]),
    ],
)
def test_what_is_not_taken_is_refused_with_what_it_is_and_what_is_taken(
    desk: DeskOfTest, path: str, naam: str, inhoud: bytes, code: str, said: list[str]
) -> None:
    files = {"bestand": (naam, inhoud, "application/octet-stream")}
    response = desk.by(Rol.REDACTEUR).post(path, data={"officieleTitel": "Nota"}, files=files)
    assert response.status_code == 400
    [fault] = response.json()["errors"]
    assert fault["code"] == code
    assert all(word in fault["detail"] for word in said), fault["detail"]
    assert list(desk.platform.archive.digests()) == []
