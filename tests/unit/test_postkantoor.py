"""Mail is handed over encrypted and logged in where the settings say so, and refused in words that name no address."""

import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.post.postkantoor import AddressRefused, MailRefused, Postkantoor
from tests.servers.mail import MailServer, mail_server
from woo.domain.errors import Unavailable
from woo.settings import MailSettings, load_settings


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost with its key, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "server.pem"
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
    made.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return made


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def settings(folder: Path, port: int, **environ: str) -> MailSettings:
    given = {
        "WOO_HOME": str(folder),
        "WOO_MAIL__HOST": "localhost",
        "WOO_MAIL__PORT": str(port),
        "WOO_MAIL__TLS": "none",
        "WOO_MAIL__SENDER": "woo@voorbeeld.example",
        "WOO_MAIL__SECONDS": "5",
    }
    return load_settings({**given, **environ}, cwd=folder).mail


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Proef"
    made.set_content("Proef")
    return made


def test_with_starttls_the_password_goes_over_the_encrypted_line(tmp_path: Path, certificate: Path) -> None:
    (tmp_path / "wachtwoord").write_text("geheim\n")
    with mail_server(certificate=certificate, login=True) as server:
        own = settings(
            tmp_path,
            server.port,
            WOO_MAIL__TLS="starttls",
            WOO_MAIL__CA_FILE=str(certificate),
            WOO_MAIL__USER="woo",
            WOO_MAIL__PASSWORD_FILE=str(tmp_path / "wachtwoord"),
        )
        with Postkantoor(own) as kantoor:
            kantoor.send(message(), "a@voorbeeld.example")
    assert server.logins == [("woo", "geheim")]
    assert server.encrypted == {True}
    assert len(server.received) == 1


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    tmp_path: Path, certificate: Path
) -> None:
    with mail_server(certificate=certificate) as server:
        own = settings(tmp_path, server.port, WOO_MAIL__TLS="starttls")
        with Postkantoor(own) as kantoor, pytest.raises(Unavailable):
            kantoor.send(message(), "a@voorbeeld.example")
    assert server.received == []


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(
    tmp_path: Path, server: MailServer
) -> None:
    own = settings(tmp_path, server.port, WOO_MAIL__TLS="starttls")
    with Postkantoor(own) as kantoor, pytest.raises(Unavailable):
        kantoor.send(message(), "a@voorbeeld.example")
    assert server.received == []


def test_what_is_refused_names_no_address_and_the_next_mail_still_goes(
    tmp_path: Path, server: MailServer
) -> None:
    server.refuse = {
        "weg@voorbeeld.example": "550 5.1.1 <weg@voorbeeld.example> unknown",
        "vol@voorbeeld.example": "452 4.2.2 <vol@voorbeeld.example> full",
    }
    with Postkantoor(settings(tmp_path, server.port)) as kantoor:
        with pytest.raises(AddressRefused) as gone:
            kantoor.send(message(), "weg@voorbeeld.example")
        with pytest.raises(MailRefused) as full:
            kantoor.send(message(), "vol@voorbeeld.example")
        server.after_data = "554 5.7.1 a@voorbeeld.example is not welcome"
        with pytest.raises(MailRefused) as content:
            kantoor.send(message(), "a@voorbeeld.example")
        server.after_data = "250 OK"
        kantoor.send(message(), "a@voorbeeld.example")
    assert [str(error.value) for error in (gone, full, content)] == ["code 550", "code 452", "code 554"]
    assert [to for to, _ in server.received] == ["a@voorbeeld.example"]


def test_a_server_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with Postkantoor(settings(tmp_path, 1)) as kantoor, pytest.raises(Unavailable, match="The mail server"):
        kantoor.send(message(), "a@voorbeeld.example")
