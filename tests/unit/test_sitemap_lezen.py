"""Sitemaps are written and read back as they were; what real publishers do wrong is repaired and counted, or refused."""

import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from woo.diwoo.sitemap import (
    DiWoo,
    Documentrelatie,
    ExtraMetadata,
    Handeling,
    Sitemapvermelding,
    Vermelding,
    Verwijzing,
)
from woo.diwoo.sitemapdatum import anders_geschreven, datumtijd, lastmod
from woo.diwoo.sitemaplezer import Sitemaplezer, Soort
from woo.diwoo.sitemapschrijver import schrijf_index, schrijf_sitemap, url
from woo.diwoo.xmlstroom import SitemapOnleesbaar

_ZUIDERVELD = Verwijzing("gemeente Zuiderveld", "https://zuiderveld.example/id/gm9999")
_ZONE = timezone(timedelta(hours=2))
_OP = datetime(2026, 5, 4, tzinfo=_ZONE)


def _ref(label: str) -> Verwijzing:
    return Verwijzing(label, f"https://lijst.example/{label}")


def _minimal(**changes: object) -> DiWoo:
    values: dict[str, object] = {
        "publisher": _ZUIDERVELD,
        "officiele_titel": "Besluit",
        "informatiecategorieen": (_ref("besluiten"),),
        "handelingen": (Handeling(_ref("vaststelling"), _OP),),
    }
    return DiWoo(**(values | changes))  # type: ignore[arg-type]


def _full() -> Vermelding:
    document = _minimal(
        officiele_titel='Besluit <1> & "2"',
        identifiers=("Z-1", "Z-2"),
        verantwoordelijke=_ZUIDERVELD,
        medeverantwoordelijken=(_ref("a"), _ref("b")),
        opsteller=_ZUIDERVELD,
        naam_opsteller="afdeling Groen",
        verkorte_titels=("kort",),
        alternatieve_titels=("anders", "nog anders"),
        omschrijvingen=("een", "twee"),
        documentsoorten=(_ref("brief"),),
        themas=(_ref("bomen"),),
        trefwoorden=("kap", "kastanje"),
        creatiedatum=date(2026, 5, 4),
        geldig_van=_OP,
        geldig_tot=datetime(2027, 1, 1, 12, 30, 1, tzinfo=UTC),
        language=_ref("NLD"),
        format=_ref("PDF"),
        aggregatiekenmerk="Z-1",
        is_part_of=_ref("hoofd"),
        has_parts=(_ref("deel1"), _ref("deel2")),
        documentrelaties=(Documentrelatie(_ref("verwijst naar"), _ref("ander")),),
        handelingen=(Handeling(_ref("ontvangst"), _OP, _ZUIDERVELD), Handeling(_ref("vaststelling"), _OP)),
        reden_verwijdering_vervanging=_ref("correctie"),
    )
    extra = ExtraMetadata((("zaak", ("1", "2")),), "https://zuiderveld.example/ns", "zv")
    return Vermelding("https://zuiderveld.example/a.pdf?x=1&y=2", _OP, document, (extra, extra))


def _read(text: str, *, tolerant: bool = True) -> tuple[list[Vermelding | Sitemapvermelding], Sitemaplezer]:
    lezer = Sitemaplezer(tolerant=tolerant)
    return list(lezer.lees(io.BytesIO(text.encode()))), lezer


def _good() -> str:
    return b"".join(
        schrijf_sitemap(map(url, [Vermelding("https://z.example/a.pdf", _OP, _minimal())]))
    ).decode()


def test_every_field_is_read_back_as_it_was_written() -> None:
    entries = [_full(), Vermelding("https://zuiderveld.example/b.pdf", None, _minimal())]
    lezer = Sitemaplezer()
    assert list(lezer.lees(io.BytesIO(b"".join(schrijf_sitemap(map(url, entries)))))) == entries
    assert lezer.soort is Soort.SITEMAP
    assert not lezer.waarschuwingen
    assert lezer.compleet


def test_an_index_is_read_back_as_it_was_written() -> None:
    entries = [
        Sitemapvermelding("https://z.example/sitemaps/1.xml", _OP),
        Sitemapvermelding("https://z.example/2.xml"),
    ]
    lezer = Sitemaplezer()
    assert list(lezer.lees(io.BytesIO(b"".join(schrijf_index(entries))))) == entries
    assert lezer.soort is Soort.INDEX


def test_nothing_is_written_without_entries_or_metadata() -> None:
    with pytest.raises(ValueError, match="left out"):
        list(schrijf_sitemap([]))
    with pytest.raises(ValueError, match="no metadata"):
        list(schrijf_sitemap(map(url, [Vermelding("https://z.example/a.pdf", None, None)])))


def test_what_no_xml_can_hold_is_left_out_of_a_title() -> None:
    entry = Vermelding("https://z.example/a.pdf", None, _minimal(officiele_titel="a\x00b\x0bc\ud800d\r\ne"))
    read = list(Sitemaplezer().lees(io.BytesIO(b"".join(schrijf_sitemap(map(url, [entry]))))))
    assert isinstance(read[0], Vermelding)
    assert read[0].diwoo is not None
    assert read[0].diwoo.officiele_titel == "abcd\ne"


_FAULTS = [
    ("wortel", lambda text: text.replace("<urlset", "<diwoo:Documents").replace("</urlset", "</diwoo:Documents")),
    ("namespace", lambda text: text.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "")),
    ("namespace", lambda text: text.replace('xmlns:diwoo="https:', 'xmlns:diwoo="http:')),
    ("xml", lambda text: text.replace(' xmlns:diwoo="https://standaarden.overheid.nl/diwoo/metadata/"', "")),
    ("loc_in_diwoo", lambda text: _loc_inside(text)),
    ("datum", lambda text: text.replace("<lastmod>2026-05-04T00:00:00+02:00", "<lastmod>2026-05-04 00:00:00")),
    ("datum", lambda text: text.replace("atTime>2026-05-04T00:00:00+02:00", "atTime>04-05-2026")),
    ("geen_titelcollectie", lambda text: text.replace("<diwoo:titelcollectie>", "").replace("</diwoo:titelcollectie>", "")),
    ("plaats", lambda text: text.replace("<diwoo:documenthandelingen>", "").replace("</diwoo:documenthandelingen>", "")),
    ("plaats", lambda text: text.replace("<url>", "<document>").replace("</url>", "</document>")),
    ("xml", lambda text: text.replace("Besluit", "B & B")),
    ("xml", lambda text: "\n" + text),
    ("onbekend", lambda text: text.replace("<url>", "<opmerking/><url>")),
]  # fmt: skip


def _loc_inside(text: str) -> str:
    loc = "<loc>https://z.example/a.pdf</loc>"
    return text.replace(loc, "").replace("<diwoo:DiWoo>", f"<diwoo:DiWoo>{loc}")


@pytest.mark.parametrize(("code", "spoil"), _FAULTS)
def test_a_known_fault_is_repaired_and_counted_or_refused(code: str, spoil) -> None:  # type: ignore[no-untyped-def]
    text = spoil(_good())
    assert text != _good()
    entries, lezer = _read(text)
    assert len(entries) == 1
    assert isinstance(entries[0], Vermelding)
    assert entries[0].loc == "https://z.example/a.pdf"
    assert entries[0].lastmod == _OP
    assert entries[0].diwoo is not None
    assert entries[0].diwoo.publisher == _ZUIDERVELD
    assert entries[0].diwoo.handelingen[0].op == _OP
    assert lezer.waarschuwingen[code]
    with pytest.raises(SitemapOnleesbaar):
        _read(text, tolerant=False)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("leeg", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'),
        ("geen_loc", _good().replace("https://z.example/a.pdf", " ")),
        ("geen_titel", _good().replace("Besluit", " ")),
        ("geen_resource", _good().replace(' resource="https://lijst.example/besluiten"', "")),
        ("datum_onleesbaar", _good().replace("2026-05-04T00:00:00+02:00", "gisteren")),
        ("geen_handeling", _good().replace("atTime", "tijd")),
    ],
)
def test_what_cannot_be_repaired_is_counted_too(code: str, text: str) -> None:
    _, lezer = _read(text)
    assert lezer.waarschuwingen[code]
    with pytest.raises(SitemapOnleesbaar) as refused:
        _read(text, tolerant=False)
    assert refused.value.code in (code, "geen_handeling")


@pytest.mark.parametrize("name", ["sitemap", "url"])
def test_an_index_that_calls_itself_urlset_is_an_index(name: str) -> None:
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><{name}><loc>https://z.example/sitemap-1.xml</loc></{name}></urlset>'
    entries, lezer = _read(text)
    assert entries == [Sitemapvermelding("https://z.example/sitemap-1.xml")]
    assert lezer.soort is Soort.INDEX
    assert lezer.waarschuwingen["index_als_urlset"] == 1


def test_a_file_that_was_cut_off_gives_what_was_whole_and_says_so() -> None:
    text = b"".join(schrijf_sitemap(map(url, [_full(), _full(), _full()]))).decode()
    entries, lezer = _read(text[: text.rindex("<url>")])
    assert entries == [_full(), _full()]
    assert not lezer.compleet
    assert lezer.waarschuwingen["afgebroken"] == 1


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("html", b"<!DOCTYPE html><html><body>Niet gevonden</body></html>"),
        ("html", b"\n<HTML lang='nl'><head/></HTML>"),
        ("doctype", b'<!DOCTYPE urlset [<!ENTITY a "a">]><urlset>&a;</urlset>'),
        ("xml", b""),
        ("xml", b"%PDF-1.7"),
        ("te_groot", b"<urlset>" + b" " * 2000),
    ],
)
def test_what_is_no_sitemap_is_refused_also_by_a_tolerant_reader(code: str, content: bytes) -> None:
    with pytest.raises(SitemapOnleesbaar) as refused:
        list(Sitemaplezer(tolerant=True, limiet=1000).lees(io.BytesIO(content)))
    assert refused.value.code == code


def test_a_long_file_is_read_without_holding_it() -> None:
    asked = 0

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            nonlocal asked
            asked += 1
            return b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' if asked == 1 else one * 20

    one = _good()[_good().index("<url>") : _good().index("</urlset>")].replace("diwoo:", "").encode()
    entries = Sitemaplezer(tolerant=True).lees(Endless())  # type: ignore[arg-type]
    for _ in range(50):
        assert next(entries).loc == "https://z.example/a.pdf"
    assert asked < 6


def test_a_time_is_that_of_the_netherlands_unless_it_says_otherwise() -> None:
    assert lastmod("2026-01-15") == datetime(2026, 1, 14, 23, tzinfo=UTC)
    assert datumtijd("2026-07-15T00:00:00") == datetime(2026, 7, 14, 22, tzinfo=UTC)
    assert datumtijd("2026-07-15T24:00:00Z") == datetime(2026, 7, 16, tzinfo=UTC)
    assert datumtijd("2026-07-15T10:00:00.25-03:30") == datetime(2026, 7, 15, 13, 30, 0, 250000, tzinfo=UTC)
    assert anders_geschreven("15-07-2026 08:00") == datetime(2026, 7, 15, 6, tzinfo=UTC)
    for none in (
        "2026-02-30T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01 00:00:00",
        "2026-01-01T00:00:00+15:00",
    ):
        assert datumtijd(none) is None
    assert anders_geschreven("03/04/2026") is None
