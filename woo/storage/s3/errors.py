"""Says in our words what an S3 store, or the way to it, refused; its own texts can hold keys and are never passed on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from obstore.exceptions import BaseError

from woo.domain.errors import Unavailable

_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
_MACHINE_KEYS = "169.254.169.254"
_KEY = frozenset({"401", "403"})
_PLACE = frozenset(
    {"AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """What an error names: the part, and the settings to look at."""

    part: str
    bucket: str
    endpoint: str
    setting: str
    key_setting: str
    seconds: float

    def unavailable(self, error: Exception) -> Unavailable:
        return Unavailable(self.part, self._why(str(error)))

    def nothing_there(self) -> Unavailable:
        return Unavailable(
            self.part, f"there is no public store at this address; look at {self.setting}, and start a worker"
        )

    def _why(self, text: str) -> str:
        if _MACHINE_KEYS in text:
            return f"Amazon gives this machine no key; set storage.{self.key_setting}"
        code, status = _first(_CODE, text), _first(_STATUS, text)
        if code == "NoSuchBucket":
            return f"there is no bucket {self.bucket}; look at {self.setting}"
        if code in _PLACE or status in ("301", "307"):
            return f"the bucket is in another region ({code or status}); look at storage.s3_region"
        if status in _KEY:
            return f"the store refuses the key ({code or status}); look at storage.{self.key_setting} and its rights"
        if status == "404":
            return f"something that was there is gone ({code or status})"
        if status:
            return f"the store answered {status}{f' {code}' if code else ''}"
        if "kind: Timeout" in text or "timed out" in text:
            return (
                f"{self.endpoint} did not answer within {self.seconds:g} seconds; "
                "look at storage.s3_endpoint and storage.s3_seconds"
            )
        return f"no connection to {self.endpoint}; look at storage.s3_endpoint"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Turn what obstore raises into Unavailable, also that something is not there."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise place.unavailable(error) from None


def is_absent(error: FileNotFoundError) -> bool:
    """Whether it is the object that is not there, and not its bucket."""
    return _first(_CODE, str(error)) != "NoSuchBucket"


def refused(error: BaseError, status: str) -> bool:
    """Whether the store answered with this status."""
    return _first(_STATUS, str(error)) == status
