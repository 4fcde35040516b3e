"""The image, built once for these tests; they are collected with `-m prove` alone, because building takes minutes."""

from pathlib import Path

import pytest

from tests.image import containers


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    return None if config.option.markexpr == "prove" else True


@pytest.fixture(scope="session")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    containers.build(root, tmp_path_factory.mktemp("build"))
    return containers.IMAGE
