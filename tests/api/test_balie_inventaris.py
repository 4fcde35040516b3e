"""The pages of inventories: 200 rows with 12 wrong ones, compared, confirmed, mended; rows and links by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from tests.api.desk import DeskOfTest, bestand, open_desk, pdf
from tests.api.lijsten import goed, lijst
from woo.domain.actor import Rol
from woo.domain.events import Actie

WRONG = range(10, 190, 15)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("balie")) as opened:
        yield opened


@pytest.fixture
def id(desk: DeskOfTest) -> str:
    return desk.publicatie()


class Browser:
    """Follows links and sends forms as a browser does, by key."""

    def __init__(self, desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> None:
        self._client = desk.by(rol)
        self._client.base_url = "http://balie"  # type: ignore[assignment]
        self._client.follow_redirects = True

    def get(self, path: str, status: int = 200) -> Any:
        return self._page(self._client.get(path), status)

    def post(self, path: str, status: int = 200, files: Any = None, **velden: Any) -> Any:
        headers = {} if velden or files else {"Content-Type": "application/x-www-form-urlencoded"}
        return self._page(self._client.post(path, data=velden, files=files, headers=headers), status)

    def raw(self, path: str) -> Any:
        return self._client.get(path)

    def _page(self, response: Any, status: int) -> Any:
        assert response.status_code == status, response.text[:2000]
        page = html.fromstring(response.text)
        page.make_links_absolute(str(response.url))
        return page


def text(page: Any) -> str:
    return " ".join(" ".join(page.itertext()).split())


def value(page: Any, naam: str) -> str:
    return str(page.xpath(f"//input[@name='{naam}']/@value")[0])


def rows_200(*, mended: bool = False) -> list[list[Any]]:
    rows = [goed(n) for n in range(1, 201)]
    if not mended:
        for place, n in enumerate(WRONG):
            column, wrong = ((3, "misschien"), (4, "9.9"), (2, "31-2-2020"))[place % 3]
            rows[n - 1][column] = wrong
    return rows


def test_of_200_rows_with_12_wrong_ones_nothing_is_taken_over_unsaid(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    base = f"/publicaties/{id}/inventaris"
    assert "Er is nog geen inventaris" in text(browser.get(base))
    page = browser.post(f"{base}/lijst", files=lijst(*rows_200()))
    told = text(page)
    assert "De lijst is gelezen en vergeleken" in told
    assert "met fouten 12" in told
    assert "nieuw 188" in told
    assert "“misschien”" not in told
    assert told.count("schrijf openbaar, deels openbaar") == 4  # each wrong judgement with its remedy
    here = page.xpath("//form/@action")[0].removeprefix("http://balie")
    refused = browser.post(here, status=400, aantal="12")
    assert "Er zijn 12 rijen met fouten" in text(refused)
    assert browser.post(here, status=400, aantal="11", weglaten="ja") is not None
    assert "Er is nog geen inventaris" in text(browser.get(base))

    mended = browser.post(f"{base}/lijst", files=lijst(*rows_200(mended=True)))
    assert "met fouten 0" in text(mended)
    done = browser.post(here, aantal="12", weglaten="ja")
    assert "12 rijen overgeslagen" in text(done)
    assert "188 rijen" in text(done)
    [line] = [each for each in desk.events(id) if each.actie is Actie.INVENTARIS_IMPORTED]
    assert line.details["overgeslagen"] == 12
    assert line.details["overgeslagen_rijen"].startswith("11, 26, 41")
    stale = mended.xpath("//form/@action")[0].removeprefix("http://balie")
    assert "Vergelijk de lijst opnieuw" in text(browser.post(stale, status=409))


def test_the_difference_shows_old_and_new_and_what_goes(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    base = f"/publicaties/{id}/inventaris"
    first = browser.post(f"{base}/lijst", files=lijst(goed(1), goed(2)))
    browser.post(first.xpath("//form/@action")[0].removeprefix("http://balie"))
    page = browser.post(f"{base}/lijst", files=lijst(goed(1, "deels openbaar", "5.1.2e; 5.1.5")))
    told = text(page)
    assert "1 Beoordeling openbaar deels openbaar" in told
    assert "1 Gronden – 5.1.2.e; 5.1.5" in told
    assert "zelfde passage" in told  # only worth a look
    [gone] = page.xpath("//a[contains(@href, 'soort=verdwenen')]/@href")
    assert "Brief 2 over kwartelwei" in text(browser.get(gone.removeprefix("http://balie")))
    waiting = browser.get(f"/publicaties/{id}")
    assert "wacht op u" in text(waiting)
    thrown = browser.post(page.xpath("//form/@action")[1].removeprefix("http://balie"))
    assert "De inventaris is niet veranderd" in text(thrown)


def test_a_list_that_cannot_be_read_is_told_on_the_form(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    path = f"/publicaties/{id}/inventaris/lijst"
    page = browser.post(
        path, status=400, files={"bestand": ("lijst.csv", b"a;b\n1;2\n", "text/csv")}, datums="maand-dag"
    )
    assert "Geen enkele rij heeft koppen voor nummer" in text(page)
    assert page.xpath("//select[@name='datums']/option[@selected]/@value") == ["maand-dag"]
    assert "Kies het bestand met de lijst" in text(browser.post(path, status=400, blad=""))


def test_a_row_is_edited_with_grounds_explained_and_conflicts_shown(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    base = f"/publicaties/{id}/inventaris"
    blank = browser.get(f"{base}/regels/nieuw")
    assert "zoals een naam, handtekening, telefoonnummer" in text(blank)  # the plain text of a ground
    wrong = browser.post(
        f"{base}/regels/nieuw", status=400, nummer="1", andereWet="8.8 Fantasie 3", documentnaam="Nota"
    )
    assert "Kies een beoordeling" in text(wrong)
    assert "een wet of een artikel dat niet bekend is" in text(wrong)
    assert wrong.xpath("//input[@name='documentnaam']/@value") == ["Nota"]
    made = browser.post(f"{base}/regels/nieuw", nummer="1", documentnaam="Nota", beoordeling="deels_openbaar", gronden=["5.1.2.e", "8.8"], andereWet="8.8 AWR 67", opgeschort="ja")  # fmt: skip
    assert "De rij is toegevoegd" in text(made)
    assert made.xpath("//input[@name='gronden'][@checked]/@value") == ["5.1.2.e"]
    assert (
        "8.8 artikel 67 Algemene wet inzake rijksbelastingen"
        in made.xpath("//textarea[@id='andereWet']/text()")[0]
    )
    here = made.xpath("//form[contains(@action, '/regels/')]/@action")[0].removeprefix("http://balie")
    seen = value(made, "gewijzigdOp")
    typed = {"nummer": "1", "documentnaam": "Nota B", "beoordeling": "openbaar", "gewijzigdOp": seen}
    assert "De rij is bewaard" in text(browser.post(here, **typed))
    conflict = browser.post(here, status=409, **{**typed, "documentnaam": "Nota C"})
    assert "Iemand anders heeft dit net gewijzigd" in text(conflict)
    assert "Nota B Nota C" in text(conflict)
    again = browser.post(
        here, **{**typed, "documentnaam": "Nota C", "gewijzigdOp": value(conflict, "gewijzigdOp")}
    )
    assert "deels openbaar → openbaar" in text(again)  # the history of the row
    gone = browser.post(f"{here}/weghalen", gewijzigdOp=value(again, "gewijzigdOp"))
    assert "De rij is weggehaald" in text(gone)


def test_what_is_left_over_is_linked_and_unlinked_by_hand(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    base = f"/publicaties/{id}/inventaris"
    first = browser.post(f"{base}/lijst", files=lijst(goed(1), goed(2)))
    browser.post(first.xpath("//form/@action")[0].removeprefix("http://balie"))
    for naam in ("1.pdf", "bijlage.pdf"):
        sent = desk.by(Rol.REDACTEUR).post(
            f"/publicaties/{id}/documenten", data={"officieleTitel": naam}, files=bestand(naam, pdf(naam))
        )
        assert sent.status_code == 201
    page = browser.get(f"{base}/koppelingen")
    assert "2 rijen zonder document" in text(page)
    assert "2 documenten zonder rij" in text(page)
    page = browser.post(f"{base}/koppelingen/opnieuw")
    assert "1 rij is gekoppeld" in text(page)
    [option] = [each for each in page.xpath("//select[@name='document']/option") if "bijlage" in each.text]
    linked = browser.post(f"{base}/koppelingen", regel=value(page, "regel"), document=option.get("value"))
    assert "Rij 2 is gekoppeld" in text(linked)
    assert "Over elk document gaat een rij" in text(linked)
    assert "Kies het document" in text(
        browser.post(f"{base}/koppelingen", status=400, regel=value(page, "regel"))
    )
    loose = browser.post(f"{base}/koppelingen", regel=value(page, "regel"), los="ja")
    assert "Rij 2 is losgemaakt" in text(loose)


def test_the_list_is_taken_away_as_the_public_gets_it(desk: DeskOfTest, id: str) -> None:
    browser = Browser(desk)
    base = f"/publicaties/{id}/inventaris"
    first = browser.post(
        f"{base}/lijst", files=lijst(goed(1), ["2", "+1+1", None, "niet openbaar", "8.8 AWR 67"])
    )
    browser.post(first.xpath("//form/@action")[0].removeprefix("http://balie"))
    content = browser.raw(f"{base}.csv").content.decode("utf-8-sig")
    assert "'+1+1" in content
    assert "artikel 67 Algemene wet inzake rijksbelastingen" in content
    assert browser.raw(f"{base}.xlsx").content.startswith(b"PK")
    made = browser.raw(f"{base}.pdf")
    assert made.headers["content-type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    for ending in ("csv", "xlsx", "pdf"):
        assert desk.by(Rol.LEZER).get(f"{base}.{ending}").status_code == 200
