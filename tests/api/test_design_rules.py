"""Both API descriptions pass the linter of the NL API Design Rules (Spectral, with the ruleset of the standard itself)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.desk import open_desk
from tests.api.site import PublicSite
from woo.domain.actor import Rol

pytestmark = [pytest.mark.needs("npm"), pytest.mark.needs("shared")]
LOCK = Path(__file__).parent.parent / "spectral"


@pytest.fixture(scope="module")
def spectral(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The linter, installed from the lock file in a folder of its own."""
    folder = tmp_path_factory.mktemp("spectral")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCK / name, folder / name)
    done = subprocess.run(["npm", "ci"], cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return folder / "node_modules" / ".bin" / "spectral"


def errors_of(spectral: Path, shared: Path, described: Path) -> list[str]:
    """What the ruleset calls an error; warnings are for people to weigh."""
    ruleset = shared / "standards" / "adr" / "adr-v2.1.0-spectral.yml"
    words = [spectral, "lint", "--ruleset", ruleset, "--format", "json", "--quiet", described]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    found = json.loads(done.stdout.split("\nNo results", 1)[0] or "[]")
    return [f"{'/'.join(map(str, one['path']))}: {one['code']}" for one in found if one["severity"] == 0]


def test_the_description_of_the_public_api_passes(
    spectral: Path, shared: Path, site: PublicSite, tmp_path: Path
):
    described = tmp_path / "openbaar.json"
    described.write_bytes(site.visitor.get("/v1/openapi.json").content)
    assert errors_of(spectral, shared, described) == []


def test_the_description_of_the_desk_passes(spectral: Path, shared: Path, tmp_path: Path):
    described = tmp_path / "balie.json"
    with open_desk(tmp_path, environ={"WOO_SITE__CONTACT": "woo@zuiderveld.example"}) as desk:
        described.write_bytes(desk.by(Rol.LEZER).get("/openapi.json").content)
    assert errors_of(spectral, shared, described) == []


def test_a_description_that_breaks_the_rules_does_not_pass(spectral: Path, shared: Path):
    bad = shared / "standards" / "adr" / "sample-bad-openapi.yaml"
    assert len(errors_of(spectral, shared, bad)) == 2
