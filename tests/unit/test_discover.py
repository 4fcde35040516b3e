"""What is found below the paths that were given, in a fixed order, under keys that never meet."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.discover import discover, key_of, label_of, title_of


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_file_given_by_itself_is_a_publicatie_named_after_it(tmp_path: Path) -> None:
    make(tmp_path, "Besluit_op_verzoek.pdf")
    (found,) = discover([tmp_path / "Besluit_op_verzoek.pdf"])
    assert found.groep.titel == "Besluit op verzoek"
    assert found.groep.bron == f"bestand:{tmp_path}/Besluit_op_verzoek.pdf"
    assert (found.pad, found.problem) == ("Besluit_op_verzoek.pdf", None)


def test_files_in_the_folder_are_one_publicatie_and_each_folder_in_it_is_one(tmp_path: Path) -> None:
    make(tmp_path, "los.pdf", "b/1.pdf", "b/diep/2.pdf", "a/3.pdf")
    found = list(discover([tmp_path]))
    assert [item.pad for item in found] == ["a/3.pdf", "b/1.pdf", "b/diep/2.pdf", "los.pdf"]
    groups = {item.pad: item.groep.titel for item in found}
    assert groups["b/1.pdf"] == groups["b/diep/2.pdf"] == "b"
    assert groups["a/3.pdf"] == "a"
    assert groups["los.pdf"] == " ".join(tmp_path.name.replace("_", " ").split())


def test_the_order_does_not_depend_on_the_order_of_making(tmp_path: Path) -> None:
    make(tmp_path, "z.pdf", "A.pdf", "m/2.pdf", "m/1.pdf", "é.pdf")
    assert [item.pad for item in discover([tmp_path])] == ["A.pdf", "m/1.pdf", "m/2.pdf", "z.pdf", "é.pdf"]


def test_a_path_with_dots_and_a_path_without_have_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "map/a.pdf")
    monkeypatch.chdir(tmp_path)
    keys = {
        next(discover([path])).sleutel
        for path in (Path("map"), Path("./map/../map"), tmp_path / "map", Path("map/a.pdf"))
    }
    assert len(keys) == 1


def test_what_is_no_regular_file_is_named_and_not_opened(tmp_path: Path) -> None:
    make(tmp_path, "goed.pdf")
    (tmp_path / "link.pdf").symlink_to("goed.pdf")
    (tmp_path / "dood.pdf").symlink_to("weg.pdf")
    (tmp_path / "kring").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pijp")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)
        try:
            listener.bind("stekker")
        finally:
            os.chdir(here)
        found = {item.pad: item for item in discover([tmp_path])}
    assert {pad for pad, item in found.items() if item.problem is None} == {"goed.pdf"}
    assert all(item.state == "skipped" for pad, item in found.items() if pad != "goed.pdf")
    assert "symbolic link" in str(found["kring"].problem)
    assert "not a regular file" in str(found["pijp"].problem)


def test_a_path_that_is_gone_is_one_item_with_the_reason(tmp_path: Path) -> None:
    (found,) = discover([tmp_path / "weg.pdf"])
    assert found.problem == "the file could not be read: No such file or directory"
    assert found.state == "quarantined"


def test_a_folder_too_deep_for_the_system_is_an_item_and_the_rest_is_found(tmp_path: Path) -> None:
    here = os.getcwd()  # noqa: PTH109 - pathlib cannot go deeper than a path may be long
    os.chdir(tmp_path)
    try:
        for _ in range(20):
            os.mkdir("d" * 250)  # noqa: PTH102
            os.chdir("d" * 250)
    finally:
        os.chdir(here)
    make(tmp_path, "z/goed.pdf")
    found = list(discover([tmp_path]))
    assert found[-1].pad == "z/goed.pdf"
    assert [item.problem for item in found[:-1]] == ["the folder could not be read: File name too long"]


def test_a_folder_named_like_a_zip_with_its_separator_has_other_keys_than_the_members() -> None:
    folder = key_of(Path("/in/dossier.zip!/brief.pdf"))
    member = key_of(Path("/in/dossier.zip")) + "!/brief.pdf"
    assert folder != member


_NAMES = st.binary(min_size=1, max_size=12).filter(lambda name: not {0, 0x2F} & set(name))


@settings(deadline=None)
@given(_NAMES, _NAMES)
def test_two_names_never_share_a_key_and_a_key_is_plain_text(one: bytes, other: bytes) -> None:
    first, second = (key_of(Path(os.fsdecode(name))) for name in (one, other))
    assert first.isascii()
    assert first.isprintable()
    assert (first == second) == (Path(os.fsdecode(one)) == Path(os.fsdecode(other)))


@settings(deadline=None)
@given(_NAMES)
def test_a_label_and_a_title_are_one_line_that_any_program_can_write(name: bytes) -> None:
    for text in (label_of(os.fsdecode(name)), title_of(os.fsdecode(name))):
        assert text.isprintable()
        assert text.encode("utf-8")
    assert title_of(os.fsdecode(name)).strip()


@pytest.mark.parametrize("name", ["", "_", "___", "  ", " _ "])
def test_a_name_without_letters_still_gives_a_title(name: str) -> None:
    assert title_of(name) == "zonder naam"
