import json
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from foedus.arrangement.dump import to_plain
from foedus.arrangement.language.keys import all_records, keys_of
from foedus.arrangement.language.schema import DIALECT, SCHEMA_ID, json_schema
from foedus.arrangement.library import library_files, load_from_library
from foedus.cli.commands.arrangement import schema_command
from tests.arrangement.written import SHORT


def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


def plain(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_it_is_a_schema_of_its_dialect() -> None:
    """The schema keeps to draft 2020-12 and has a name of its own."""
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == (DIALECT, SCHEMA_ID)
    assert schema["title"]


@pytest.mark.parametrize("name", library_files())
def test_every_packaged_file_is_valid(name: str) -> None:
    """An editor finds nothing wrong with a packaged file, as it is written and as foedus would write it."""
    written = plain(library_files()[name].read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(written)] == []
    assert [error.message for error in validator().iter_errors(to_plain(load_from_library(name)))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: in_force", "status: inforce"),
        ("name: An example\n", ""),
        ("guarantor:", "guarantors:"),
        ("protected_state: ukraine", "protected_state: []"),
        ("id: example", "id: An Example"),
        ("foedus: 1", "foedus: 2"),
        ("{title: The text}", "{title: The text, url: 'ftp://example.org'}"),
        ("answers: invasion", "answers: war"),
        ("name: An example", "name: 7"),
    ],
)
def test_an_editor_sees_what_the_loader_would_refuse(old: str, new: str) -> None:
    """Misspelt keys and words, missing keys and wrong kinds of value are marked while writing."""
    assert validator().is_valid(plain(SHORT))
    assert not validator().is_valid(plain(SHORT.replace(old, new)))


def test_every_key_has_a_description_and_an_example() -> None:
    """An editor can show for each key what it holds."""
    schema = json_schema()
    for record in all_records():
        properties = (schema if record.__name__ == "Arrangement" else schema["$defs"][record.__name__])["properties"]
        for key in keys_of(record):
            assert properties[key.name]["description"] == key.about
            assert properties[key.name]["examples"] == [key.example]


def test_every_word_has_a_description() -> None:
    """An editor can show for each word what it means."""
    for definition in json_schema()["$defs"].values():
        assert definition["description"]
        assert all(word["description"] for word in definition.get("oneOf", []))


def test_the_command_prints_the_schema() -> None:
    """`foedus schema` prints JSON and nothing else."""
    result = CliRunner().invoke(schema_command, [])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(json.dumps(json_schema()))
