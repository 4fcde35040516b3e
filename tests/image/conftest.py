"""The image, built once for these tests; they belong to `make prove`, because building takes minutes."""

import os
import socket
from pathlib import Path

import pytest

from tests.image import containers

collect_ignore_glob = [] if os.environ.get("WOO_PROVE") == "1" else ["test_*.py"]


@pytest.fixture(scope="session")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    containers.build(root, tmp_path_factory.mktemp("build"))
    return containers.IMAGE


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
