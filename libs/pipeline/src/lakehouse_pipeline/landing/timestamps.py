from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_TIMESTAMP = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:(?P<separator>[T ])(?P<time>\d\d:\d\d(?P<seconds>:\d\d)?)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


def parse_timestamp(text: str) -> datetime:
    """The moment that an ISO 8601 date or timestamp names; UTC where it names no zone. ValueError where it is neither."""
    match = _match(text)
    moment = _local(match)
    try:
        return moment.replace(tzinfo=_zone(match["zone"])).astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError(f"`{text}` lies outside of the years 1 to 9999") from error


def earlier(text: str, seconds: int) -> str:
    """The timestamp so many seconds earlier, written in the same form, so that a database compares both as it does its own."""
    match = _match(text)
    if match["separator"] is None:
        return f"{_local(match) - timedelta(seconds=seconds):%Y-%m-%d}"
    moment = _local(match) - timedelta(seconds=seconds)
    clock = "%H:%M:%S" if match["seconds"] or seconds % 60 else "%H:%M"
    return f"{moment:%Y-%m-%d}{match['separator']}{moment.strftime(clock)}{match['fraction'] or ''}{match['zone'] or ''}"


def _match(text: str) -> re.Match[str]:
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is no ISO 8601 timestamp")
    return match


def _local(match: re.Match[str]) -> datetime:
    """The moment as its clock shows it, to the microsecond."""
    time = match["time"] or "00:00"
    moment = datetime.fromisoformat(f"{match['date']}T{time}")
    return moment.replace(microsecond=int((match["fraction"] or ".0")[1:7].ljust(6, "0")))


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return timezone.utc
    digits = text.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-offset if text[0] == "-" else offset)
