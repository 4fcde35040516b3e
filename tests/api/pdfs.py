"""Small real PDF files with known text, made by hand so that the tests need no writer of PDFs."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

_WIDTH, _HEIGHT, _MARGIN, _LEADING = 595, 842, 70, 16


def write_pdf(path: Path, pages: Sequence[str]) -> Path:
    """Write one page per text; the first line is a heading, an empty text becomes a grey picture without text."""
    with Pdf.new() as pdf:
        fonts = Dictionary(F1=_font(pdf, "Helvetica"), F2=_font(pdf, "Helvetica-Bold"))
        for text in pages:
            content = _drawn(text) if text else b"0.8 g 70 300 455 400 re f 0.6 g 110 340 375 90 re f"
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, _WIDTH, _HEIGHT]),
                Resources=Dictionary(Font=fonts),
                Contents=pdf.make_indirect(Stream(pdf, content)),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(path)
    return path


def _font(pdf: Pdf, name: str) -> pikepdf.Object:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
    )
    return pdf.make_indirect(font)


def _drawn(text: str) -> bytes:
    heading, *rest = text.split("\n")
    lines = [line for part in rest for line in (textwrap.wrap(part, 78) or [""])]
    out = [
        b"BT",
        f"/F2 14 Tf {_MARGIN} {_HEIGHT - 90} Td".encode(),
        _shown(heading),
        f"/F1 11 Tf {_LEADING} TL 0 -28 Td".encode(),
    ]
    for line in lines:
        out += [_shown(line), b"T*"]
    return b"\n".join([*out, b"ET"])


def _shown(line: str) -> bytes:
    escaped = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + escaped + b") Tj"
