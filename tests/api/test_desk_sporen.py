"""What the log keeps of those who look and of those who are refused: one line for each, on every route and page of the desk."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from starlette.routing import BaseRoute, Route

from publisher.balie.register import DELEN
from publisher.problems import lowest_role
from tests.api.desk import DeskOfTest, TestClient, open_desk
from tests.browser.balie_desk import Balie, fill
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.registry import LoggedEvent, Logvraag
from woo.usecases.rechten import MATRIX, Handeling

OWN = ("/mijn", "/hervat/", "/aanmelden", "/uitnodiging/", "/inzage/", "/static/", "/afmelden")
"""Pages that are of who is logged in, or of nobody yet: no right is asked of them."""
ROLLEN = list(Rol)


@pytest.fixture(scope="module")
def balie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balie]:
    with open_desk(tmp_path_factory.mktemp("balie")) as desk:
        yield fill(desk)


def at_desk(balie: Balie, rol: Rol) -> TestClient:
    client = balie.desk.by(rol)
    client.base_url = "http://balie"  # type: ignore[assignment]
    client.follow_redirects = False
    return client


def last(desk: DeskOfTest) -> int:
    """The number of the last line of the log."""
    with desk.platform.registry.read() as reading:
        return reading.found_events(Logvraag(), before=2**62, limit=1)[0].volgnummer


def since(desk: DeskOfTest, before: int) -> list[LoggedEvent]:
    with desk.platform.registry.read() as reading:
        return reading.found_events(Logvraag(), after=before)


def pages_of(balie: Balie) -> list[str]:
    """One address of every page for who is logged in."""
    return [
        each.path
        for each in balie.bladen
        if each.form is None and each.wie == "anna" and each.status == 200 and not each.path.startswith(OWN)
    ]


def routes_of(routes: list[BaseRoute]) -> Iterator[Route]:
    for route in routes:
        if isinstance(route, Route):
            yield route


def test_a_page_opens_for_whom_the_matrix_lets_in_and_a_refusal_is_one_line(balie: Balie) -> None:
    """What the line names as refused is what the matrix does not let this role do."""
    refused = 0
    for path in pages_of(balie):
        for rol in ROLLEN:
            before = last(balie.desk)
            answer = at_desk(balie, rol).get(path)
            lines = [line for line in since(balie.desk, before) if line.actie is Actie.HANDELING_GEWEIGERD]
            if answer.status_code == 200:
                assert lines == [], f"{rol} {path}"
                break  # what a role may, those above it may
            refused += 1
            assert answer.status_code == 403, f"{rol} {path}: {answer.status_code}"
            assert len(since(balie.desk, before)) == len(lines) == 1, f"{rol} {path}"
            regel = MATRIX[Handeling(str(lines[0].details["handeling"]))]
            needed = {regel.recht, regel.openbaar} - {None}
            assert any(ROLLEN.index(lowest_role(recht)) > ROLLEN.index(rol) for recht in needed if recht)
    assert refused > 20


def test_a_key_without_any_action_gets_no_page_and_no_form_through_and_each_attempt_is_one_line(
    balie: Balie,
) -> None:
    desk = balie.desk
    ends = desk.clock() + timedelta(days=1)
    _, secret = desk.platform.registry.keys.create(
        "niets", Rol.BEHEERDER, now=desk.clock(), vervalt_op=ends, handelingen=frozenset({"geen"})
    )
    client = desk.client(f"Bearer {secret}")
    client.base_url = "http://balie"  # type: ignore[assignment]
    client.follow_redirects = False
    seen, wrong = 0, []
    for deel in DELEN:
        for route in routes_of(deel.router.routes):
            path = re.sub(r"{[^}]*}", "bestaat-niet", route.path.replace("{versie}", "1"))
            if path.startswith(OWN):
                continue
            for method in sorted((route.methods or set()) - {"HEAD"}):
                before = last(desk)
                sent = (
                    {"headers": {"Content-Type": "application/x-www-form-urlencoded"}}
                    if method == "POST"
                    else {}
                )
                answer = client.request(method, path, **sent)  # type: ignore[arg-type]
                acties = [line.actie for line in since(desk, before)]
                if (answer.status_code, acties) != (403, [Actie.HANDELING_GEWEIGERD]):
                    wrong.append((f"{method} {path}", answer.status_code, acties))
                seen += 1
    assert wrong == []
    assert seen > 100


def test_every_page_and_route_about_what_is_not_public_leaves_a_reading(balie: Balie) -> None:
    unnoted = []
    for path in pages_of(balie):
        id = about(balie, path)
        if id is None:
            continue
        balie.desk.clock.forward(minutes=16)
        before = last(balie.desk)
        assert at_desk(balie, Rol.BEHEERDER).get(path).status_code == 200
        read = [line.object_id for line in since(balie.desk, before) if line.actie is Actie.CONCEPT_GELEZEN]
        if id not in read or len(read) != len(set(read)):
            unnoted.append((path, read))
    assert unnoted == []


def about(balie: Balie, path: str) -> str | None:
    """The publicatie or document that an address is about, when it is not public."""
    parts = urlsplit(path).path.split("/")
    if len(parts) < 3 or parts[1] not in ("publicaties", "documenten") or parts[2] == "nieuw":
        return None
    with balie.desk.platform.registry.read() as reading:
        if parts[1] == "publicaties":
            return None if reading.publicatie(parts[2]).status == "gepubliceerd" else parts[2]
        document, publicatie = reading.document_with_publicatie(parts[2])
    shown = publicatie.status == "gepubliceerd" and document.intrekking is None
    return None if shown else parts[2]
