"""From folders to PostgreSQL, Elasticsearch and S3 by one command, and back from a backup of those."""

from pathlib import Path

import pytest
import yaml

from tests.api.pdfs import write_pdf
from tests.flow.engines import Place
from tests.flow.installation import TESTER, Installation
from woo.usecases.intrekking import withdraw

pytestmark = [pytest.mark.needs(part) for part in ("elasticsearch", "postgresql", "s3")]
pytestmark.append(pytest.mark.embedded)


def config_of(environ: dict[str, str]) -> str:
    """The same settings as a file."""
    sections: dict[str, dict[str, str]] = {}
    for variable, value in environ.items():
        section, _, key = variable.removeprefix("WOO_").lower().partition("__")
        sections.setdefault(section, {})[key] = value
    return yaml.safe_dump(sections)


def test_an_installation_moves_to_the_engines_by_one_command_and_a_backup_of_it_comes_back_to_folders(
    installation: Installation, engine_place: Place, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(8):
        write_pdf(folder / f"stuk-{number}.pdf", [f"Stuk {number}\nOver kwartelwei.", "Bijlage\nKaart."])
    installation.ingest(folder)
    gone = min(installation.public().ids("kwartelwei"))
    withdraw(installation.platform, TESTER, gone, reden="Er stond een naam in.")
    installation.work()
    before = installation.public().zoek("kwartelwei", aantal="100", sorteer="titel")

    config = tmp_path / "engines.yaml"
    config.write_text(config_of(engine_place()))
    moved = installation.command("move", str(config))
    assert moved.returncode == 0, moved.stderr.decode()
    assert "1 publicaties, 8 documents, 8 files" in moved.stdout.decode()

    engines = Installation(installation.home, WOO_CONFIG=str(config))
    assert engines.command("verify").stdout == b"0 differences\n"
    with engines:
        visitor = engines.public()
        after = visitor.zoek("kwartelwei", aantal="100", sorteer="titel")
        assert visitor.get(f"/v1/documenten/{gone}").status_code == 410
    assert [hit["id"] for hit in after["resultaten"]] == [hit["id"] for hit in before["resultaten"]]
    assert after["facetten"] == before["facetten"]

    assert engines.command("backup", str(tmp_path / "backup.woo")).returncode == 0
    (tmp_path / "again").mkdir()
    again = Installation(tmp_path / "again")
    assert again.command("restore", str(tmp_path / "backup.woo")).returncode == 0
    assert again.command("verify").stdout == b"0 differences\n"
    with again:
        assert again.public().zoek("kwartelwei")["totaal"] == before["totaal"] == 7
