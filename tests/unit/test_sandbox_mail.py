"""Messages are read as people read them, however their programs wrote them, and a PDF shows the same."""

import base64
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from woo.sandbox import FileReading, FileRefused, Limits, Sandbox
from woo.sandbox.members import TASKS, Member, MemberLimits, members
from woo.sandbox.readers import read_file
from woo.sandbox.reading import BOX

EML = "message/rfc822"
LIMITS = MemberLimits(members=100, size=2**28, ratio=200, file_bytes=2**27)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60)) as sandbox:
        yield sandbox


class Read:
    """Reads messages, and keeps the PDF of the last one."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.folder = sandbox, folder

    def __call__(self, content: bytes, mime: str = EML) -> FileReading:
        path = self.folder / "bericht"
        path.write_bytes(content)
        return read_file(self.sandbox, path, mime, rendition=self.folder / "weergave.pdf")

    def text(self, content: bytes) -> str:
        return "\n".join(page.text for page in self(content).pages)

    def files(self, content: bytes, kind: str = "eml") -> list[tuple[str, bytes | None]]:
        path = self.folder / "bericht"
        path.write_bytes(content)
        return [
            (member.naam, None if member.path is None else member.path.read_bytes())
            for member in members(self.sandbox, path, task=TASKS[kind], limits=LIMITS)
            if isinstance(member, Member)
        ]

    def pdf(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument((self.folder / "weergave.pdf").read_bytes())


@pytest.fixture
def read(sandbox: Sandbox, tmp_path: Path) -> Read:
    return Read(sandbox, tmp_path)


def message(body: str = "Goedemorgen,\n\nDe kwartelwei is groen.\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {
        "From": "Griffie Waterdam <griffie@waterdam.example>",
        "To": "Wijkraad <wijkraad@waterdam.example>",
        "Subject": "Vraag over de kwartelwei",
        "Date": "Tue, 05 Mar 2024 09:30:00 +0100",
        "Message-ID": "<1@waterdam.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in told.items():
        made[name] = value
    made.set_content(body)
    return made


def test_a_message_is_its_headers_and_its_text(read: Read) -> None:
    reading = read(bytes(message(Cc="Archief <archief@waterdam.example>")))
    assert reading.pages[0].text == (
        "Van: Griffie Waterdam <griffie@waterdam.example>\n"
        "Aan: Wijkraad <wijkraad@waterdam.example>\n"
        "Cc: Archief <archief@waterdam.example>\n"
        "Datum: 5 maart 2024 09:30\n"
        "Onderwerp: Vraag over de kwartelwei\n"
        "Goedemorgen,\n\nDe kwartelwei is groen.\n"
    )
    assert reading.pages[0].source == "eml"
    assert reading.rendition
    assert reading.metadata.title == "Vraag over de kwartelwei"
    assert reading.metadata.author == "Griffie Waterdam <griffie@waterdam.example>"
    assert reading.metadata.creation_date == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)


def test_what_it_answers_is_known(read: Read) -> None:
    made = message(In_Reply_To="<0@waterdam.example>", References="<a@x.example> <0@waterdam.example>")
    told = read(bytes(made)).message
    assert told is not None
    assert (told.message_id, told.in_reply_to) == ("1@waterdam.example", "0@waterdam.example")
    assert told.references == ("a@x.example", "0@waterdam.example")
    assert told.sender == "Griffie Waterdam <griffie@waterdam.example>"
    assert told.sent_at == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)


def raw(*headers: bytes, body: bytes = b"Tekst\r\n") -> bytes:
    return b"\r\n".join((b"From: a@example.nl", *headers, b"", body))


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (b"Subject: =?utf-8?B?Q2Fmw6k=?=", "Café"),
        (b"Subject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?Q?_in?=\r\n =?utf-8?Q?_Zwolle?=", "Café in Zwolle"),
        (b"Subject: =?geen-code?Q?Caf=E9?=", "Café"),
        (b"Subject: =?utf-8?B?Q2Fmw6k", "=?utf-8?B?Q2Fmw6k"),
        (b"Subject: =?utf-8?B?A?= Wei", "=?utf-8?B?A?= Wei"),
        ("Subject: Café".encode(), "Café"),
        (b"Subject: Caf\xe9", "Café"),
        (b"Subject: =?utf-7?Q?Caf+AOk-?=", "Café"),
        (b"Subject: een\r\n twee", "een twee"),
    ],
)
def test_subjects_in_any_code_are_read(read: Read, header: bytes, shown: str) -> None:
    assert f"Onderwerp: {shown}\n" in read.text(raw(header))


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        (b"text/plain; charset=utf-8", b"Caf\xe9", "Café"),
        (b"text/plain; charset=us-ascii", "Café".encode(), "Café"),
        (b"text/plain; charset=iso-8859-1", b"\x80 5", "€ 5"),
        (b"text/plain; charset=bestaat-niet", "Café".encode(), "Café"),
        (b"text/plain; charset=rot13", b"Cafe", "Cafe"),
        (b"text/plain; charset=koi8-r", "Привет".encode("koi8-r"), "Привет"),
        (b"text/plain; charset*=utf-8''utf-8", "Café".encode(), "Café"),
        (b"text/html", "<p>Café</p><p>Wei</p>".encode(), "Café\n\nWei"),
        (b"onzin", b"Tekst", "Tekst"),
    ],
)
def test_a_text_that_lies_about_its_letters_is_read(
    read: Read, kind: bytes, content: bytes, shown: str
) -> None:
    text = read.text(raw(b"Subject: x", b"MIME-Version: 1.0", b"Content-Type: " + kind, body=content))
    assert text.endswith(f"Onderwerp: x\n{shown}")


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        (b"base64", base64.b64encode(b"De kwartelwei") + b"=$%"),
        (b"base64", base64.b64encode(b"De kwartelwei")[:-2]),
        (b"base64", b"\r\n".join(base64.b64encode(b"De kwartelwei")[at : at + 5] for at in range(0, 20, 5))),
        (b"quoted-printable", b"De=20kwartelwe=\r\ni =G"),
        (b"bestaat-niet", b"De kwartelwei"),
    ],
)
def test_text_that_is_badly_coded_is_read_as_far_as_it_goes(
    read: Read, coding: bytes, content: bytes
) -> None:
    assert "De kwartelw" in read.text(raw(b"Content-Transfer-Encoding: " + coding, body=content))


def test_plain_text_goes_before_html_unless_html_says_more(read: Read) -> None:
    made = message("Korte tekst van het bericht.")
    made.add_alternative("<p>Korte <b>tekst</b> van het bericht.</p>", subtype="html")
    assert "Korte tekst van het bericht." in read.text(bytes(made))
    made = message("Uw programma toont dit niet.")
    made.add_alternative("<p>" + "Over de kwartelwei en de zilverreiger. " * 9 + "</p>", subtype="html")
    text = read.text(bytes(made))
    assert "zilverreiger" in text
    assert "toont dit niet" not in text


def test_html_becomes_text_without_scripts_and_nothing_is_fetched(read: Read) -> None:
    html = (
        "<html><head><title>Niet</title><style>p{}</style></head><body><script>kwaad()</script>"
        "<h1>Kop</h1>Regel&nbsp;een<br>regel &lt;twee&gt;<ul><li>eerste</li><li>tweede</li></ul>"
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
        "<img src='http://127.0.0.1:9/x.png'><blockquote>Eerder <i>gezegd</i></blockquote></body></html>"
    )
    made = raw(b"Content-Type: text/html; charset=utf-8", body=html.encode())
    text = read.text(made)
    assert text.split("a@example.nl\n", 1)[1] == (
        "Kop\n\nRegel een\nregel <twee>\n- eerste\n- tweede\n\na\tb\nc\td\n\n> Eerder gezegd"
    )


def test_html_that_is_nested_very_deep_is_read(read: Read) -> None:
    html = b"<div>" * 20_000 + b"diep" + b"</div>" * 20_000
    assert "diep" in read.text(raw(b"Content-Type: text/html", body=html))


def grey_words(read: Read, reading: FileReading) -> dict[str, bool]:
    """Which words of the first page are drawn lighter than black."""
    page = reading.pages[0]
    shown = read.pdf()[0].render(scale=4).to_pil().convert("L")
    found = {}
    for x0, y0, x1, y1, start, end in BOX.iter_unpack(page.words):
        area = (x0 * shown.width, y0 * shown.height, x1 * shown.width, y1 * shown.height)
        darkest = shown.crop(tuple(map(round, area))).getextrema()[0]  # type: ignore[arg-type]
        found[page.text[start:end]] = int(darkest) > 60  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    "quote",
    [
        "> Citaat één\n> citaat twee\n",
        "-----Oorspronkelijk bericht-----\nVan: iemand\nCitaat\n",
        "Op di 5 mrt 2024 om 09:30 schreef Griffie <g@waterdam.example>:\nCitaat\n",
        "Op dinsdag 5 maart 2024 om 09:30 heeft Griffie van Waterdam\n<g@waterdam.example> schreef het volgende:\n> Citaat",
        "Van: Griffie\nVerzonden: dinsdag 5 maart 2024\nAan: Wijkraad\nOnderwerp: Vraag\n\nCitaat\n",
        "________________________________\nFrom: Griffie\nSent: Tuesday\nTo: Wijkraad\n\nCitaat\n",
    ],
)
def test_what_is_quoted_is_grey_and_stays_findable(read: Read, quote: str) -> None:
    reading = read(bytes(message(f"Nieuwe woorden.\n\n{quote}")))
    grey = grey_words(read, reading)
    assert grey["Citaat"]
    assert not grey["Nieuwe"]
    assert not grey["Griffie"] or "Griffie" in quote


def test_an_answer_between_quotes_is_not_grey(read: Read) -> None:
    body = "Op 5 maart schreef Griffie:\n> Citaat\nAntwoord\n> Vervolg\nSlot\n"
    grey = grey_words(read, read(bytes(message(body))))
    assert (grey["Citaat"], grey["Antwoord"], grey["Vervolg"], grey["Slot"]) == (True, False, True, False)


def test_word_boxes_lie_on_the_ink_and_name_their_word(read: Read) -> None:
    lines = [
        f"Regel {number}: " + "De gemeenteraad van Waterdam besluit over de kwartelwei; " * 3
        for number in range(60)
    ]
    lines[5] = "https://waterdam.example/" + "x" * 300
    lines[6] = "\tMet een tab en Ελληνικά, кириллица."
    reading = read(bytes(message("\n".join(lines))))
    document = read.pdf()
    assert len(document) == len(reading.pages) > 2
    for number, page in enumerate(reading.pages):
        shown = document[number].render(scale=2).to_pil().convert("L")
        ink = 0
        words = []
        for x0, y0, x1, y1, start, end in BOX.iter_unpack(page.words):
            area = (x0 * shown.width - 1, y0 * shown.height, x1 * shown.width + 1, y1 * shown.height)
            dark = sum(shown.crop(tuple(map(round, area))).histogram()[:128])  # type: ignore[arg-type]
            assert dark > 2, page.text[start:end]
            ink += dark
            words.append(page.text[start:end])
        assert "".join(words) == "".join(page.text.split())
        foot = sum(shown.crop((0, shown.height - 90, shown.width, shown.height)).histogram()[:128])
        assert ink == pytest.approx(sum(shown.histogram()[:128]) - foot, rel=0.05)


def test_the_text_is_cut_where_the_page_ends_and_nothing_is_lost(read: Read) -> None:
    body = "\n".join(f"regel {number}" for number in range(200))
    reading = read(bytes(message(body)))
    assert len(reading.pages) > 3
    told = "\n".join(page.text for page in reading.pages)
    assert body in told
    with read.pdf() as document:
        drawn = "".join(page.get_textpage().get_text_range() for page in document)
        assert document.get_metadata_dict()["Title"] == "Vraag over de kwartelwei"
    assert all(f"regel {number}" in drawn for number in range(200))


def test_letters_that_the_font_lacks_are_drawn_as_boxes_and_kept_in_the_text(read: Read) -> None:
    reading = read(bytes(message("漢字 en \U0001f600 en \U000e0001")))
    assert "漢字" in reading.pages[0].text
    assert reading.rendition


def test_files_hang_on_a_message_and_their_names_stand_in_it(read: Read) -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="besluit é.pdf")
    made.add_attachment("kolom;kolom", subtype="csv", filename="lijst.csv")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline", cid="<beeld>")
    content = bytes(made)
    assert read.files(content) == [
        ("besluit é.pdf", b"%PDF-1.7"),
        ("lijst.csv", b"kolom;kolom\n"),
        ("bijlage-3.png", b"\x89PNG"),
    ]
    assert read.text(content).endswith("\nBijlagen:\n- besluit é.pdf\n- lijst.csv\n- bijlage-3.png")


def test_a_message_in_a_message_is_a_message(read: Read) -> None:
    inner = message("Binnenste tekst.", Subject="Binnenste/bericht")
    made = message()
    made.add_attachment(inner)
    ((naam, content),) = read.files(bytes(made))
    assert naam == "Binnenste-bericht.eml"
    assert content is not None
    assert "Binnenste tekst." in read.text(content)
    assert "Binnenste tekst." not in read.text(bytes(made))


@pytest.mark.parametrize(
    "disposition",
    [
        b"attachment; filename*=utf-8''besluit%20%C3%A9.pdf",
        b"attachment; filename*0*=utf-8''besluit%20; filename*1*=%C3%A9.pdf",
        b'attachment; filename="=?utf-8?B?YmVzbHVpdCDDqS5wZGY=?="',
        'attachment; filename="besluit é.pdf"'.encode(),
        b'attachment; filename="besluit \xe9.pdf"',
    ],
)
def test_file_names_in_any_code_are_read(read: Read, disposition: bytes) -> None:
    body = (
        b"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: "
        + disposition
        + b"\r\n\r\nPDF\r\n--x--\r\n"
    )
    content = raw(b"Content-Type: multipart/mixed; boundary=x", body=body)
    ((naam, _),) = read.files(content)
    assert naam.startswith("besluit") and naam.endswith(".pdf")  # noqa: PT018


def test_multiparts_that_are_broken_give_what_is_there(read: Read) -> None:
    part = b"--x\r\nContent-Type: text/plain\r\n\r\nDe kwartelwei\r\n"
    for boundary in (b"; boundary=x", b"; boundary=y", b"", b"; boundary="):
        content = raw(b"Content-Type: multipart/mixed" + boundary, body=part)
        assert "De kwartelwei" in read.text(content)


def test_a_file_written_into_the_text_is_taken_out(read: Read) -> None:
    lines = b"begin 644 brief.txt\r\n#0V%T\r\n`\r\nend\r\n"
    content = raw(b"Subject: x", body=b"Zie hieronder.\r\n\r\n" + lines + b"\r\nGroet\r\n")
    assert read.files(content) == [("brief.txt", b"Cat")]
    text = read.text(content)
    assert "#0V" not in text
    assert "Groet" in text


def test_a_message_of_apple_mail_is_read_without_what_surrounds_it(read: Read) -> None:
    inner = bytes(message())
    assert "<plist" not in read.text(b"%d\n" % len(inner) + inner + b"<plist><dict></dict></plist>\n")


@pytest.mark.parametrize("depth", [40, 400, 3000])
def test_parts_inside_each_other_end_in_text_or_a_reason(read: Read, depth: int) -> None:
    opened = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(depth)
    )
    content = raw(
        b"Content-Type: multipart/mixed; boundary=b0", body=opened + b"--b%d\r\n\r\ndiep\r\n" % depth
    )
    try:
        assert read(content).pages
    except FileRefused as refused:
        assert refused.code == "too_deep"  # noqa: PT017


def test_what_has_no_headers_is_no_message(read: Read) -> None:
    with pytest.raises(FileRefused) as refused:
        read(b"\r\nalleen tekst")
    assert refused.value.code == "not_a_message"


def test_the_same_message_always_gives_the_same_pdf(read: Read) -> None:
    content = bytes(message())
    first = read(content)
    one = (read.folder / "weergave.pdf").read_bytes()
    assert read(content).pages == first.pages
    assert (read.folder / "weergave.pdf").read_bytes() == one


def test_a_picture_in_a_message_is_a_picture(read: Read) -> None:
    written = io.BytesIO()
    Image.new("L", (4, 4)).save(written, "PNG")
    made = message()
    made.add_attachment(written.getvalue(), maintype="image", subtype="png", filename="foto.png")
    assert read.files(bytes(made)) == [("foto.png", written.getvalue())]
