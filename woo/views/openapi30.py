"""Says in OpenAPI 3.0 what pydantic says in JSON Schema of 2020: the NL API Design Rules 2.1 are checked on 3.0."""

from typing import Any

VERSION = "3.0.3"
_NULL = {"type": "null"}


def downgraded(node: Any) -> Any:
    """Return a description in which nothing is said in words that 3.0 does not have.

    `nullable` stands for a null type, `example` for `examples`, `allOf` around a `$ref` that has words beside it, and
    `items` for the types by place of a list; what holds for the names of an object has no words in 3.0 and is left out.
    """
    if isinstance(node, list):
        return [downgraded(part) for part in node]
    if not isinstance(node, dict):
        return node
    said = {key: downgraded(value) for key, value in node.items()}
    choices = said.get("anyOf")
    if isinstance(choices, list) and _NULL in choices:
        said = _nullable(said, [choice for choice in choices if choice != _NULL])
    examples = said.get("examples")
    if isinstance(examples, list) and examples:
        del said["examples"]
        said["example"] = examples[0]
    if isinstance(said.get("propertyNames"), dict):
        del said["propertyNames"]
    places = said.get("prefixItems")
    if isinstance(places, list):
        del said["prefixItems"]
        kinds = [place for number, place in enumerate(places) if place not in places[:number]]
        said["items"] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if isinstance(said.get("$ref"), str) and len(said) > 1:
        said["allOf"] = [{"$ref": said.pop("$ref")}]
    return said


def _nullable(said: dict[str, Any], choices: list[dict[str, Any]]) -> dict[str, Any]:
    rest = {key: value for key, value in said.items() if key not in ("anyOf", "default")}
    if len(choices) == 1 and "$ref" not in choices[0]:
        return {**choices[0], **rest, "nullable": True}
    return {**rest, "nullable": True, ("allOf" if len(choices) == 1 else "anyOf"): choices}
