import re
from pathlib import Path

from click.testing import CliRunner

from foedus.arrangement.language.keys import Record, keys_of
from foedus.arrangement.language.new import USUAL, write_skeleton
from foedus.arrangement.library import library_files
from foedus.arrangement.load import load, loads
from foedus.arrangement.record import Arrangement
from foedus.cli.commands.arrangement import new_command


def in_use(text: str) -> str:
    """Put every key at rest to use."""
    return re.sub(r"(?m)^(\s*)#(?=[^ \n])", r"\1", text)


def paths_of(record: Record, place: str = "") -> set[str]:
    paths = {f"{place}.{key.name}".removeprefix(".") for key in keys_of(record)}
    for key in keys_of(record):
        if key.record is not None:
            paths |= paths_of(key.record, f"{place}.{key.name}".removeprefix("."))
    return paths


def test_the_skeleton_loads() -> None:
    """Whoever starts from the skeleton starts without findings."""
    assert loads(write_skeleton()).commitments


def test_the_skeleton_loads_with_every_key_in_use() -> None:
    """The examples in the skeleton fit together: with all keys put to use there is still no finding."""
    whole = loads(in_use(write_skeleton()))
    assert whole.deployments
    assert whole.outcome is not None


def test_the_skeleton_names_every_key_and_says_what_it_holds() -> None:
    """No key of the language is missing, and each has a comment above it."""
    lines = write_skeleton().splitlines()
    for path in paths_of(Arrangement):
        name = path.split(".")[-1]
        places = [n for n, line in enumerate(lines) if re.match(rf"\s*#?(- )?{name}:", line)]
        assert places, path
        assert all(lines[n - 1].lstrip().startswith("# ") for n in places), path
    assert len([line for line in lines if re.match(r"\s*#?(- )?[a-z_]+:", line)]) == len(paths_of(Arrangement))


def test_what_stands_ready_is_part_of_the_language() -> None:
    """The list of keys that stand ready names keys that exist."""
    assert paths_of(Arrangement) >= USUAL


def test_the_command_prints_the_skeleton() -> None:
    """`foedus new` prints a file to start from."""
    assert CliRunner().invoke(new_command, []).stdout == write_skeleton()


def test_the_command_writes_a_file_that_loads(tmp_path: Path) -> None:
    """`foedus new --output` writes the file and says how to go on."""
    file = tmp_path / "mine.yaml"
    result = CliRunner().invoke(new_command, ["--output", str(file)])
    assert result.exit_code == 0
    assert "foedus show" in result.stdout
    assert load(file) == loads(write_skeleton())


def test_the_command_overwrites_nothing(tmp_path: Path) -> None:
    """Somebody's work is not lost to a skeleton."""
    file = tmp_path / "mine.yaml"
    file.write_text("my work", encoding="utf-8")
    result = CliRunner().invoke(new_command, ["--output", str(file)])
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert file.read_text(encoding="utf-8") == "my work"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path that cannot be written is a message and no traceback."""
    result = CliRunner().invoke(new_command, ["--output", str(tmp_path / "nowhere" / "mine.yaml")])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_text_of_the_library_is_a_beginning(tmp_path: Path) -> None:
    """`foedus new --from` copies it under the name of the file, as a proposal, and says where it was taken from."""
    file = tmp_path / "our-draft.yaml"
    result = CliRunner().invoke(new_command, ["--from", "ukraine/minsk_osce_2015", "--output", str(file)])
    assert result.exit_code == 0, result.output
    copied, original = load(file), load(library_files()["ukraine/minsk_osce_2015"])
    assert (copied.id, copied.status) == ("our_draft", "hypothetical")
    assert copied.commitments == original.commitments
    assert file.read_text(encoding="utf-8").startswith("# Taken from minsk_osce_2015")


def test_without_a_file_the_copy_is_called_mine() -> None:
    """An id of its own, so that it can be compared with what it was taken from."""
    printed = CliRunner().invoke(new_command, ["--from", "ukraine/minsk_osce_2015"]).stdout
    assert loads(printed).id == "my_minsk_osce_2015"
    assert CliRunner().invoke(new_command, ["--from", "ukraine/no_such_text"]).exit_code == 2
