"""Open what a worker needs, as the settings say."""

from ingest.worker import Worker
from woo.analysis import DutchAnalysis
from woo.index.house import IndexHouse
from woo.index.open import open_house as open_index_house
from woo.sandbox import Limits, Sandbox
from woo.settings import Settings, config_folder
from woo.usecases.platform import Platform


def load_analysis() -> DutchAnalysis:
    return DutchAnalysis.load(config_folder() / "zoeken")


def open_house(settings: Settings) -> IndexHouse:
    return open_index_house(settings.index, load_analysis())


def open_sandbox(settings: Settings, *, processes: int | None = None) -> Sandbox:
    """Child processes that read files, within the limits of the settings."""
    limits = settings.limits
    return Sandbox(
        Limits(
            seconds=limits.seconds,
            memory_bytes=limits.memory_mb * 1024**2,
            pages=limits.pages,
            output_bytes=limits.output_mb * 1024**2,
        ),
        processes=processes or settings.worker.processes,
    )


def open_worker(
    platform: Platform,
    sandbox: Sandbox,
    settings: Settings,
    *,
    processes: int | None = None,
    reads: bool = True,
) -> Worker:
    own = settings.worker.model_copy(update={"processes": processes or settings.worker.processes})
    return Worker(platform, open_house(settings), sandbox, own, reads=reads)
