from __future__ import annotations

import json
from typing import NoReturn


class Number(str):
    """A JSON number as it is written."""

    __slots__ = ()


def parse_document(body: bytes) -> object:
    """A JSON document whose numbers are kept as they are written. ValueError where it is none, or repeats a key in an object."""
    try:
        return json.loads(
            body.decode("utf-8-sig"),
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def as_text(value: object) -> str | None:
    """A value as the text of a column: a string by its value, null as None, anything else as JSON."""
    if value is None:
        return None
    return str(value) if isinstance(value, str) else as_json(value)


def as_json(value: object) -> str:
    """The JSON text of a parsed value."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:{as_json(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(as_json(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def signature(value: object) -> str:
    """A text by which values that land alike are told from others; much faster than as_json."""
    return json.dumps(value, ensure_ascii=True)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("an object has a key twice")
    return members
