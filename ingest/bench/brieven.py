"""Generated Dutch letters, drawn as scans of any quality, with text layers good and bad; all names are made up."""

import io
import random
import string
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pikepdf
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_PLAATSEN = ("Zuiderveld", "Oosterpolder", "Molenakker", "Hoge Wal", "Kanaaldorp")
_ONDERWERPEN = (
    "de vergunning voor het evenement op het Marktplein",
    "het onderhoud van de riolering in de Veenweg",
    "de inkoop van jeugdzorg voor het jaar 2024",
    "de bouw van zestig woningen aan het Jaagpad",
    "het geluid van de windmolens bij de sluis",
    "de subsidie voor het dorpshuis en de bibliotheek",
)
_ZINNEN = (
    "U heeft ons gevraagd om alle documenten over {onderwerp}.",
    "Wij hebben uw verzoek op {dag} maart 2024 ontvangen en behandelen het volgens de Wet open overheid.",
    "In {plaats} is daarover met de bewoners gesproken, en hun vragen staan in de bijlage bij deze brief.",
    "Het college heeft besloten het verzoek gedeeltelijk toe te wijzen.",
    "Een deel van de informatie maken wij niet openbaar, omdat er persoonsgegevens in staan (artikel 5.1.2.e).",
    "De kosten bedragen {bedrag} euro; daarvan betaalt de provincie een derde deel.",
    "Bent u het niet eens met dit besluit, dan kunt u binnen zes weken bezwaar maken bij burgemeester en wethouders.",
    "De afdeling Vergunningen heeft {getal} stukken gevonden, waarvan er twaalf al eerder waren gepubliceerd.",
    "Tijdens het overleg over {onderwerp} is afgesproken dat de wethouder de raad voor de zomer informeert.",
    "Uit het onderzoek blijkt dat de verkeersveiligheid bij de school is verbeterd en het aantal klachten is gedaald.",
    "De aannemer legt het nieuwe wegdek aan; de werkzaamheden duren naar verwachting {getal} werkdagen.",
    "Voor vragen kunt u op werkdagen bellen met het gemeentehuis van {plaats}, onder vermelding van kenmerk Z24-0{bedrag}.",
    "De financiële gevolgen zijn beperkt, maar voor één onderdeel is een extra krediet nodig.",
    "Wij wegen het belang van openbaarheid af tegen het belang van de privacy van inwoners en medewerkers.",
)
_WIDTH = 82
_LEFT, _TOP, _SIZE, _LEADING = 72, 770, 11, 15
_FONTS = ("Helvetica", "Times-Roman")


class Slijtage(StrEnum):
    """What a scanner did to a page."""

    SCHOON = "clean"
    SCHEEF = "skew 1.5"
    VUIL = "noise+blur+JPEG"


class Laag(StrEnum):
    """The text layer of a page."""

    GEEN = "no layer"
    GOED = "good layer"
    MATIG = "poor OCR layer"
    VERHASPELD = "garbled layer"


@dataclass(frozen=True, slots=True)
class Brief:
    """The lines of a letter, and the font it is drawn in."""

    regels: tuple[str, ...]
    font: str

    @property
    def tekst(self) -> str:
        return " ".join(" ".join(self.regels).split())


def letters(count: int, *, seed: int) -> list[Brief]:
    """Write so many letters of one page; the same for the same seed."""
    dice = random.Random(seed)
    return [_letter(dice, _FONTS[number % len(_FONTS)]) for number in range(count)]


def _letter(dice: random.Random, font: str) -> Brief:
    lines = ["Gemeente Zuiderveld", "", "Geachte heer, mevrouw,", ""]
    for _ in range(5):
        sentences = [
            sentence.format(
                onderwerp=dice.choice(_ONDERWERPEN),
                plaats=dice.choice(_PLAATSEN),
                dag=dice.randint(2, 28),
                bedrag=dice.randint(1000, 9999),
                getal=dice.randint(13, 90),
            )
            for sentence in dice.sample(_ZINNEN, 4)
        ]
        lines += [*textwrap.wrap(" ".join(sentences), _WIDTH, break_on_hyphens=False), ""]
    return Brief((*lines, "Met vriendelijke groet,", "", "De gemeentesecretaris"), font)


def born_digital(brief: Brief) -> bytes:
    """The letter as a PDF with text, as a word processor writes it."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    _write(canvas, brief.regels, brief.font, mode=0)
    canvas.save()
    return written.getvalue()


def with_wrong_letters(brief: Brief) -> bytes:
    """The letter as a PDF that shows the right letters and names the wrong ones (a bad ToUnicode table)."""
    wrong = _permuted()
    pairs = "\n".join(f"<{code:02x}> <{ord(wrong.get(code, chr(code))):04x}>" for code in range(32, 127))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /W def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(born_digital(brief))) as pdf:
        for page in pdf.pages:
            for font in page.obj.Resources.Font.values():
                font.ToUnicode = pdf.make_stream(table.encode("ascii"))
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def picture(brief: Brief, *, dpi: int, slijtage: Slijtage, seed: int = 1) -> Image.Image:
    """The letter as a scanner sees it."""
    with pypdfium2.PdfDocument(born_digital(brief)) as pdf:
        clean: Image.Image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    match slijtage:
        case Slijtage.SCHOON:
            return clean
        case Slijtage.SCHEEF:
            return clean.rotate(1.5, Image.Resampling.BICUBIC, fillcolor=255)
        case Slijtage.VUIL:
            return _dirty(clean, dpi, random.Random(seed))


def _dirty(clean: Image.Image, dpi: int, dice: random.Random) -> Image.Image:
    blurred = clean.filter(ImageFilter.GaussianBlur(0.6 * dpi / 200))
    noise = Image.frombytes("L", clean.size, dice.randbytes(clean.width * clean.height))
    noisy = Image.blend(blurred, noise.filter(ImageFilter.GaussianBlur(0.7)), 0.15)
    pressed = io.BytesIO()
    noisy.save(pressed, "JPEG", quality=35)
    return Image.open(pressed).convert("L")


def scan(
    pages: Sequence[tuple[Image.Image, Brief]], *, dpi: int, laag: Laag = Laag.GEEN, seed: int = 1
) -> bytes:
    """A PDF of pictures, each with this text layer under it."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for image, brief in pages:
        width, height = image.width * 72 / dpi, image.height * 72 / dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(image), 0, 0, width, height)
        if laag is not Laag.GEEN:
            lines = [_as_layer(line, laag, random.Random(f"{seed} {line}")) for line in brief.regels]
            _write(canvas, lines, brief.font, mode=3)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _as_layer(line: str, laag: Laag, dice: random.Random) -> str:
    if laag is Laag.VERHASPELD:
        return line.translate(_permuted())
    if laag is Laag.MATIG:
        return "".join(
            dice.choice("acehilmnrtu1|!") if sign.isalpha() and dice.random() < 0.2 else sign for sign in line
        )
    return line


def _permuted() -> dict[int, str]:
    """Each letter for another one."""
    mixed = list(string.ascii_lowercase)
    random.Random(29).shuffle(mixed)
    other = "".join(mixed)
    return {ord(a): b for a, b in zip(string.ascii_letters, other + other.upper(), strict=True)}


def _write(canvas: Canvas, lines: Sequence[str], font: str, *, mode: int) -> None:
    text = canvas.beginText(_LEFT, _TOP)
    text.setFont(font, _SIZE, _LEADING)
    text.setTextRenderMode(mode)
    text.textLines("\n".join(lines), trim=0)
    canvas.drawText(text)
