from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACE = " \t\n\r"


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


# Numbers stay as they are written, so that none is rounded or too long to convert.
_decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse)


def top_level_texts(text: str) -> dict[str, str | None]:
    """
    The members of a JSON object as text: strings by their value, null as None, everything else as it is written.

    Raises ValueError where `text` is not one JSON object with distinct keys.
    """
    position = _skip(text, 0)
    if text[position : position + 1] != "{":
        raise ValueError("is not a JSON object")
    members: dict[str, str | None] = {}
    position = _skip(text, position + 1)
    if text[position : position + 1] == "}":
        return _ended(text, position + 1, members)
    while True:
        key, value, position = _member(text, position)
        if key in members:
            raise ValueError(f"has the key `{key}` twice")
        members[key] = value
        position = _skip(text, position)
        separator = text[position : position + 1]
        if separator == "}":
            return _ended(text, position + 1, members)
        if separator != ",":
            raise ValueError(f"is not JSON: a comma or a brace is missing at character {position + 1}")
        position = _skip(text, position + 1)


def is_storable(members: Mapping[str, str | None]) -> bool:
    """Whether all texts are Unicode; an escaped half of a surrogate pair is valid JSON and is not."""
    try:
        for key, value in members.items():
            key.encode()
            if value is not None:
                value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _member(text: str, position: int) -> tuple[str, str | None, int]:
    if text[position : position + 1] != '"':
        raise ValueError(f"is not JSON: a key is missing at character {position + 1}")
    key, position = _decoder.raw_decode(text, position)
    position = _skip(text, position)
    if text[position : position + 1] != ":":
        raise ValueError(f"is not JSON: a colon is missing at character {position + 1}")
    start = _skip(text, position + 1)
    try:
        value, end = _decoder.raw_decode(text, start)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if value is None:
        return key, None, end
    return key, value if text[start] == '"' else text[start:end], end


def _ended(text: str, position: int, members: dict[str, str | None]) -> dict[str, str | None]:
    if _skip(text, position) != len(text):
        raise ValueError(f"is not JSON: there is text after the object at character {position + 1}")
    return members


def _skip(text: str, position: int) -> int:
    while text[position : position + 1] in _SPACE and position < len(text):
        position += 1
    return position
