import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from woo.logs import configure_logs, get_logger
from woo.settings import load_settings


@dataclass(frozen=True)
class _Logging:
    level: str = "info"
    format: str = "text"


@pytest.fixture(autouse=True)
def _leave_logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for package in ("woo", "ingest", "search_api", "publisher"):
        logging.getLogger(package).setLevel(logging.NOTSET)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_a_line_is_time_level_event_and_keys_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(_Logging())
    get_logger("woo.proef").info("index_skipped", reason="not_public", document="7f", paginas=3, leeg="")
    [line] = _lines(capsys)
    stamp, rest = line.split(" ", 1)
    assert datetime.fromisoformat(stamp).tzinfo == UTC
    assert rest == 'info     index_skipped reason=not_public document=7f paginas=3 leeg="" logger=woo.proef'


def test_json_lines_hold_the_same_keys(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(_Logging(format="json"))
    get_logger("ingest.worker").warning(
        "job_failed", attempts=2, op=datetime(2026, 1, 2, tzinfo=UTC), van={"a": {1}}
    )
    [line] = _lines(capsys)
    event = json.loads(line)
    assert list(event)[:3] == ["timestamp", "level", "event"]
    del event["timestamp"]
    assert event == {
        "level": "warning",
        "event": "job_failed",
        "attempts": 2,
        "op": "2026-01-02T00:00:00+00:00",
        "van": {"a": [1]},
        "logger": "ingest.worker",
    }


def test_the_settings_of_an_installation_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(
        load_settings({"WOO_LOGGING__LEVEL": "error", "WOO_LOGGING__FORMAT": "json"}, cwd=tmp_path).logging
    )
    log = get_logger("publisher.auth")
    log.warning("unheard")
    log.error("heard")
    assert [json.loads(line)["event"] for line in _lines(capsys)] == ["heard"]


def test_other_packages_are_heard_from_warning_on_even_at_debug(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(_Logging(level="debug"))
    get_logger("search_api.routes").debug("ours")
    logging.getLogger("httpx").info("GET https://voorbeeld.nl/?zoek=naam")
    logging.getLogger("httpx").warning("slow %s", "host")
    lines = _lines(capsys)
    assert [line.split()[2] for line in lines] == ["ours", "slow"]
    assert lines[1].endswith("warning  slow host logger=httpx")


def test_configuring_again_does_not_double_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log = get_logger("woo.proef")
    for _ in range(3):
        configure_logs(_Logging())
    log.info("once")
    assert len(_lines(capsys)) == 1


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (os.fsdecode(b"besluit-\xff.pdf"), "besluit-\\udcff.pdf"),
        (Path(os.fsdecode(b"/in/\xfe")), "/in/\\udcfe"),
        (b"\xff\x00abc", "\\xff\\x00abc"),
        ("a\r\n2026-01-01T00:00:00Z info login_ok", "a\\r\\n2026-01-01T00:00:00Z info login_ok"),
        ("\x1b[31mrood", "\\x1b[31mrood"),
        ("\u2028\u202e", "\\u2028\\u202e"),
        ("gewoon é ☂", "gewoon é ☂"),
        (float("nan"), "nan"),
    ],
)
def test_odd_values_come_out_escaped_on_one_line(
    capsys: pytest.CaptureFixture[str], value: object, shown: str, form: str
) -> None:
    configure_logs(_Logging(format=form))
    get_logger("woo.proef").info("file_seen", naam=value)
    [line] = _lines(capsys)
    line.encode("utf-8")
    if form == "json":
        assert json.loads(line)["naam"] == shown
    else:
        assert shown in line.replace("\\\\", "\\")


_VALUES = st.recursive(
    st.none() | st.integers() | st.floats() | st.binary() | st.text(st.characters()) | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.binary() | st.text(st.characters()), inner),
    max_leaves=8,
)


@given(event=st.text(st.characters()), value=_VALUES, form=st.sampled_from(["text", "json"]))
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_logged_gives_one_line_of_utf8(
    capsys: pytest.CaptureFixture[str], event: str, value: object, form: str
) -> None:
    configure_logs(_Logging(format=form))
    get_logger("woo.proef").info(event, waarde=value)
    err = capsys.readouterr().err
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1
    assert "Logging error" not in err
    err.encode("utf-8")
    if form == "json":
        json.loads(err, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


def test_a_value_that_cannot_be_shown_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("stuk")

    configure_logs(_Logging())
    get_logger("woo.proef").info("seen", waarde=Broken())
    assert 'waarde="<Broken that cannot be shown: RuntimeError>"' in _lines(capsys)[0]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_traceback_cannot_pass_for_a_log_line(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure_logs(_Logging(format=form))
    try:
        raise ValueError("een\nzogenaamde regel \udcff")
    except ValueError:
        get_logger("woo.proef").exception("job_failed", document="7f")
    lines = _lines(capsys)
    assert "\\udcff" in lines[-1]
    if form == "json":
        assert "ValueError: een\nzogenaamde regel" in json.loads(lines[0])["exception"]
    else:
        assert "job_failed document=7f" in lines[0]
        assert len(lines) > 3
        assert all(line.startswith("    ") for line in lines[1:])


def test_keys_bound_to_the_context_are_on_each_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(_Logging())
    with structlog.contextvars.bound_contextvars(verzoek="r1"):
        get_logger("search_api.routes").info("answered")
    get_logger("search_api.routes").info("idle")
    lines = _lines(capsys)
    assert "verzoek=r1" in lines[0]
    assert "verzoek" not in lines[1]


def test_nothing_goes_to_stdout_before_logs_are_configured(root: Path) -> None:
    code = "from woo.logs import get_logger; log = get_logger('woo.x'); log.info('i'); log.warning('w', naam='\\udcff')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == ""
    assert "'w'" in done.stderr


def test_an_ascii_stderr_is_no_reason_to_fail(root: Path) -> None:
    code = (
        "from types import SimpleNamespace as N; from woo.logs import *;"
        "configure_logs(N(level='info', format='text')); get_logger('woo.x').info('seen', naam='é \\udcff')"
    )
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, check=True, timeout=60
    )
    assert b"Logging error" not in done.stderr
    assert b"\\xe9" in done.stderr
