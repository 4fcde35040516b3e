"""Open what a worker needs, as the settings say."""

from ingest.recognition import NOT_INSTALLED, SWITCHED_OFF, Recognition
from ingest.worker import Worker
from woo.analysis import DutchAnalysis
from woo.analysis.leesbaarheid import Leesbaarheid
from woo.index.house import IndexHouse
from woo.index.open import open_house as open_index_house
from woo.sandbox import Limits, Sandbox
from woo.sandbox.ocr import OcrOptions, tessdata_folder
from woo.settings import Settings, config_folder
from woo.usecases.platform import Platform


def load_analysis() -> DutchAnalysis:
    return DutchAnalysis.load(config_folder() / "zoeken")


def open_house(settings: Settings) -> IndexHouse:
    return open_index_house(settings.index, load_analysis())


def open_sandbox(settings: Settings, *, processes: int | None = None) -> Sandbox:
    """Child processes that read files, within the limits of the settings; the lists in config/ can be read there too."""
    limits = settings.limits
    return Sandbox(
        Limits(
            seconds=limits.seconds,
            memory_bytes=limits.memory_mb * 1024**2,
            pages=limits.pages,
            output_bytes=limits.output_mb * 1024**2,
        ),
        processes=processes or settings.worker.processes,
        code=(config_folder(),),
    )


def open_unpacking(settings: Settings) -> Sandbox:
    """Child processes that take containers apart: one for each level, since the outer ones stay open meanwhile."""
    return open_sandbox(settings, processes=settings.limits.zip_depth + 1)


def open_worker(
    platform: Platform,
    sandbox: Sandbox,
    settings: Settings,
    *,
    processes: int | None = None,
    reads: bool = True,
) -> Worker:
    own = settings.worker.model_copy(update={"processes": processes or settings.worker.processes})
    recognition = open_recognition(settings, sandbox, processes=own.processes) if reads else None
    return Worker(platform, open_house(settings), sandbox, own, reads=reads, recognition=recognition)


def open_recognition(settings: Settings, sandbox: Sandbox, *, processes: int) -> Recognition:
    """What recognises pages, or says why it cannot."""
    ocr = settings.ocr
    folder = tessdata_folder(ocr.languages) if ocr.enabled else None
    options = None
    if folder is not None:
        options = OcrOptions(
            languages=ocr.languages,
            tessdata=folder,
            dpi=ocr.dpi,
            dpi_again=ocr.dpi_again,
            confidence_again=ocr.confidence_again,
            seconds=ocr.seconds,
        )
    return Recognition(
        sandbox,
        Leesbaarheid.load(config_folder() / "zoeken"),
        options,
        pages=ocr.pages,
        processes=processes,
        without=NOT_INSTALLED if ocr.enabled else SWITCHED_OFF,
    )
