"""`python -m lakehouse_pipeline.incident_receiver`: serves until it is asked to end."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from types import FrameType

from lakehouse_pipeline.incident_receiver.server import PORT, incident_server
from lakehouse_pipeline.incident_receiver.telling import tell_all, webhook
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.ledger_address import ledger_address
from lakehouse_pipeline.postgresql_database import PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.settings import setting

_PAUSE_SECONDS = 10
_LOG = logging.getLogger(__name__)


def main() -> None:
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    ledger = Ledger(PostgresqlDatabase(ledger_address(), ledger_schema()))
    server = incident_server(ledger, "0.0.0.0", int(setting("LAKEHOUSE_INCIDENT_PORT", str(PORT))))
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    threading.Thread(target=server.serve_forever, daemon=True, name="server").start()
    url = setting("LAKEHOUSE_INCIDENT_WEBHOOK", "off")
    _LOG.info("listening on %s; incidents are %spassed on", server.server_address[1], "not " if url == "off" else "")
    while not ended.wait(_PAUSE_SECONDS):
        if url != "off":
            _tell(ledger, url)
    server.shutdown()
    ledger.close()


def _tell(ledger: Ledger, url: str) -> None:
    try:
        if told := tell_all(ledger, webhook(url)):
            _LOG.info("%s passed on", told)
    except LakehouseError as error:
        # The ledger is away for a while; what is to be told stands in it.
        _LOG.warning("%s", error)


if __name__ == "__main__":
    main()
