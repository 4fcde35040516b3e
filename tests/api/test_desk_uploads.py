"""Uploads in parts (tus 1.0.0): begun, cut at every byte and resumed, checked, ended, expired; whole they become documents."""

import asyncio
import base64
import hashlib
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from publisher.tus.opslag import Aanvoeropslag
from tests.api.desk import DeskOfTest, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.errors import Unavailable

TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = {**TUS, "Content-Type": "application/offset+octet-stream"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    folder = tmp_path_factory.mktemp("desk")
    with open_desk(
        folder, environ={"WOO_LIMITS__FILE_BYTES": "2 MB", "WOO_UPLOADS__PER_ACCOUNT": "200"}
    ) as opened:
        yield opened


@pytest.fixture
def api(desk: DeskOfTest) -> Any:
    return desk.by(Rol.REDACTEUR)


def told(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def begin(api: Any, publicatie: str, length: int, *, naam: str = "brief.pdf", **more: str) -> Any:
    given = told(filename=naam, publicatie=publicatie, **more)
    return api.post("/uploads", headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": given})


def path_of(response: Any) -> str:
    assert response.status_code == 201, response.text
    return str(response.headers["location"]).removeprefix("/v1")


def part(api: Any, path: str, offset: int, content: bytes, **more: str) -> Any:
    return api.patch(path, headers={**CHUNK, "Upload-Offset": str(offset), **more}, content=content)


def offset(api: Any, path: str) -> int:
    response = api.head(path, headers=TUS)
    assert response.status_code == 200
    assert response.headers["tus-resumable"] == "1.0.0"
    return int(response.headers["upload-offset"])


def cut(desk: DeskOfTest, path: str, at: int, sent: bytes, **more: str) -> None:
    """Send a part whose line breaks after these bytes."""
    headers = {
        **CHUNK,
        "Upload-Offset": str(at),
        "Authorization": f"Bearer {desk.secret(Rol.REDACTEUR)}",
        **more,
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "PATCH",
        "scheme": "http",
        "path": f"/v1{path}",
        "raw_path": f"/v1{path}".encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("balie", 80),
    }
    messages: list[dict[str, Any]] = [{"type": "http.disconnect"}]
    if sent:
        messages.insert(0, {"type": "http.request", "body": sent, "more_body": True})

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        pass

    asyncio.run(desk.app(scope, receive, send))


def test_what_the_server_can_is_told(api: Any) -> None:
    response = api.options("/uploads")
    assert response.status_code == 204
    assert response.headers["tus-version"] == "1.0.0"
    assert set(response.headers["tus-extension"].split(",")) == {
        "creation",
        "expiration",
        "checksum",
        "termination",
    }
    assert response.headers["tus-max-size"] == "2000000"


def test_a_file_in_two_parts_becomes_a_document(desk: DeskOfTest, api: Any) -> None:
    publicatie, inhoud = desk.publicatie(), pdf("in delen")
    made = begin(api, publicatie, len(inhoud), naam="brief_aan_u.pdf", creatiedatum="2024-02-29")
    path = path_of(made)
    assert made.headers["upload-expires"].endswith("GMT")
    first = part(api, path, 0, inhoud[:10])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "10")
    assert api.get(path).json()["ontvangen"] == 10
    last = part(api, path, 10, inhoud[10:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(inhoud)))
    document = api.get(last.headers["content-location"].removeprefix("/v1")).json()
    assert (document["officieleTitel"], document["creatiedatum"]) == ("brief aan u", "2024-02-29")
    assert document["bestand"]["sha256"] == hashlib.sha256(inhoud).hexdigest()
    assert offset(api, path) == len(inhoud)
    again = part(api, path, len(inhoud), b"")
    assert again.headers["content-location"] == last.headers["content-location"]
    assert api.get(path).json()["documentId"] == document["id"]
    assert not list(desk.settings.uploads.folder.glob("*.deel"))


def test_a_line_that_breaks_at_any_byte_loses_nothing(desk: DeskOfTest, api: Any) -> None:
    publicatie = desk.publicatie()
    for at in range(len(pdf("00"))):
        inhoud = pdf(f"{at:02}")
        path = path_of(begin(api, publicatie, len(inhoud)))
        cut(desk, path, 0, inhoud[:at])
        assert offset(api, path) == at
        done = part(api, path, at, inhoud[at:])
        assert done.status_code == 204, done.text
        where = done.headers["content-location"].removeprefix("/v1")
        assert api.get(where).json()["bestand"]["sha256"] == hashlib.sha256(inhoud).hexdigest()


def test_a_part_with_a_checksum_is_kept_whole_or_not_at_all(desk: DeskOfTest, api: Any) -> None:
    inhoud = pdf("som")
    path = path_of(begin(api, desk.publicatie(), len(inhoud)))
    right, wrong = (
        base64.b64encode(hashlib.sha1(of, usedforsecurity=False).digest()).decode()
        for of in (inhoud[:8], b"anders")
    )
    cut(desk, path, 0, inhoud[:4], **{"Upload-Checksum": f"sha1 {right}"})
    assert offset(api, path) == 0
    bad = part(api, path, 0, inhoud[:8], **{"Upload-Checksum": f"sha1 {wrong}"})
    assert (bad.status_code, offset(api, path)) == (460, 0)
    assert part(api, path, 0, inhoud[:8], **{"Upload-Checksum": f"sha1 {right}"}).status_code == 204
    for header in ("sha1 onzin", "md5 x", f"sha256 {right}", ""):
        assert part(api, path, 8, inhoud[8:], **{"Upload-Checksum": header}).status_code == 400
    assert offset(api, path) == 8


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "veel"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "2000001"}, 413),
        ({"Upload-Defer-Length": "1"}, 400),
        ({"Upload-Metadata": "filename YnJpZWYucGRm"}, 400),
        ({"Upload-Metadata": "filename %%%"}, 400),
        ({"Upload-Metadata": told(filename="a.pdf", publicatie="weg")}, 404),
        ({"Upload-Metadata": told(filename="a.exe", publicatie="{publicatie}")}, 400),
        ({"Upload-Metadata": told(filename="a.pdf", publicatie="{publicatie}", vreemd="x")}, 400),
        ({"Upload-Metadata": told(filename="a.pdf", publicatie="{publicatie}", creatiedatum="nu")}, 400),
        ({"Upload-Metadata": told(publicatie="{publicatie}")}, 400),
        ({"Upload-Metadata": told(filename="a.pdf", publicatie="x", document="y")}, 400),
        ({"Upload-Metadata": "x" * 9_000}, 400),
    ],
)
def test_an_upload_that_can_come_to_nothing_is_refused_at_the_begin(
    desk: DeskOfTest, api: Any, headers: dict[str, str], status: int
) -> None:
    publicatie = desk.publicatie()
    usual = {**TUS, "Upload-Length": "10", "Upload-Metadata": told(filename="a.pdf", publicatie=publicatie)}
    here = base64.b64encode(publicatie.encode()).decode()
    placed = base64.b64encode(b"{publicatie}").decode()
    sent = {name: value.replace(placed, here) for name, value in headers.items()}
    response = api.post("/uploads", headers=usual | sent)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_a_part_that_does_not_fit_changes_nothing(desk: DeskOfTest, api: Any) -> None:
    inhoud = pdf("past niet")
    path = path_of(begin(api, desk.publicatie(), len(inhoud)))
    assert part(api, path, 0, inhoud[:5]).status_code == 204
    assert part(api, path, 3, inhoud[3:]).status_code == 409
    assert part(api, path, 9, inhoud[9:]).status_code == 409
    assert part(api, path, 5, inhoud[5:] + b"meer").status_code == 413
    assert api.patch(path, headers={**TUS, "Upload-Offset": "5"}, content=b"x").status_code == 415
    assert offset(api, path) == 5


def test_what_is_refused_when_it_is_whole_says_why_and_is_not_kept(desk: DeskOfTest, api: Any) -> None:
    publicatie, inhoud = desk.publicatie(), pdf("twee keer")
    assert part(api, path_of(begin(api, publicatie, len(inhoud))), 0, inhoud).status_code == 204
    path = path_of(begin(api, publicatie, len(inhoud)))
    twice = part(api, path, 0, inhoud)
    assert (twice.status_code, "precies hetzelfde bestand" in twice.json()["detail"]) == (409, True)
    assert "precies hetzelfde" in api.get(path).json()["fout"]
    text = path_of(begin(api, publicatie, 4))
    assert "geen PDF" in part(api, text, 0, b"tekst"[:4]).json()["detail"]
    assert not list(desk.settings.uploads.folder.glob("*.deel")) or offset(api, path) == len(inhoud)


def test_an_upload_is_of_who_began_it(desk: DeskOfTest, api: Any) -> None:
    path = path_of(begin(api, desk.publicatie(), 9))
    other = desk.by(Rol.PUBLICEERDER)
    assert other.head(path, headers=TUS).status_code == 404
    assert part(other, path, 0, b"x").status_code == 404
    assert other.delete(path, headers=TUS).status_code == 404
    assert api.head("/uploads/" + "0" * 32, headers=TUS).status_code == 404
    assert begin(desk.by(Rol.LEZER), desk.publicatie(), 9).status_code == 403


def test_an_upload_is_ended_also_without_delete(desk: DeskOfTest, api: Any) -> None:
    publicatie = desk.publicatie()
    for method in ("DELETE", "POST"):
        path = path_of(begin(api, publicatie, 9))
        assert (
            api.request(method, path, headers=TUS | {"X-HTTP-Method-Override": "delete"}).status_code == 204
        )
        assert api.head(path, headers=TUS).status_code == 404
    path = path_of(begin(api, publicatie, 9))
    moved = api.post(
        path, headers={**CHUNK, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}, content=b"%PDF"
    )
    assert (moved.status_code, offset(api, path)) == (204, 4)
    assert api.post(path, headers=TUS).status_code == 400


def test_a_document_gets_a_new_file_in_parts_with_its_reason(desk: DeskOfTest) -> None:
    id, inhoud = desk.document(desk.publicatie()), pdf("nieuwe versie")
    api = desk.by(Rol.PUBLICEERDER)
    given = told(filename="b.pdf", document=id, reden="Pagina 3 ontbrak.")
    made = api.post("/uploads", headers={**TUS, "Upload-Length": str(len(inhoud)), "Upload-Metadata": given})
    assert part(api, path_of(made), 0, inhoud).status_code == 204
    assert api.get(f"/documenten/{id}/versies").json()["versies"][-1]["reden"] == "Pagina 3 ontbrak."
    editor = desk.by(Rol.REDACTEUR)
    refused = editor.post("/uploads", headers={**TUS, "Upload-Length": "9", "Upload-Metadata": given})
    assert refused.status_code == 403


def test_two_at_once_do_not_mix(desk: DeskOfTest, api: Any) -> None:
    path = path_of(begin(api, desk.publicatie(), 9))
    opslag = Aanvoeropslag(desk.settings.uploads, desk.clock)
    id = path.rpartition("/")[2]
    owner = next(each for each in opslag._all() if each.id == id)
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with opslag.writing(owner):
            held.set()
            go.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    busy = part(api, path, 0, b"%PDF")
    go.set()
    thread.join()
    assert busy.status_code == 423
    assert part(api, path, 0, b"%PDF").status_code == 204


def test_what_expired_is_removed_and_too_many_are_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("weinig")
    with open_desk(folder, environ={"WOO_UPLOADS__PER_ACCOUNT": "2"}) as desk:
        api, publicatie = desk.by(Rol.REDACTEUR), desk.publicatie()
        first = path_of(begin(api, publicatie, 9))
        part(api, first, 0, b"%PDF")
        path_of(begin(api, publicatie, 9))
        assert begin(api, publicatie, 9).status_code == 429
        assert begin(desk.by(Rol.PUBLICEERDER), publicatie, 9).status_code == 201
        desk.clock.forward(hours=25)
        assert api.head(first, headers=TUS).status_code == 404
        path_of(begin(api, publicatie, 9))
        assert len(list(desk.settings.uploads.folder.iterdir())) == 2


def test_a_folder_that_cannot_be_used_is_told(desk: DeskOfTest, tmp_path: Any) -> None:
    (tmp_path / "bestand").write_text("")
    settings = desk.settings.uploads.model_copy(update={"folder": tmp_path / "bestand" / "in"})
    with pytest.raises(Unavailable, match="folder for uploads"):
        Aanvoeropslag(settings, desk.clock).make("x", 1, {})
