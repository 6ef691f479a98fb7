"""For editors: the JSON Schema of a policy file, with bounds, units and descriptions."""

import json
from typing import Any

from glasstown.policy.schema import PolicyFile


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12). Editors use it when a policy begins with `#:schema ./policy.schema.json`."""
    schema = PolicyFile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "policy.schema.json",
        **schema,
        "title": "glasstown policy file",
    }


def json_schema_text() -> str:
    """The same as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
