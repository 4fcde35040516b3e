"""Publication at a chosen minute: nothing is public before it, it happens once, and what is wrong by then is told."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.op_tijd import OpTijd
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation
from woo.domain.besluit import Uitkomst
from woo.domain.bevinding import Unpublishable
from woo.domain.errors import Refused
from woo.domain.events import Actie
from woo.domain.planning import Planstaat
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.opschorting import suspend_document
from woo.usecases.planning import cancel_plan, plan_publication
from woo.usecases.procedure import decide_procedure, register_procedure
from woo.usecases.publicatie import change_publicatie, publish
from woo.usecases.verzoek import NieuwBesluit, register_besluit, register_verzoek

START = datetime(2036, 3, 3, 9, 0, tzinfo=UTC)


class Clock:
    """A clock of the whole installation that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home`: a concept with two documents that were read."""
    root = tmp_path_factory.mktemp("planned")
    for name in ("dossier", "home"):
        (root / name).mkdir()
    write_pdf(root / "dossier" / "besluit.pdf", ["Besluit\nHet college besluit over kwartelwei."])
    write_pdf(root / "dossier" / "advies.pdf", ["Advies\nOver de zilverreiger."])
    with Installation(root / "home") as installation:
        installation.platform = replace(installation.platform, now=Clock())
        installation.ingest(root / "dossier", publish=False)
    return root


@pytest.fixture
def concept(template: Path, tmp_path: Path) -> Iterator[Installation]:
    home = shutil.copytree(template / "home", tmp_path / "home")
    with Installation(home) as installation:
        installation.platform = replace(installation.platform, now=Clock())
        yield installation


def clock(installation: Installation) -> Clock:
    now = installation.platform.now
    assert isinstance(now, Clock)
    return now


def publicatie_id(installation: Installation) -> str:
    with installation.platform.registry.read() as reading:
        return reading.publicaties()[0].id


def status(installation: Installation) -> Publicatiestatus:
    with installation.platform.registry.read() as reading:
        return reading.publicaties()[0].status


def document_named(installation: Installation, naam: str) -> str:
    with installation.platform.registry.read() as reading:
        return next(d.id for d in reading.documents() if d.bestand and d.bestand.naam == naam)


def actions(installation: Installation, id: str) -> list[Actie]:
    with installation.platform.registry.read() as reading:
        return [event.actie for event in reading.events(object_id=id)]


def test_a_planned_publication_is_public_from_its_minute_on_and_not_before(concept: Installation) -> None:
    id, visitor = publicatie_id(concept), concept.public()
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    concept.work()
    assert visitor.zoek("kwartelwei")["totaal"] == 0
    clock(concept).now = START + timedelta(minutes=59)
    concept.work()
    assert status(concept) is Publicatiestatus.CONCEPT
    clock(concept).now = START + timedelta(hours=1)
    concept.work()
    assert visitor.zoek("kwartelwei")["totaal"] == 1
    with concept.platform.registry.read() as reading:
        plan = reading.publiceren.plan(id)
    assert plan is not None
    assert (plan.staat, plan.te_laat) == (Planstaat.UITGEVOERD, None)


def test_a_worker_that_was_down_at_the_minute_publishes_at_once_and_says_so(concept: Installation) -> None:
    id = publicatie_id(concept)
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    clock(concept).now = START + timedelta(hours=5)
    concept.work()
    with concept.platform.registry.read() as reading:
        plan = reading.publiceren.plan(id)
        assert reading.publicatie(id).eerste_publicatie == START + timedelta(hours=5)
    assert plan is not None
    assert plan.te_laat == timedelta(hours=4)


def test_two_workers_publish_it_once(concept: Installation) -> None:
    id = publicatie_id(concept)
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    clock(concept).now = START + timedelta(hours=1)
    one, other = (OpTijd(concept.platform, TESTER) for _ in range(2))
    lease = timedelta(seconds=30)
    assert [one.turn(owner="een", lease=lease), other.turn(owner="twee", lease=lease)] == [True, False]
    assert actions(concept, id).count(Actie.PUBLICATIE_PUBLISHED) == 1


def test_what_is_moved_waits_for_the_new_minute_and_what_is_cancelled_stays_a_concept(
    concept: Installation,
) -> None:
    id = publicatie_id(concept)
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=3))
    clock(concept).now = START + timedelta(hours=2)
    concept.work()
    assert status(concept) is Publicatiestatus.CONCEPT
    cancel_plan(concept.platform, TESTER, id)
    clock(concept).now = START + timedelta(hours=4)
    concept.work()
    assert status(concept) is Publicatiestatus.CONCEPT
    with pytest.raises(Refused, match="geannuleerd"):
        cancel_plan(concept.platform, TESTER, id)


def test_what_is_wrong_by_then_is_told_and_nothing_is_public(concept: Installation) -> None:
    id, visitor = publicatie_id(concept), concept.public()
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    with concept.platform.registry.transaction() as tx:
        tx.save_publicatie(replace(tx.publicatie(id), publisher=None))
    clock(concept).now = START + timedelta(hours=1)
    concept.work()
    assert visitor.zoek("kwartelwei")["totaal"] == 0
    with concept.platform.registry.read() as reading:
        plan = reading.publiceren.plan(id)
    assert plan is not None
    assert (plan.staat, plan.redenen) == (Planstaat.MISLUKT, ("geen_publisher",))
    change_publicatie(concept.platform, TESTER, id, publisher="gm0153")
    publish(concept.platform, TESTER, id)
    assert status(concept) is Publicatiestatus.GEPUBLICEERD


def test_under_embargo_nobody_publishes_earlier(concept: Installation) -> None:
    id = publicatie_id(concept)
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1), embargo=True)
    with pytest.raises(Unpublishable, match="embargo"):
        publish(concept.platform, TESTER, id)
    plan_publication(concept.platform, TESTER, id, op=START + timedelta(hours=1))
    publish(concept.platform, TESTER, id)
    assert actions(concept, id)[-2:] == [Actie.PLAN_CANCELLED, Actie.PUBLICATIE_PUBLISHED]


def test_a_document_that_waits_is_shown_on_its_day(concept: Installation) -> None:
    id, visitor = publicatie_id(concept), concept.public()
    waits = document_named(concept, "advies.pdf")
    suspend_document(concept.platform, TESTER, waits, tot=date(2036, 3, 16))
    publish(concept.platform, TESTER, id)
    concept.work()
    assert (visitor.zoek("zilverreiger")["totaal"], visitor.zoek("kwartelwei")["totaal"]) == (0, 1)
    clock(concept).now = datetime(2036, 3, 15, 22, 59, tzinfo=UTC)
    concept.work()
    assert visitor.zoek("zilverreiger")["totaal"] == 0
    clock(concept).now = datetime(2036, 3, 15, 23, 0, tzinfo=UTC)  # midnight in the Netherlands
    concept.work()
    [hit] = visitor.zoek("zilverreiger")["resultaten"]
    assert hit["publicatiedatum"] == "2036-03-15T23:00:00Z"
    history = visitor.get(f"/v1/publicaties/{id}").json()["geschiedenis"]
    assert [(each["op"], each["document"]) for each in history if each["document"]] == [
        ("2036-03-15T23:00:00Z", waits)
    ]


def test_a_document_stays_hidden_while_the_court_was_asked_to_wait(concept: Installation) -> None:
    platform, id = concept.platform, publicatie_id(concept)
    verzoek = register_verzoek(
        platform,
        TESTER,
        kenmerk="Z-1",
        onderwerp="Natuur",
        ontvangen_op=date(2036, 2, 4),
        organisatie="gm0153",
    )
    besluit = register_besluit(
        platform, TESTER, verzoek.id, NieuwBesluit("B-1", date(2036, 3, 1), Uitkomst.OPENBAAR, None, id)
    )
    waits = document_named(concept, "advies.pdf")
    suspend_document(platform, TESTER, waits, tot=date(2036, 3, 16))
    publish(platform, TESTER, id)
    clock(concept).now = datetime(2036, 3, 10, 9, 0, tzinfo=UTC)
    order = register_procedure(
        platform, TESTER, besluit.id, soort=Proceduresoort.VOORLOPIGE_VOORZIENING, datum=date(2036, 3, 9)
    )
    clock(concept).now = datetime(2036, 3, 17, 9, 0, tzinfo=UTC)
    concept.work()
    visitor = concept.public()
    assert visitor.zoek("zilverreiger")["totaal"] == 0
    assert actions(concept, waits)[-1] is Actie.RELEASE_HELD_BACK
    clock(concept).now = datetime(2036, 3, 18, 9, 0, tzinfo=UTC)
    decide_procedure(platform, TESTER, order.id, uitkomst=Procedureuitkomst.AFGEWEZEN, op=date(2036, 3, 18))
    concept.work()
    assert visitor.zoek("zilverreiger")["totaal"] == 1
