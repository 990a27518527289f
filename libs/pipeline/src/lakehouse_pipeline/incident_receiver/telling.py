"""Passes incidents on to a webhook: each state of each incident at least once, also where the webhook was away for a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

import requests

from lakehouse_pipeline.database import Row, statement
from lakehouse_pipeline.ledger import Ledger

Tell = Callable[[Mapping[str, object]], bool]
"""Posts one message; False where it could not be delivered."""

_TIMEOUT_SECONDS = 10
# What is older was news before there was a webhook.
_NEWS = timedelta(days=1)


def tell_all(ledger: Ledger, tell: Tell) -> int:
    """Tells of what was not told yet, the oldest first, and returns how many messages went out. Stops at one that does not."""
    since = (datetime.now(timezone.utc) - _NEWS).isoformat(timespec="milliseconds")
    news = "select * from incidents where (told is null or told <> status) and last_seen >= ? order by last_seen, id"
    count = 0
    for row in ledger.rows(news, since):
        # One that was opened and resolved before anybody was told of it is no news.
        if not (row["told"] is None and row["status"] == "resolved") and not tell(message(row)):
            return count
        ledger.write(statement("update incidents set told = ? where id = ?", row["status"], row["id"]))
        count += 1
    return count


def message(row: Row) -> dict[str, object]:
    """An incident as a chat takes it (`text`, in Slack's markup), with its fields for programs."""
    mark = {"open": ":red_circle:", "acknowledged": ":large_orange_circle:", "resolved": ":large_green_circle:"}.get(
        row["status"], ":bell:"
    )
    text = f"{mark} *{row['table_name']}* {row['dimension']}: incident {row['status']} ({row['severity']})\n{row['description']}"
    names = (
        "id",
        "source",
        "table_name",
        "dimension",
        "severity",
        "status",
        "description",
        "failed_checks",
        "run",
        "first_seen",
        "last_seen",
    )
    return {"text": text, **{name: row[name] for name in names}}


def webhook(url: str) -> Tell:
    """Posts to a URL, whose parts may be secret: nothing of it is ever printed."""

    def tell(body: Mapping[str, object]) -> bool:
        try:
            return requests.post(url, json=body, timeout=_TIMEOUT_SECONDS).ok
        except requests.RequestException:
            return False

    return tell
