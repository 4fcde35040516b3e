"""What only an S3 store can do wrong: it is away, does not answer, refuses the key, or its answer is lost on the way."""

import hashlib
import io
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.storage_contract import OP, a_document, a_page, an_id, read_file
from tests.engines.s3 import S3Server
from tests.engines.s3_proxy import Way
from woo.domain.errors import InvalidValue, Unavailable
from woo.settings import StorageSettings
from woo.storage.open import (
    open_archive,
    open_inbox,
    open_inbox_adder,
    open_public_reader,
    open_public_store,
)
from woo.storage.port import PublicPublicatie, Withdrawn

Read = Callable[..., StorageSettings]

pytestmark = pytest.mark.needs("s3")


def everything(settings: StorageSettings) -> list[Callable[[], object]]:
    """One use of each part."""
    return [
        lambda: open_archive(settings.archive, settings),
        lambda: open_public_store(settings.public, settings),
        lambda: open_public_reader(settings.public, settings).withdrawn(),
        lambda: open_public_reader(settings.public, settings).document(an_id(1)),
        lambda: open_public_reader(settings.public, settings).publicatie(an_id(1)),
        lambda: open_inbox(settings.inbox, settings),
        lambda: open_inbox_adder(settings.inbox, settings).add("melding", {}),
    ]


def test_a_store_that_is_away_is_unavailable_in_words_that_name_the_setting(settings_with: Read) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = settings_with(f"http://127.0.0.1:{free.getsockname()[1]}", s3_retries="1")
    for use in everything(settings):
        with pytest.raises(Unavailable) as caught:
            use()
        assert str(caught.value).endswith(
            f"is not available: no connection to {settings.s3_endpoint}; look at storage.s3_endpoint."
        )
        assert "s3://" in caught.value.part


def test_a_store_that_does_not_answer_is_unavailable(settings_with: Read, way: Way) -> None:
    settings = settings_with(way.url, s3_seconds="0.4", s3_retries="0")
    way.trouble("stall", times=1000)
    for use in everything(settings):
        with pytest.raises(Unavailable, match=r"did not answer within 0\.4 seconds.*storage\.s3_seconds"):
            use()


def test_a_bucket_that_is_not_there_is_named_with_its_setting(settings_with: Read) -> None:
    settings = settings_with(archive="s3://woo-weg/a", public="s3://woo-weg/p", inbox="s3://woo-weg/i")
    for use in everything(settings):
        with pytest.raises(Unavailable, match=r"there is no bucket woo-weg; look at storage\.(arch|pub|inb)"):
            use()


def test_a_key_that_is_refused_is_told_by_its_setting_and_nothing_secret_is_said(
    settings: StorageSettings, way: Way
) -> None:
    way.trouble("deny", times=1000)
    for number, use in enumerate(everything(settings)):
        with pytest.raises(Unavailable) as caught:
            use()
        side = "s3_public_access_key" if number in (2, 3, 4, 6) else "s3_access_key"
        assert f"refuses the key (SignatureDoesNotMatch); look at storage.{side}" in str(caught.value)
        seen = f"{caught.value!r} {caught.value.__dict__} {caught.value.__cause__}"
        assert "geheim" not in seen
        assert "StringToSign" not in seen


def test_a_store_without_a_key_is_refused_by_setting(settings_with: Read) -> None:
    settings = settings_with(s3_public_access_key="", s3_public_secret_key="")
    with pytest.raises(InvalidValue, match=r"storage\.s3_public_access_key"):
        open_public_reader(settings.public, settings)
    open_archive(settings.archive, settings)


def test_what_the_environment_says_to_other_programs_changes_nothing(
    settings: StorageSettings, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT", "AWS_ENDPOINT_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "van-een-ander")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "van-een-ander")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "van-een-ander")
    open_archive(settings.archive, settings).put_stream(io.BytesIO(b"abc"))
    assert way.keys() == {"sleutel-werker"}


def test_a_store_with_a_certificate_of_its_own_is_trusted_by_the_ca_file_alone(
    s3_server: S3Server, settings_with: Read, tmp_path: Path
) -> None:
    if s3_server.https is None:
        pytest.skip("the S3 server that was given is not known to have TLS")
    settings = settings_with(s3_server.https, s3_allow_http="false", s3_retries="0")
    with pytest.raises(Unavailable, match="no connection"):
        open_archive(settings.archive, settings)
    host, port = s3_server.https.removeprefix("https://").split(":")
    (tmp_path / "ca.pem").write_text(ssl.get_server_certificate((host, int(port))))
    settings = settings_with(s3_server.https, s3_allow_http="false", s3_ca_file=str(tmp_path / "ca.pem"))
    stored = open_archive(settings.archive, settings).put_stream(io.BytesIO(b"abc"))
    assert open_archive(settings.archive, settings).has(stored.digest)


def test_a_lost_answer_doubles_and_loses_nothing(settings: StorageSettings, way: Way) -> None:
    archive, store = open_archive(settings.archive, settings), open_public_store(settings.public, settings)
    adder, reader = open_inbox_adder(settings.inbox, settings), open_public_reader(settings.public, settings)
    way.trouble("lose", "PUT", "/archief/")
    small = archive.put_stream(io.BytesIO(b"abc"))
    way.trouble("lose", "POST", "/archief/")
    large = archive.put_stream(io.BytesIO(b"x" * 9_000_000))
    assert set(archive.digests()) == {small.digest, large.digest}
    way.trouble("lose", "PUT", "/inbox/")
    id = adder.add("melding", {"a": 1})
    assert [entry.id for entry in open_inbox(settings.inbox, settings).entries()] == [id]
    for words in ("/openbaar/documenten/", "/openbaar/ingetrokken/", "/openbaar/publicaties/"):
        way.trouble("lose", "PUT", words)
        way.trouble("lose", "DELETE", words)
    store.show(a_document(1, small), [a_page(1)], archive)
    store.show_publicatie(PublicPublicatie(an_id(9), {"a": 1}))
    store.withdraw(Withdrawn(an_id(2), "document", OP, "reden"))
    assert read_file(reader, an_id(1)) == b"abc"
    assert reader.publicatie(an_id(9)) is not None
    assert set(reader.withdrawn()) == {an_id(2)}
    store.hide(an_id(1))
    store.unwithdraw(an_id(2))
    assert (reader.document(an_id(1)), dict(reader.withdrawn())) == (None, {})
    assert all(trouble.times == 0 for trouble in way.troubles if trouble.method == "PUT")


def test_reading_goes_on_after_a_fault_on_the_way(settings: StorageSettings, way: Way) -> None:
    archive, content = open_archive(settings.archive, settings), os.urandom(3_000_000)
    digest = archive.put_stream(io.BytesIO(content)).digest
    way.trouble("drop", "GET", digest, times=2, skip=1)
    with archive.open(digest) as file:
        assert file.read() == content
    assert [trouble.times for trouble in way.troubles] == [0]


def test_a_write_that_is_cut_off_between_its_parts_leaves_nothing_visible(
    settings: StorageSettings, way: Way
) -> None:
    archive, store = open_archive(settings.archive, settings), open_public_store(settings.public, settings)
    content = os.urandom(30_000_000)
    way.trouble("drop", "PUT", "partNumber", times=1000, skip=2)
    with pytest.raises(Unavailable, match="archive"):
        archive.put_stream(io.BytesIO(content))
    assert sum("partNumber" in request.path for request in way.requests) == 2
    assert list(archive.digests()) == []
    assert not archive.has(hashlib.sha256(content).hexdigest())
    way.troubles.clear()
    stored = archive.put_stream(io.BytesIO(content))
    way.trouble("drop", "PUT", "documenten", times=1000)
    with pytest.raises(Unavailable, match="public"):
        store.show(a_document(1, stored), [a_page(1)], archive)
    assert store.document(an_id(1)) is None
    way.troubles.clear()
    store.show(a_document(1, stored), [a_page(1)], archive)
    assert read_file(store, an_id(1)) == content


_PUT = """
import sys
from pathlib import Path
from woo.settings import load_settings
from woo.storage.open import open_archive
settings = load_settings(cwd=Path.cwd()).storage
archive = open_archive(settings.archive, settings)
print("ready", flush=True)
sys.stdin.readline()
print(archive.put(Path(sys.argv[1])).digest, flush=True)
"""


def child(code: str, root: Path, environ: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith("WOO_")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=root,
        env={**own, **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_process_that_is_killed_in_the_middle_of_its_parts_leaves_nothing_visible(
    s3_server: S3Server, bucket: str, settings: StorageSettings, way: Way, tmp_path: Path, root: Path
) -> None:
    content = os.urandom(30_000_000)
    (tmp_path / "groot.pdf").write_bytes(content)
    way.trouble("stall", "PUT", "partNumber=4", times=1000)
    environ = s3_server.environ(bucket, endpoint=way.url)
    with child(_PUT, root, environ, str(tmp_path / "groot.pdf")) as process:
        assert answer(process) == "ready"
        print(file=process.stdin)
        while sum("partNumber" in request.path for request in way.requests) < 3:
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    archive = open_archive(settings.archive, settings)
    assert list(archive.digests()) == []
    way.troubles.clear()
    stored = archive.put(tmp_path / "groot.pdf")
    with archive.open(stored.digest) as file:
        assert file.read() == content


@pytest.mark.parametrize("size", [1_000, 20_000_000])
def test_two_writers_of_one_file_at_once_do_not_harm_each_other(
    s3_server: S3Server, bucket: str, settings: StorageSettings, tmp_path: Path, root: Path, size: int
) -> None:
    content = os.urandom(size)
    (tmp_path / "stuk.pdf").write_bytes(content)
    children = [child(_PUT, root, s3_server.environ(bucket), str(tmp_path / "stuk.pdf")) for _ in range(3)]
    try:
        assert [answer(process) for process in children] == ["ready"] * 3
        for process in children:
            print(file=process.stdin)
        assert {answer(process) for process in children} == {hashlib.sha256(content).hexdigest()}
    finally:
        for process in children:
            process.kill()
            process.communicate()
    archive = open_archive(settings.archive, settings)
    assert list(archive.digests()) == [hashlib.sha256(content).hexdigest()]
    with archive.open(hashlib.sha256(content).hexdigest()) as file:
        assert file.read() == content


_MEMORY = """
import json, resource, sys
from pathlib import Path
from tests.contract.storage_contract import a_document, a_page, an_id
from woo.settings import load_settings
from woo.storage.open import *
settings = load_settings(cwd=Path.cwd()).storage
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
class Long:
    left = int(sys.argv[1])
    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)
archive = open_archive(settings.archive, settings)
store = open_public_store(settings.public, settings)
elsewhere = open_archive(sys.argv[2])
small = archive.put_stream(open("pyproject.toml", "rb"))
store.show(a_document(1, small), [a_page(1)], archive)
before = peak()
size = Long.left
stored = archive.put_stream(Long())
assert elsewhere.put_stream(Long()) == stored
with archive.local(stored.digest) as path:
    assert path.stat().st_size == size
with archive.open(stored.digest) as file:
    assert sum(len(chunk) for chunk in iter(lambda: file.read(256 * 1024), b"")) == size
store.show(a_document(2, stored), [a_page(1)], elsewhere)
with store.local_file(an_id(2)) as path:
    assert path.stat().st_size == size
print(json.dumps(peak() - before))
"""


@pytest.mark.prove
def test_a_file_of_any_size_passes_in_bounded_memory(
    s3_server: S3Server, bucket: str, tmp_path: Path, root: Path, proving: bool
) -> None:
    size = 2**30 if proving else 160 * 2**20
    with child(_MEMORY, root, s3_server.environ(bucket), str(size), str(tmp_path / "archive")) as process:
        grown = json.loads(process.communicate(timeout=280)[0])
    assert grown < 110, f"{grown} MiB more for a file of {size // 2**20} MiB"


def test_many_threads_may_use_one_store(settings: StorageSettings) -> None:
    archive = open_archive(settings.archive, settings)
    digests: list[str] = []

    def put(number: int) -> None:
        digest = archive.put_stream(io.BytesIO(str(number % 5).encode())).digest
        with archive.local(digest) as path:
            assert path.read_text() == str(number % 5)
        digests.append(digest)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(digests) == 20
    assert list(archive.digests()) == sorted(set(digests))
