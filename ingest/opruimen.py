"""Finishes destructions that were approved: files out of the archive, index built anew, free space written over, statement made."""

import time
from collections.abc import Sequence

from woo.domain.errors import WooError
from woo.domain.events import Jobsoort
from woo.domain.ingreep import Ingreep
from woo.logs import get_logger
from woo.usecases.platform import Platform
from woo.usecases.vernietiging import conclude, finish, objects_of
from woo.views.verklaring import statement

_EVERY = 2.0
_log = get_logger(__name__)


class Opruimer:
    """Part of the writer, so that one process at a time does it. What fails is logged, and tried again at the next turn."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._next = 0.0

    def turn(self, *, now: bool = False) -> None:
        """Look now and then whether there is something to finish; with `now` at once."""
        if not now and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        with self._platform.registry.read() as reading:
            unfinished = reading.intrekkingen.unfinished()
        if not unfinished:
            return
        try:
            done = [finish(self._platform, one) if one.te_wissen else one for one in unfinished]
            if self._waits(done):
                return
            if self._platform.registry.scrub():
                for one in done:
                    self._conclude(one)
        except (WooError, OSError) as error:
            _log.error("destruction_not_finished", why=str(error))

    def _waits(self, unfinished: Sequence[Ingreep]) -> bool:
        """Whether index or store may still hold something of these: work on them waits."""
        if self._platform.registry.jobs.waiting(soorten=[Jobsoort.REINDEX]):
            return True
        with self._platform.registry.read() as reading:
            busy = reading.objects_with_jobs()
        return any(id in busy for one in unfinished for id in objects_of(one))

    def _conclude(self, one: Ingreep) -> None:
        nu, lijst = self._platform.now(), self._platform.lijsten.organisaties
        code = one.organisatie or ""
        organisatie = lijst.get(code).naam if code in lijst else code or "(onbekend)"
        conclude(self._platform, one, statement(one, organisatie=organisatie, nu=nu))
        _log.info("destroyed", ingreep=one.id)
