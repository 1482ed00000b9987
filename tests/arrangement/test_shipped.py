"""Files that ship are read by a quicker parser, which must make of them what the strict one makes."""

from importlib.resources import files
from pathlib import Path

import pytest

from foedus.text.quick_tree import quick_tree
from foedus.text.source import read_shipped, read_source, read_source_file

ROOT = Path(str(files("foedus")))
SHIPPED = sorted(each for part in ("library", "parameters", "checks") for each in (ROOT / part).rglob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_both_parsers_make_the_same_of_what_ships(file: Path) -> None:
    """Values and places are the same, and neither finds anything wrong."""
    text = file.read_text(encoding="utf-8")
    quick, strict = read_shipped(text), read_source(text, file="")
    assert quick_tree(text) is not None
    assert quick.data == strict.data
    assert quick.marks == strict.marks
    assert quick.findings == strict.findings == []


def test_a_text_of_a_user_is_read_strictly(tmp_path: Path) -> None:
    """What YAML 1.1 reads otherwise is told for a file of a user, who has not tested it."""
    file = tmp_path / "mine.yaml"
    file.write_text("foedus: 1 # read\nid: mine\nname: no\n", encoding="utf-8")
    assert [str(each.code) for each in read_source_file(file).findings] == ["surprising-word"]


def test_an_alias_gives_the_entry_that_it_names() -> None:
    """The quicker parser keeps aliases, and hands what it cannot read to the strict one."""
    assert read_shipped("one: &a {x: 1}\ntwo: *a\n").data == {"one": {"x": 1}, "two": {"x": 1}}
    assert quick_tree("one: [1, 2") is None
    assert [str(each.code) for each in read_shipped("one: [1, 2").findings] == ["not-yaml"]
