"""The image, built once for these tests; they are collected with `-m prove` alone, because building takes minutes."""

import socket
from pathlib import Path

import pytest

from tests.image import containers


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    return None if config.option.markexpr == "prove" else True


@pytest.fixture(scope="session")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    containers.build(root, tmp_path_factory.mktemp("build"))
    return containers.IMAGE


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
