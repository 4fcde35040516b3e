"""Makes the two API keys of Elasticsearch: one that may write our indices, and one that may only read them.

Runs once before the services start, and again at every start: a key that still works stays. The password of the user
`elastic` is known to this script alone, so no service can do more in Elasticsearch than its key allows.
"""

import argparse
import base64
import http.client
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SECONDS = 30.0
_CLUSTER = ["monitor"]
_RIGHTS = {"write": ["all"], "read": ["read", "view_index_metadata", "monitor"]}


class KeyFailure(Exception):
    """A key could not be made; says why."""


class Elasticsearch:
    """The few requests that making keys needs."""

    def __init__(self, url: str, password: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise KeyFailure(f"{url!r} was refused: accepted is http://host:9200 or https://host:9200")
        self._kind: type[http.client.HTTPConnection] = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._host, self._port = parts.hostname, parts.port or 9200
        self._where = f"{self._host}:{self._port}"
        self._basic = "Basic " + base64.b64encode(f"elastic:{password}".encode()).decode()

    def works(self, key: str) -> bool:
        """Whether a key is known and in force."""
        status, _ = self._ask("GET", "/_security/_authenticate", authorization=f"ApiKey {key}")
        if status not in (200, 401):
            raise KeyFailure(f"Elasticsearch at {self._where} answers {status} to a check of a key")
        return status == 200

    def renew(self, name: str, rights: list[str], pattern: str) -> str:
        """End the keys of this name and make a new one; returns it as the header wants it."""
        self._as_elastic("DELETE", {"name": name, "owner": True}, missing_is_fine=True)
        index = {"names": [pattern], "privileges": rights}
        role = {"cluster": _CLUSTER, "indices": [index]}
        encoded = self._as_elastic("POST", {"name": name, "role_descriptors": {name: role}}).get("encoded")
        if not isinstance(encoded, str):
            raise KeyFailure(f"Elasticsearch at {self._where} gave no key; version 8 or newer is needed")
        return encoded

    def _as_elastic(self, method: str, body: object, *, missing_is_fine: bool = False) -> dict[str, Any]:
        status, answer = self._ask(method, "/_security/api_key", authorization=self._basic, body=body)
        if status == 401:
            raise KeyFailure(f"Elasticsearch at {self._where} refuses the password of the user elastic")
        if status != 200 and not (missing_is_fine and status == 404):
            raise KeyFailure(f"Elasticsearch at {self._where} answers {status} to {method} of an API key")
        return answer

    def _ask(
        self, method: str, path: str, *, authorization: str, body: object = None
    ) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": authorization, "Content-Type": "application/json"}
        connection = self._kind(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise KeyFailure(f"Elasticsearch at {self._where} does not answer: {error}") from error
        finally:
            connection.close()
        try:
            answer = json.loads(content)
        except ValueError:
            answer = {}
        return response.status, answer if isinstance(answer, dict) else {}


def ensure_key(elasticsearch: Elasticsearch, purpose: str, file: Path, pattern: str) -> bool:
    """Make the key of this file when it is not there or does not work; returns whether it was made."""
    if file.exists() and elasticsearch.works(file.read_text("ascii").strip()):
        return False
    key = elasticsearch.renew(f"woo-{purpose}", _RIGHTS[purpose], pattern)
    temporary = file.with_name(f"{file.name}.new")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    temporary.write_text(key, "ascii")
    temporary.chmod(0o400)
    temporary.replace(file)
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of Elasticsearch, http or https")
    parser.add_argument("--password-file", required=True, type=Path, help="password of the user elastic")
    parser.add_argument("--pattern", required=True, help="names of our indices and aliases, such as woo-*")
    for purpose in _RIGHTS:
        parser.add_argument(f"--{purpose}", required=True, type=Path, help=f"file for the key to {purpose}")
    given = parser.parse_args()
    try:
        elasticsearch = Elasticsearch(given.url, given.password_file.read_text("utf-8").strip())
        for purpose in _RIGHTS:
            file: Path = getattr(given, purpose)
            made = ensure_key(elasticsearch, purpose, file, given.pattern)
            sys.stderr.write(f"index_keys: {purpose}: {'made' if made else 'kept'} {file}\n")
    except KeyFailure as error:
        sys.exit(f"index_keys: {error}")
    except OSError as error:
        sys.exit(f"index_keys: {error.filename}: {error.strerror}")


if __name__ == "__main__":
    main()
