"""Finishes a PDF: title, language and dates in its metadata, or its pages as pictures, as a scanner leaves them."""

import random
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image, ImageFilter

_DPI = 130
_PAPER = 247


def finish(content: bytes, *, titel: str, auteur: str, datum: date) -> bytes:
    """Return the PDF with title, author, language nl-NL and the date of creation; the same bytes every time."""
    with pikepdf.open(BytesIO(content)) as pdf:
        when = f"{datum:%Y%m%d}093000+00'00'"
        pdf.docinfo = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=titel,
                Author=auteur,
                Creator="Demonstratie",
                CreationDate=f"D:{when}",
                ModDate=f"D:{when}",
            )
        )
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["dc:title"] = titel
            meta["dc:language"] = {"nl-NL"}
        pdf.Root.Lang = pikepdf.String("nl-NL")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def scanned(content: bytes, *, angle: float, seed: str) -> bytes:
    """Return the pages as grey pictures without a text layer: turned by `angle` degrees, grainy and a little dirty."""
    dice = random.Random(seed)  # noqa: S311 - dust, not secrets
    pdf = pypdfium2.PdfDocument(content)
    try:
        pages = [
            _scan(
                pdf[n].render(scale=_DPI / 72, grayscale=True).to_pil(),
                angle * (1 if n % 2 == 0 else -0.6),
                dice,
            )
            for n in range(len(pdf))
        ]
    finally:
        pdf.close()
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, quality=62)
    return out.getvalue()


def _scan(page: Image.Image, angle: float, dice: random.Random) -> Image.Image:
    turned = page.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    grain = Image.frombytes("L", turned.size, dice.randbytes(turned.width * turned.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.9))
    worn = Image.blend(turned.filter(ImageFilter.GaussianBlur(0.5)), grain, 0.09)
    worn = worn.point([min(round(value * 1.03), _PAPER) for value in range(256)])
    for _ in range(45):  # dust
        x, y, size = dice.randrange(worn.width), dice.randrange(worn.height), dice.choice((1, 1, 2, 3))
        worn.paste(dice.randrange(70, 170), (x, y, x + size, y + size))
    worn.paste(205, (0, 0, 5, worn.height))  # the shadow along the glass
    return worn
