"""JSON Schema of the language, for editors and for programs that write arrangements."""

import inspect
import json
from typing import Any

from foedus.arrangement.language.keys import all_records, all_words
from foedus.arrangement.load import adapter
from foedus.arrangement.record import LANGUAGE_VERSION
from foedus.values.word import Word

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = f"urn:foedus:arrangement:{LANGUAGE_VERSION}"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an arrangement file.

    What only the loader can tell, such as whether a party takes part or a duration can be read, is not in it.
    """
    schema = adapter().json_schema()
    definitions = schema.pop("$defs")
    for record in all_records():
        definitions.get(record.__name__, schema)["description"] = inspect.getdoc(record)
    for words in all_words():
        definitions[words.__name__] = _word_schema(words)
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        **schema,
        "title": "Arrangement of security guarantees",
        "$defs": definitions,
    }


def write_json_schema() -> str:
    """Write the JSON Schema as text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _word_schema(words: type[Word]) -> dict[str, Any]:
    """List the words one by one, so that an editor can show the meaning of each."""
    return {
        "title": words.__name__,
        "description": inspect.getdoc(words),
        "type": "string",
        "oneOf": [{"const": word.value, "description": word.meaning} for word in words],
    }
