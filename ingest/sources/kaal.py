"""A bare Scrapy spider that downloads a list of addresses into a folder: what `woo bench harvest` is held against."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response


class Kaal(scrapy.Spider):
    """Downloads every address of a file."""

    name = "kaal"

    def __init__(self, adressen: Path, folder: Path, **_: Any) -> None:
        super().__init__()
        self._adressen = adressen
        self._folder = folder

    async def start(self) -> AsyncIterator[Request]:
        for url in self._adressen.read_text("utf-8").split():
            yield Request(url)

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        (self._folder / response.url.rpartition("/")[2]).write_bytes(response.body)
        yield from ()


if __name__ == "__main__":
    at_once = int(sys.argv[3])
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "CONCURRENT_REQUESTS": at_once,
            "CONCURRENT_REQUESTS_PER_DOMAIN": at_once,
            "DOWNLOAD_DELAY": 0,
        }
    )
    process.crawl(Kaal, adressen=Path(sys.argv[1]), folder=Path(sys.argv[2]))
    process.start()
