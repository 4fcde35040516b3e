"""Our own validator: the verdicts of the XSDs on every sample and on thousands of spoiled files, and the rules of practice beyond."""

import copy
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from woo.diwoo.gebreken import CODES, Ernst, Gebrek, gebrek
from woo.diwoo.sitemap import (
    DIWOO_NS,
    SITEMAP_NS,
    DiWoo,
    Documentrelatie,
    ExtraMetadata,
    Handeling,
    Vermelding,
    Verwijzing,
)
from woo.diwoo.sitemapregels import keur
from woo.diwoo.sitemapschrijver import schrijf_sitemap, url
from woo.diwoo.waardelijsten import Waardelijsten

_ROOT = Path(__file__).parents[2]
_STANDARD = _ROOT.parent / "shared" / "standards" / "diwoo"
_LIJSTEN = Waardelijsten.load(_ROOT / "config" / "waardelijsten")


def _van(lijst: str, code: str) -> Verwijzing:
    waarde = _LIJSTEN.lijst(lijst).get(code)
    return Verwijzing(waarde.naam, waarde.uri)


def _entry(loc: str = "https://open.example/documenten/1/bestand/besluit.pdf") -> Vermelding:
    organisatie, op = _van("organisaties", "gm0153"), datetime(2026, 5, 4, tzinfo=UTC)
    elders = Verwijzing("Ander besluit", "https://open.example/documenten/2/bestand/ander.pdf")
    document = DiWoo(
        publisher=organisatie,
        officiele_titel="Besluit over de kastanje",
        informatiecategorieen=(_van("informatiecategorieen", "c_3baef532"),),
        handelingen=(Handeling(_van("handelingen", "c_641ecd76"), op, organisatie),),
        identifiers=("Z-1",),
        verantwoordelijke=organisatie,
        medeverantwoordelijken=(organisatie,),
        opsteller=organisatie,
        naam_opsteller="afdeling Groen",
        verkorte_titels=("kort",),
        alternatieve_titels=("anders",),
        omschrijvingen=("een",),
        documentsoorten=(_van("documentsoorten", "c_465163c9"),),
        themas=(_van("themas", "c_d96f9cd3"),),
        trefwoorden=("kap",),
        creatiedatum=date(2026, 5, 4),
        geldig_van=op,
        geldig_tot=op,
        language=_van("talen", "NLD"),
        format=_van("formaten", "PDF"),
        aggregatiekenmerk="Z-1",
        is_part_of=elders,
        has_parts=(elders,),
        documentrelaties=(Documentrelatie(_van("documentrelaties", "c_75fac459"), elders),),
        reden_verwijdering_vervanging=_van("redenen_intrekking", "c_098c1346"),
    )
    extra = ExtraMetadata((("zaak", ("1", "2")),), "https://open.example/ns", "ex")
    return Vermelding(loc, op, document, (extra,))


def _sitemap(*entries: Vermelding) -> bytes:
    return b"".join(schrijf_sitemap(map(url, entries or (_entry(),))))


def _faults(content: bytes, naam: str | None = None) -> list[Gebrek]:
    return list(keur(io.BytesIO(content), _LIJSTEN, naam=naam))


def _codes(content: bytes, naam: str | None = None) -> set[str]:
    return {fault.code for fault in _faults(content, naam)}


def test_what_we_write_has_no_fault() -> None:
    assert _faults(_sitemap(_entry(), _entry("https://open.example/2/b.docx"))) == []


class Schemas:
    """The XSDs of the standard, read without network."""

    def __init__(self, standard: Path) -> None:
        self._standard = standard
        self.sitemap = self._schema("driver-sitemap-diwoo.xsd")
        self.index = self._schema("extern/sitemap/siteindex.xsd")

    def _schema(self, name: str) -> Any:
        mdto = self._standard / "xsd" / "extern" / "mdto" / "MDTO-XML1.0.1.xsd"

        class Resolver(etree.Resolver):  # type: ignore[misc]
            def resolve(self, url: str, _id: str | None, context: Any) -> Any:
                return self.resolve_filename(str(mdto), context) if url.startswith("https:") else None

        parser = etree.XMLParser(no_network=True)
        parser.resolvers.add(Resolver())
        return etree.XMLSchema(etree.parse(str(self._standard / "xsd" / name), parser))

    def accept(self, content: bytes) -> bool:
        document = etree.fromstring(content)
        index = etree.QName(document).localname == "sitemapindex"
        return bool((self.index if index else self.sitemap).validate(document))


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas(_STANDARD)


def _refused_by_xsd(content: bytes) -> bool:
    return any(fault.ernst is Ernst.XSD for fault in _faults(content))


@pytest.mark.needs("shared")
def test_every_sample_has_the_verdict_of_the_xsd(schemas: Schemas) -> None:
    files = [*_STANDARD.glob("samples/**/*.xml")]
    files += [*(_STANDARD.parents[1] / "corpus" / "diwoo").glob("minvws*/WooIndex/__snapshots__/*.txt")]
    assert len(files) > 20
    for number, file in enumerate(files):
        content = file.read_bytes()
        assert _refused_by_xsd(content) is not schemas.accept(content), f"sample {number}"


@pytest.mark.needs("shared")
@pytest.mark.parametrize(
    ("folder", "name", "code"),
    [
        ("invalid", "attime-date-only", "tijd"),
        ("invalid", "creatiedatum-datetime", "datum"),
        ("invalid", "empty-sitemapindex", "leeg"),
        ("invalid", "empty-urlset", "leeg"),
        ("invalid", "lastmod-space", "tijd"),
        ("invalid", "missing-classificatiecollectie", "ontbreekt"),
        ("invalid", "missing-documenthandelingen", "ontbreekt"),
        ("invalid", "missing-publisher", "ontbreekt"),
        ("invalid", "missing-titelcollectie", "ontbreekt"),
        ("invalid", "root-diwoo-documents", "wortel"),
        ("invalid", "verkorteTitel-direct", "onbekend"),
        ("invalid", "wrong-format-msg", "lijst"),
        ("invalid", "wrong-informatiecategorie-uri", "lijst"),
        ("invalid", "wrong-publisher-uri", "lijst"),
        ("accepted-by-xsd-but-poor", "empty-document", "geen_document"),
        ("accepted-by-xsd-but-poor", "no-diwoo-at-all", "geen_document"),
        ("accepted-by-xsd-but-poor", "no-resource-attributes", "geen_resource"),
    ],
)
def test_every_bad_sample_is_refused_with_its_reason(folder: str, name: str, code: str) -> None:
    known = {file.stem for file in (_STANDARD / "samples" / folder).glob("*.xml")}
    assert name in known
    found = [
        f for f in _faults((_STANDARD / "samples" / folder / f"{name}.xml").read_bytes()) if f.code == code
    ]
    assert found
    assert all(fault.keurt_af and fault.regel and fault.wat and fault.waarom and fault.doe for fault in found)


@pytest.mark.needs("shared")
def test_no_bad_sample_is_forgotten() -> None:
    assert len([*_STANDARD.glob("samples/invalid/*.xml")]) == 14
    assert len([*_STANDARD.glob("samples/accepted-by-xsd-but-poor/*.xml")]) == 3


def _spoiled(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file with one thing wrong (or not wrong at all), once for each element and each way to change it."""
    count = len([*etree.fromstring(content).iter()])
    for number in range(1, count):
        for name, change in _CHANGES.items():
            root = etree.fromstring(content)
            element = [*root.iter()][number]
            change(element)
            yield f"{name} {etree.QName(element).localname}", etree.tostring(root)


def _insert(element: Any, name: str, text: str = "x") -> None:
    new = etree.Element(name)
    new.text = text
    element.insert(0, new)


def _retext(text: str) -> Any:
    return lambda element: setattr(element, "text", text)


_CHANGES: dict[str, Any] = {
    "removed": lambda e: e.getparent().remove(e),
    "twice": lambda e: e.addnext(copy.deepcopy(e)),
    "renamed": lambda e: setattr(e, "tag", f"{{{DIWOO_NS}}}anders"),
    "other namespace": lambda e: setattr(e, "tag", etree.QName(SITEMAP_NS, etree.QName(e).localname).text),
    "no namespace": lambda e: setattr(e, "tag", etree.QName(e).localname),
    "first": lambda e: e.getparent().insert(0, e),
    "last": lambda e: e.getparent().append(e),
    "attribute": lambda e: e.set("lang", "nl"),
    "xml attribute": lambda e: e.set("{http://www.w3.org/XML/1998/namespace}lang", "nl"),
    "resource": lambda e: e.set("resource", "https://open.example/x"),
    "empty resource": lambda e: e.set("resource", ""),
    "no resource": lambda e: e.attrib.pop("resource", None),
    "spaced resource": lambda e: e.set("resource", f" {e.get('resource', '')}"),
    "child": lambda e: _insert(e, f"{{{DIWOO_NS}}}publisher"),
    "document inside": lambda e: e.append(etree.Element(f"{{{DIWOO_NS}}}Document")),
    "foreign child": lambda e: _insert(e, "{https://open.example/ns}iets"),
    "text behind": lambda e: setattr(e, "tail", "los"),
    "no text": _retext(""),
    "words": _retext("gisteren"),
    "day": _retext("2026-01-31"),
    "day with zone": _retext("2026-01-31+01:00"),
    "impossible day": _retext("2026-02-30"),
    "moment": _retext(" 2026-01-31T23:59:59.5Z\n"),
    "moment of midnight": _retext("2026-01-31T24:00:00"),
    "impossible moment": _retext("2026-01-31T24:00:01Z"),
    "impossible zone": _retext("2026-01-31T10:00:00+14:30"),
    "moment with a space": _retext("2026-01-31 10:00:00"),
    "year alone": _retext("2026"),
}


@pytest.mark.needs("shared")
def test_every_spoiled_file_has_the_verdict_of_the_xsd(schemas: Schemas) -> None:
    accepted = refused = 0
    for name, content in _spoiled(_sitemap()):
        if _loose(content):
            continue  # the XSD lets metadata stand outside any url; practice does not
        valid = schemas.accept(content)
        accepted, refused = accepted + valid, refused + (not valid)
        assert _refused_by_xsd(content) is not valid, name
    assert accepted > 400
    assert refused > 800


def _loose(content: bytes) -> bool:
    return etree.fromstring(content).find(f"{{{DIWOO_NS}}}Document") is not None


@pytest.mark.needs("shared")
@pytest.mark.parametrize(
    "extra",
    [
        "<changefreq>daily</changefreq>",
        "<changefreq>soms</changefreq>",
        "<changefreq> daily</changefreq>",
        "<priority>0.5</priority>",
        "<priority> .5 </priority>",
        "<priority>1.1</priority>",
        "<priority>1e-1</priority>",
        "<priority>0</priority><changefreq>daily</changefreq>",
    ],
)
def test_the_rest_of_an_entry_has_the_verdict_of_the_xsd(schemas: Schemas, extra: str) -> None:
    content = _sitemap().replace(b"</lastmod>", f"</lastmod>{extra}".encode())
    assert _refused_by_xsd(content) is not schemas.accept(content)


_RULES = [
    ("geen_https", ("https://open", "http://open")),
    ("geen_extensie", ("besluit.pdf", "download")),
    ("geen_extensie", ("besluit.pdf", "besluit.pdf/")),
    ("extensie", ("besluit.pdf", "besluit.msg")),
    ("geen_lastmod", ("<lastmod>2026-05-04T00:00:00+00:00</lastmod>", "")),
    ("geen_titel", ("Besluit over de kastanje", "  ")),
    ("bestandsnaam", ("Besluit over de kastanje", "besluit-1.pdf")),
    ("label", (">Nederlands<", ">nl<")),
    ("meer_documenten", ("</diwoo:Document>", "</diwoo:Document><diwoo:Document/>")),
    ("los_document", ("<url>", "<diwoo:Document/><url>")),
    ("geen_resource", (' resource="https://open.example/documenten/2/bestand/ander.pdf"', "")),
]


@pytest.mark.parametrize(("code", "change"), _RULES)
def test_practice_demands_more_than_the_xsd(code: str, change: tuple[str, str]) -> None:
    content = _sitemap().replace(change[0].encode(), change[1].encode())
    assert content != _sitemap()
    assert code in _codes(content)


def test_an_address_stands_there_once() -> None:
    assert _codes(_sitemap(_entry(), _entry())) == {"dubbel"}


def test_a_sitemap_has_a_largest_length_and_number() -> None:
    assert _codes(_sitemap(*(_entry(f"https://open.example/{n}.pdf") for n in range(3)))) == set()
    found = {f.code for f in keur(io.BytesIO(_sitemap()), _LIJSTEN, limiet=1000)}
    assert found == {"te_groot"}
    url = b"<url><loc>https://open.example/%d.pdf</loc></url>"
    many = (
        b'<urlset xmlns="%s">' % SITEMAP_NS.encode() + b"".join(url % n for n in range(10_001)) + b"</urlset>"
    )
    assert "te_veel" in _codes(many)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sitemapindex-diwoo-infocat014.xml", None),
        ("sitemapindex-diwoo-infocat019.xml", "indexnaam"),
        ("sitemap-index.xml", "indexnaam"),
        ("sitemapindex-diwoo.xml", "indexnaam"),
    ],
)
def test_an_index_has_the_name_that_is_read(name: str, code: str | None) -> None:
    index = f'<sitemapindex xmlns="{SITEMAP_NS}"><sitemap><loc>https://open.example/a.xml</loc></sitemap></sitemapindex>'
    assert _codes(index.encode(), name) == ({code} if code else set())


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("xml", b"<urlset>"),
        ("html", b"<!doctype html><html></html>"),
        ("doctype", b"<!DOCTYPE urlset []><urlset/>"),
        ("xml", b""),
    ],
)
def test_what_cannot_be_read_is_a_fault_too(code: str, content: bytes) -> None:
    assert code in _codes(content)


def test_a_value_that_an_installation_added_itself_is_not_on_the_list_of_the_nation(tmp_path: Path) -> None:
    own = tmp_path / "eigen.yaml"
    own.write_text(
        "lijsten: {organisaties: [{code: gm9999, uri: 'https://z.example/id', naam: gemeente Z}]}\n",
        encoding="utf-8",
    )
    lijsten = Waardelijsten.load(_ROOT / "config" / "waardelijsten", aanvulling=own)
    content = _sitemap().replace(
        b"https://identifier.overheid.nl/tooi/id/gemeente/gm0153", b"https://z.example/id"
    )
    assert "lijst" in {fault.code for fault in keur(io.BytesIO(content), lijsten)}


def test_every_fault_says_why_and_what_to_do() -> None:
    for code in CODES:
        fault = gebrek(code, "iets")
        assert fault.waarom.endswith(".")
        assert fault.doe.endswith(".")
