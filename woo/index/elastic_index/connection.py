"""Asks Elasticsearch: waits and tries again within limits, and says in our words why there is no answer."""

import json
import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import elasticsearch
from elastic_transport import JsonSerializer
from elasticsearch import ApiError, Elasticsearch

from woo.domain.errors import InvalidValue, Unavailable
from woo.index.elastic_index.engine import Engine

Answer = dict[str, Any]

_CONNECTIONS = 32
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_BUSY = frozenset({429, 502, 503})
"""What another try may heal; 504 is the engine's own time limit, so trying again would double it."""

_TOO_MUCH = (
    "too_many_clauses",
    "too_many_nested_clauses",
    "too_complex_to_determinize",
    "tooComplexToDeterminize",
)


class Missing(Unavailable):
    """There is no index or alias of this name: none yet, or another one took its place just now."""


class TooBig(Unavailable):
    """The request is larger than the engine takes."""


class Busy(Unavailable):
    """The engine has no room for this request now."""


class _Serializer(JsonSerializer):
    """Writes plain ASCII, so that half a surrogate pair is an escape and not broken UTF-8."""

    def json_dumps(self, data: Any) -> bytes:
        return dumps(data)


def dumps(data: Any) -> bytes:
    """Return JSON in ASCII without spaces."""
    return json.dumps(data, separators=(",", ":")).encode("ascii")


class Connection:
    """A pool of connections to one engine; may be shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        own = _Serializer()
        self._client = Elasticsearch(
            engine.address,
            api_key=engine.api_key.get_secret_value() or None,
            ssl_context=engine.ssl_context(),
            request_timeout=engine.timeout,
            connections_per_node=_CONNECTIONS,
            max_retries=0,
            retry_on_timeout=False,
            serializers=dict.fromkeys(("application/json", "application/vnd.elasticsearch+json"), own),
        )

    @property
    def engine_time(self) -> str:
        """How long the engine itself may work at one question: a little less than we wait for it."""
        return f"{max(int(self._engine.timeout * 900), 1)}ms"

    def ask(
        self, what: Callable[[Elasticsearch], Any], *, patient: bool = False, retries: int | None = None
    ) -> Answer:
        """Return the engine's answer to a request that may be repeated.

        An engine that cannot be reached or is busy is asked again after growing pauses. A request that got no answer in
        time is only repeated by the `patient`: a visitor should not wait that long.

        Raises:
            Unavailable: with the reason; InvalidValue for a question that the engine cannot be asked.
        """
        tries = 1 + (self._engine.retries if retries is None else retries)
        for attempt in range(tries):
            try:
                return dict(what(self._client).body)
            except elasticsearch.ConnectionTimeout as error:
                problem, again = self._too_slow(error), patient
            except elasticsearch.SSLError as error:
                raise self._not_trusted(error) from error
            except elasticsearch.ConnectionError as error:
                problem, again = self._unreachable(error), True
            except ApiError as error:
                problem, again = self._refused(error), error.meta.status in _BUSY
                problem.__cause__ = error
            except (elasticsearch.TransportError, elasticsearch.SerializationError) as error:
                raise Unavailable(
                    "index", f"{self._engine.address} answers in a way that is not understood"
                ) from error
            if not again or attempt == tries - 1:
                raise problem
            pause(attempt)
        raise AssertionError("unreachable")

    def _too_slow(self, error: Exception) -> Exception:
        return _because(
            Unavailable(
                "index",
                f"Elasticsearch at {self._engine.address} gave no answer in {self._engine.timeout:g} s",
            ),
            error,
        )

    def _unreachable(self, error: Exception) -> Exception:
        return _because(
            Unavailable(
                "index", f"Elasticsearch at {self._engine.address} cannot be reached; is it running?"
            ),
            error,
        )

    def _not_trusted(self, error: Exception) -> Exception:
        return Unavailable(
            "index",
            f"the certificate of Elasticsearch at {self._engine.address} is not trusted ({error});"
            " name its authority in WOO_INDEX__CA_FILE",
        )

    def _refused(self, error: ApiError) -> Exception:
        if isinstance(error, elasticsearch.UnsupportedProductError):
            return Unavailable("index", f"what answers at {self._engine.address} is not Elasticsearch 9")
        return refusal(error.meta.status, error.body)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def refusal(status: int, body: object) -> Exception:
    """Say what an error of the engine means; its text never holds our headers, so no key either."""
    kind, why = _reason(status, body)
    if status in (401, 403) and kind != "cluster_block_exception":
        return Unavailable("index", f"Elasticsearch refuses the key of WOO_INDEX__API_KEY for this: {why}")
    if status == 404:
        return Missing("index", f"Elasticsearch has no such index: {why}")
    if status == 413:
        return TooBig("index", "the request is larger than Elasticsearch takes (http.max_content_length)")
    if status == 429:
        return Busy("index", f"Elasticsearch is busy: {why}")
    if any(sign in kind or sign in why for sign in _TOO_MUCH):
        return InvalidValue(
            "zoek", "…", "Elasticsearch cannot look for so much at once; ask a shorter question"
        )
    if kind == "too_many_buckets_exception":
        return InvalidValue("facetten", "…", "they have too many values together; narrow the search first")
    return Unavailable("index", f"Elasticsearch says: {kind}: {why}")


def pause(attempt: int) -> None:
    """Wait before another try, longer each time and never as long as another process does."""
    time.sleep(min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE) * random.uniform(0.75, 1.25))  # noqa: S311


def _because(problem: Exception, error: Exception) -> Exception:
    problem.__cause__ = error
    return problem


def _reason(status: int, body: object) -> tuple[str, str]:
    """Return the kind and the sentence that lie deepest in an error of the engine."""
    found = body.get("error") if isinstance(body, dict) else None
    if not isinstance(found, dict):
        return "", str(found or f"status {status}")[:300]
    kind, why = str(found.get("type", "")), str(found.get("reason", ""))
    roots = found.get("root_cause") or []
    deepest = roots[0] if roots else found
    while isinstance(deepest.get("caused_by"), dict):
        deepest = deepest["caused_by"]
    return str(deepest.get("type", kind)), str(deepest.get("reason") or why)[:300]
