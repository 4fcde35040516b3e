"""What the child processes of the registry's tests do; at module level, so that a fresh process can find it."""

from datetime import timedelta
from multiprocessing.connection import Connection

from tests.contract.registry_contract import KEY, NOW, document, event, publicatie, wens
from woo.domain.document import Pagina
from woo.domain.events import Jobsoort
from woo.registry import Registry
from woo.registry.database import Database


def create(url: str, pipe: Connection) -> None:
    """Create the registry, whoever else does."""
    pipe.recv()
    with Registry.create(url, key=KEY) as registry, registry.read() as reading:
        pipe.send(len(reading.publicaties()))


def work(url: str, pipe: Connection) -> None:
    """Claim and strike until nothing is left; tell what was claimed."""
    done: list[str] = []
    with Registry.open(url, key=KEY) as registry:
        pipe.recv()
        while jobs := registry.jobs.claim(
            str(id(pipe)), now=NOW, soorten=list(Jobsoort), limit=7, lease=timedelta(hours=1)
        ):
            done += [job.object_id for job in jobs]
            lost = registry.jobs.done(jobs, now=NOW)
            if lost:
                raise RuntimeError(f"lost {lost}")
    pipe.send(done)


def number(url: str, pipe: Connection) -> None:
    """Add documents with the next number, one transaction each."""
    with Registry.open(url, key=KEY) as registry:
        name = pipe.recv()
        for count in range(20):
            with registry.transaction() as tx:
                tx.save_document(document(f"{name}{count}", tx.next_volgnummer("p1"), bestand=None))
                tx.record(event(object_id=f"{name}{count}"))
            registry.log.seal(KEY)
    pipe.send("done")


def hang_in_a_transaction(url: str, pipe: Connection) -> None:
    """Write more than the page cache holds, so that some of it is on disk, and never commit."""
    with Registry.open(url, key=KEY) as registry, registry.transaction() as tx:
        tx.save_publicatie(publicatie("p2"))
        tx.save_document(document("half", 1, publicatie_id="p2"))
        tx.save_pages("half", [Pagina(nummer, "tekst " * 10_000, "pdf") for nummer in range(1, 301)])
        tx.want(wens("half"), now=NOW)
        pipe.send("in the middle")
        pipe.recv()


def compare_connections(inherited: tuple[Database, object], pipe: Connection) -> None:
    """Tell whether a forked process gets the very connection that its parent had."""
    database, of_parent = inherited
    with database.read() as connection:
        pipe.send(connection.connection.driver_connection is of_parent)
