"""Virus scan: a real clamd, the desk and `woo ingest`; what is infected is refused and written down, what cannot be scanned too."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.register import Opdracht, Registrar
from tests.api.desk import BEHEER, DeskOfTest, bestand, open_desk, pdf
from tests.engines.clamd import FOUND, INFECTED, STREAM_LIMIT, ClamdServer
from woo.domain.actor import Rol
from woo.domain.errors import Unavailable
from woo.domain.events import Actie
from woo.scan import NO_SCANNER, Clamd, open_scanner
from woo.settings import SettingsError, load_settings
from woo.usecases.scannen import Infected, require_clean


@pytest.mark.needs("clamd")
def test_clamd_tells_what_it_finds_over_both_sockets(clamd: ClamdServer) -> None:
    for address in (clamd.unix, clamd.tcp):
        scanner = Clamd(address, seconds=10)
        assert scanner.scan(io.BytesIO(pdf())) is None
        assert scanner.scan(io.BytesIO(b"")) is None
        assert scanner.scan(io.BytesIO(INFECTED)) == FOUND
        assert scanner.scan(io.BytesIO(b"x" * 700_000 + INFECTED)) == FOUND
        assert scanner.version().startswith("ClamAV 1.")


@pytest.mark.needs("clamd")
def test_a_file_that_is_too_large_for_clamd_is_not_taken_for_clean(clamd: ClamdServer) -> None:
    with pytest.raises(Unavailable, match="StreamMaxLength"):
        Clamd(clamd.unix, seconds=10).scan(io.BytesIO(b"x" * (STREAM_LIMIT * 4)))


@pytest.mark.needs("clamd")
def test_the_desk_refuses_what_is_infected_and_writes_it_down(clamd: ClamdServer, tmp_path: Path) -> None:
    with open_desk(tmp_path, environ={"WOO_SCAN__CLAMD": clamd.unix}) as desk:
        id = desk.publicatie()
        api = desk.by(Rol.REDACTEUR)
        path = f"/publicaties/{id}/documenten"
        refused = api.post(path, data={"officieleTitel": "x"}, files=bestand(inhoud=INFECTED))
        assert (refused.status_code, "virus" in refused.json()["detail"]) == (409, True)
        assert list(desk.platform.archive.digests()) == []
        line = desk.events()[-1]
        assert (line.actie, line.uitkomst, line.details) == (
            Actie.FILE_INFECTED,
            "geweigerd",
            {"gevonden": FOUND},
        )
        assert api.post(path, data={"officieleTitel": "x"}, files=bestand()).status_code == 201
        api.base_url = "http://balie"
        files = [("bestand", ("a.pdf", INFECTED, "application/pdf")), ("bestand", ("b.pdf", pdf("b"), "x"))]
        page = api.post(f"/publicaties/{id}/toevoegen", files=files)
        assert (page.status_code, "virus" in page.text, "1 document is toegevoegd" in page.text) == (
            400,
            True,
            True,
        )


@pytest.mark.needs("clamd")
def test_ingest_notes_what_is_infected_and_never_reads_it(clamd: ClamdServer, tmp_path: Path) -> None:
    from ingest.intake import Intake
    from woo.sandbox import Limits, Sandbox

    with open_desk(tmp_path, environ={"WOO_SCAN__CLAMD": clamd.unix}) as desk, Sandbox(Limits()) as sandbox:
        folder = tmp_path / "map"
        folder.mkdir()
        (folder / "goed.pdf").write_bytes(pdf("goed"))
        (folder / "slecht.pdf").write_bytes(INFECTED)
        registrar = Registrar(desk.platform, BEHEER, Opdracht(None, "c_3baef532", publish=False))
        taken = list(Intake(registrar, desk.settings.limits, sandbox).items([folder]))
        with desk.platform.registry.read() as reading:
            items = {(item := reading.item(each.sleutel)).pad.rpartition("/")[2]: item for each in taken}  # type: ignore[union-attr]
        assert items["goed.pdf"].document_id  # type: ignore[union-attr]
        bad = items["slecht.pdf"]
        assert bad is not None
        assert (bad.staat, bad.document_id) == ("quarantined", None)
        assert bad.reden == f"infected: the virus scanner found {FOUND}"
        assert len(list(desk.platform.archive.digests())) == 1


@pytest.fixture
def away(tmp_path: Path) -> Iterator[DeskOfTest]:
    """A desk whose scanner is not there."""
    with open_desk(tmp_path, environ={"WOO_SCAN__CLAMD": f"unix:{tmp_path}/weg.sock"}) as desk:
        yield desk


def test_without_its_scanner_the_desk_takes_nothing_in_and_says_so(away: DeskOfTest) -> None:
    id = away.publicatie()
    api = away.by(Rol.REDACTEUR)
    response = api.post(f"/publicaties/{id}/documenten", data={"officieleTitel": "x"}, files=bestand())
    assert (response.status_code, response.json()["title"]) == (503, "De virusscanner is niet bereikbaar")
    assert response.headers["retry-after"]
    assert list(away.platform.archive.digests()) == []
    (away.settings.home / "a.pdf").write_bytes(pdf())
    registrar = Registrar(away.platform, BEHEER, Opdracht(None, "c_3baef532", publish=False))
    with pytest.raises(Unavailable):
        registrar.scan(away.settings.home / "a.pdf")


@contextmanager
def answering(answer: bytes, *, read: bool = True) -> Iterator[str]:
    """A socket that takes one connection, reads a little and gives this answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                if read:
                    connection.recv(65_536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


@pytest.mark.parametrize(
    "answer", [b"", b"stream: \0", b"UNKNOWN COMMAND\0", b"stream: OKAY\0", b"OK\0", b"x" * 9_000]
)
def test_an_answer_that_is_not_clear_never_passes_for_clean(answer: bytes) -> None:
    with answering(answer) as address, pytest.raises(Unavailable):
        Clamd(address, seconds=5).scan(io.BytesIO(pdf()))


def test_a_scanner_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(Unavailable, match="timed out"),
    ):
        Clamd(f"tcp:127.0.0.1:{silent.getsockname()[1]}", seconds=0.2).scan(io.BytesIO(pdf()))


def test_by_default_nothing_is_scanned(tmp_path: Path) -> None:
    settings = load_settings({}, cwd=tmp_path)
    assert open_scanner(settings.scan) is NO_SCANNER
    assert NO_SCANNER.scan(io.BytesIO(INFECTED)) is None


@pytest.mark.parametrize("given", ["/run/clamd.ctl", "unix:clamd.ctl", "tcp:3310", "tcp:host:0", "http://x"])
def test_an_address_that_is_none_is_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unix:/PATH or tcp:HOST:PORT"):
        load_settings({"WOO_SCAN__CLAMD": given}, cwd=tmp_path)


def test_a_clean_file_is_left_at_its_begin(tmp_path: Path) -> None:
    class Finds:
        def scan(self, source: io.BufferedIOBase) -> str | None:
            return "Iets" if b"slecht" in source.read() else None

        def version(self) -> None:
            return None

    with open_desk(tmp_path) as desk:
        platform = replace(desk.platform, scanner=Finds())  # type: ignore[arg-type]
        source = io.BytesIO(b"goed")
        source.read()
        require_clean(platform, source, actor=BEHEER)
        assert source.read() == b"goed"
        with pytest.raises(Infected, match="Iets"):
            require_clean(platform, io.BytesIO(b"slecht"), actor=BEHEER)
