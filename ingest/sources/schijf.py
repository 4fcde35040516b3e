"""Streams the body of an answer to the disk while it comes in: a file is never whole in memory."""

from pathlib import Path
from typing import Any

from scrapy.core.downloader.handlers import http11
from scrapy.http import Request
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

PAD = "woo_pad"
"""Key in the meta of a request: where its body goes."""


class _Bestand:
    """Stands where Scrapy keeps a body in memory, and writes it to a file."""

    def __init__(self, pad: Path) -> None:
        self._file = pad.open("wb")

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def getvalue(self) -> bytes:
        """The body as far as it is in memory: nothing; it is on the disk now."""
        self._file.close()
        return b""

    def truncate(self, size: int) -> int:
        return self._file.truncate(size)


class _Agent(http11._ScrapyAgent):
    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        pad = request.meta.get(PAD)
        if pad is not None:
            deliver = txresponse.deliverBody

            def to_disk(reader: Any) -> None:
                reader._bodybuf = _Bestand(Path(pad))
                deliver(reader)

            txresponse.deliverBody = to_disk
        return super()._cb_bodyready(txresponse, request)


class Schijfhandler(http11.HTTP11DownloadHandler):
    """Scrapy's own handler for http and https; a request that names a file gets an empty body and that file."""

    async def download_request(self, request: Request) -> Any:
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=0,
            fail_on_dataloss=True,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))
