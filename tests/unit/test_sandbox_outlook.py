"""Messages of Outlook are read as people read them, and what hangs on them comes out, messages in messages too."""

import io
import struct
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from tests.corpus.outlook import OutlookMessage
from woo.sandbox import FileReading, FileRefused, Limits, Sandbox
from woo.sandbox.mail.msg_rtf import text_of, unpacked
from woo.sandbox.members import TASKS, Member, MemberLimits, members
from woo.sandbox.readers import read_file

MSG = "application/vnd.ms-outlook"
SENT = 133_541_010_000_000_000  # 5 March 2024, 08:30 UTC
BODY, SUBJECT, HTML, RTF = 0x1000, 0x0037, 0x1013, 0x1009
HEADERS = {
    0x0C1A: "Griffie Waterdam",
    0x5D01: "griffie@waterdam.example",
    SUBJECT: "Vraag",
    0x1035: "<1@w.example>",
}
RECEIVER = OutlookMessage({0x3001: "Wijkraad", 0x39FE: "wijkraad@waterdam.example"}, numbers={0x0C15: 1})
COPY = OutlookMessage({0x3001: "Archief", 0x3003: "/O=WATERDAM/CN=ARCHIEF"}, numbers={0x0C15: 2})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30)) as sandbox:
        yield sandbox


class Read:
    """Reads messages of Outlook."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.folder = sandbox, folder

    def __call__(self, content: bytes) -> FileReading:
        path = self.folder / "x.msg"
        path.write_bytes(content)
        return read_file(self.sandbox, path, MSG, rendition=self.folder / "w.pdf")

    def files(self, content: bytes) -> list[Member]:
        path = self.folder / "x.msg"
        path.write_bytes(content)
        limits = MemberLimits(100, 2**28, 200, 2**27)
        found = []
        for member in members(self.sandbox, path, task=TASKS["msg"], limits=limits):
            assert isinstance(member, Member)
            kept = None
            if member.path is not None:
                kept = self.folder / f"lid-{member.nummer}"
                kept.write_bytes(member.path.read_bytes())
            found.append(Member(member.nummer, member.naam, kept, member.problem))
        return found


@pytest.fixture
def read(sandbox: Sandbox, tmp_path: Path) -> Read:
    return Read(sandbox, tmp_path)


def message(**changes: object) -> OutlookMessage:
    given: dict[str, object] = {
        "texts": {**HEADERS, BODY: "De kwartelwei\r\nis groen."},
        "times": {0x0039: SENT},
        "receivers": (RECEIVER, COPY),
    }
    return OutlookMessage(**{**given, **changes})  # type: ignore[arg-type]


def test_a_message_is_its_headers_and_its_text(read: Read) -> None:
    reading = read(message().written())
    assert reading.pages[0].text == (
        "Van: Griffie Waterdam <griffie@waterdam.example>\n"
        "Aan: Wijkraad <wijkraad@waterdam.example>\n"
        "Cc: Archief\n"
        "Datum: 5 maart 2024 09:30\n"
        "Onderwerp: Vraag\n"
        "De kwartelwei\nis groen."
    )
    assert reading.rendition
    assert reading.message is not None
    assert reading.message.message_id == "1@w.example"
    assert reading.message.sent_at is not None
    assert reading.message.sent_at.hour == 8


def test_where_a_property_is_missing_the_headers_are_looked_at(read: Read) -> None:
    headers = (
        "From: Griffie <g@w.example>\r\nDate: Tue, 05 Mar 2024 09:30:00 +0100\r\nMessage-ID: <2@w.example>\r\n"
        "In-Reply-To: <1@w.example>\r\nReferences: <0@w.example> <1@w.example>\r\n\r\n"
    )
    told = read(OutlookMessage({0x007D: headers, BODY: "Tekst"}).written()).message
    assert told is not None
    assert (told.message_id, told.in_reply_to, told.sender) == (
        "2@w.example",
        "1@w.example",
        "Griffie <g@w.example>",
    )
    assert told.references == ("0@w.example", "1@w.example")


def test_html_is_taken_where_there_is_no_text(read: Read) -> None:
    made = OutlookMessage(
        {SUBJECT: "x"},
        contents={HTML: "<p>Caf\xe9 <script>kwaad()</script></p>".encode("cp1252")},
        numbers={0x3FDE: 1252},
    )
    assert read(made.written()).pages[0].text == "Onderwerp: x\nCafé"


def packed_rtf(rtf: bytes) -> bytes:
    """RTF compressed with no reference to what came before: each byte for itself ([MS-OXRTFCP], 2.2)."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<2I4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body


def test_rtf_is_taken_where_there_is_nothing_else(read: Read) -> None:
    rtf = rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}}\f0 De kwartelwei\par is groen.\par}"
    made = OutlookMessage({SUBJECT: "x"}, contents={RTF: packed_rtf(rtf)})
    assert "De kwartelwei\nis groen." in read(made.written()).pages[0].text


def test_the_example_of_the_standard_is_unpacked() -> None:
    # [MS-OXRTFCP], section 3.1.1: an example of compressed RTF
    example = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(example) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert text_of(example) == "hello world"


@pytest.mark.parametrize("content", [b"", b"x" * 15, struct.pack("<2I4sI", 9, 9, b"LZFu", 0), b"\xff" * 400])
def test_rtf_that_is_damaged_is_no_text(content: bytes) -> None:
    assert text_of(content) == ""


def attached(naam: str, content: bytes, **numbers: int) -> OutlookMessage:
    return OutlookMessage({0x3707: naam}, contents={0x3701: content}, numbers={0x3705: 1, **numbers})  # type: ignore[dict-item]


def test_what_hangs_on_it_comes_out_with_its_name(read: Read) -> None:
    nameless = OutlookMessage({0x370E: "image/png"}, contents={0x3701: b"png"}, numbers={0x3705: 1})
    linked = OutlookMessage({0x3707: "elders.docx"}, numbers={0x3705: 4})
    drawn = OutlookMessage({0x3707: "tekening"}, numbers={0x3705: 6})
    made = message(attachments=(attached("besluit é.pdf", b"%PDF"), nameless, linked, drawn))
    content = made.written()
    found = read.files(content)
    assert [(item.naam, item.path and item.path.read_bytes()) for item in found] == [
        ("besluit é.pdf", b"%PDF"),
        ("bijlage-2.png", b"png"),
        ("elders.docx", None),
        ("tekening", None),
    ]
    assert [str(item.problem).partition(":")[0] for item in found[2:]] == ["by_reference", "ole_object"]
    assert "- besluit é.pdf\n- bijlage-2.png" in read(content).pages[0].text


def test_a_message_in_the_message_becomes_one_that_can_stand_alone(read: Read) -> None:
    inner = message(
        texts={**HEADERS, SUBJECT: "Binnenste: é", BODY: "Binnenste tekst."},
        attachments=(attached("a.pdf", b"%PDF"),),
    )
    made = message(attachments=(OutlookMessage(numbers={0x3705: 5}, embedded=inner),))
    (found,) = read.files(made.written())
    assert found.naam == "Binnenste: é.eml"
    assert found.path is not None
    once = found.path.read_bytes()
    told = BytesParser(policy=default).parse(io.BytesIO(once))
    assert told["subject"] == "Binnenste: é"
    assert told["message-id"] == "<1@w.example>"
    assert told.get_body().get_content() == "Binnenste tekst."  # type: ignore[union-attr]
    assert [part.get_filename() for part in told.iter_attachments()] == ["a.pdf"]  # type: ignore[attr-defined]
    assert read.files(made.written())[0].path.read_bytes() == once  # type: ignore[union-attr]


def test_messages_inside_each_other_end_at_a_limit(read: Read) -> None:
    inner = message()
    for _ in range(25):
        inner = message(attachments=(OutlookMessage(numbers={0x3705: 5}, embedded=inner),))
    (found,) = read.files(inner.written())
    assert str(found.problem).startswith("too_deep")


def test_damage_anywhere_ends_in_a_message_or_a_reason(read: Read) -> None:
    whole = message(attachments=(attached("a.pdf", b"%PDF"),)).written()
    refusals = 0
    for number in range(150):
        broken = bytearray(whole)
        broken[(number * 7919) % len(whole)] ^= 0xFF
        broken[(number * 104_729) % len(whole)] = number
        try:
            assert read(bytes(broken)).pages
        except FileRefused as refused:
            assert refused.code in ("damaged_message", "too_deep")  # noqa: PT017
            refusals += 1
    assert refusals


def test_what_is_no_message_is_refused(read: Read) -> None:
    with pytest.raises(FileRefused) as refused:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refused.value.code == "damaged_message"
