"""Log lines on stderr: an event name and keys, as text for people or as JSON for programs.

structlog is loaded with the first line: most commands write none, and it takes as long to load as the rest of one.
"""

import json
import logging
import math
import sys
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger, ProcessorFormatter
    from structlog.typing import EventDict, WrappedLogger

_OURS = ("woo", "ingest", "search_api", "publisher")
_FIRST = ("timestamp", "level", "event")


class LogSettings(Protocol):
    """The part of the settings that log lines need."""

    @property
    def level(self) -> str: ...

    @property
    def format(self) -> str: ...


def configure_logs(settings: LogSettings) -> None:
    """Send all log lines of this process to stderr; calling it again replaces what was there.

    Other packages are heard from `warning` on, whatever the level: their lesser lines hold contents, queries and
    addresses of visitors, which have no place in a log.
    """
    handler = _StderrHandler()
    handler.setFormatter(_Formatter(as_json=settings.format == "json"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in _OURS:
        logging.getLogger(package).setLevel(settings.level.upper())


def get_logger(name: str) -> "BoundLogger":
    """Return the logger of a module (`get_logger(__name__)`): `log.info("index_skipped", reason="not_public")`.

    Logging never raises for what is in a value: bytes, broken characters and line breaks come out escaped. Keys never
    hold contents of documents, names of persons, or secrets.
    """
    return cast("BoundLogger", _Logger(name))


class _Logger:
    """Stands for a logger of structlog, made when the first line of a level that is heard is written."""

    def __init__(self, name: str) -> None:
        self._plain = logging.getLogger(name)
        self._made: BoundLogger | None = None

    def __getattr__(self, method: str) -> Any:
        if self._made is None:
            level = logging.getLevelName(method.upper())
            if isinstance(level, int) and not self._plain.isEnabledFor(level):
                return _unheard
            self._made = _bound_logger(self._plain)
        return getattr(self._made, method)


def _unheard(*_event: object, **_keys: object) -> None:
    return None


def _bound_logger(plain: logging.Logger) -> "BoundLogger":
    import structlog

    logger = structlog.wrap_logger(
        plain,
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return cast("BoundLogger", logger)


class _Formatter(logging.Formatter):
    """Stands for the formatter of structlog, made for the first line."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        return self._made.format(record)

    @cached_property
    def _made(self) -> "ProcessorFormatter":
        import structlog

        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _printable,
                _as_json if self._as_json else _as_text,
            ],
        )


class _StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to what is stderr at that moment, also when it was redirected after the start."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def _printable(_logger: "WrappedLogger", _method: str, event: "EventDict") -> "EventDict":
    return {_line(str(key)): _plain(value) if key != "exception" else value for key, value in event.items()}


def _plain(value: object) -> Any:
    """Turn any value into JSON values whose texts are printable on one line."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return _line(value.decode("utf-8", "backslashreplace"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_line(str(_plain(key))): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    try:
        return _line(str(value))
    except Exception as error:
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"


def _line(text: str) -> str:
    """Escape what cannot be printed: line breaks, control codes, the surrogates of a file name that is not UTF-8."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def _as_json(_logger: "WrappedLogger", _method: str, event: "EventDict") -> str:
    ordered = {key: event[key] for key in _FIRST if key in event} | dict(event)
    if "exception" in ordered:
        ordered["exception"] = "\n".join(_line(line) for line in ordered["exception"].split("\n"))
    return json.dumps(ordered, ensure_ascii=False)


def _as_text(_logger: "WrappedLogger", _method: str, event: "EventDict") -> str:
    """Write `time level event key=value …`; the lines of a traceback follow, indented, so none passes for a log line."""
    exception = event.pop("exception", None)
    head = f"{event.pop('timestamp', '-')} {event.pop('level', '-'):<8} {event.pop('event', '-')}"
    line = " ".join([head, *(f"{key}={_value(value)}" for key, value in event.items())])
    return line if exception is None else "\n    ".join([line, *map(_line, exception.split("\n"))])


def _value(value: object) -> str:
    plain = isinstance(value, str) and value and not any(char in ' "=' for char in value)
    return str(value) if plain else json.dumps(value, ensure_ascii=False)
