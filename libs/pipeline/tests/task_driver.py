"""A task as a process, on a platform whose object store is a folder; it kills itself with SIGKILL, or waits, at a chosen point."""

from __future__ import annotations

import os
import sys
import threading
import time
import uuid
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from killed_driver import die, kill_before_record, kill_inside_commit

from lakehouse_pipeline import open_deployment, opened_context, platform_deployment
from lakehouse_pipeline.command_line import main
from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.events import print_event
from lakehouse_pipeline.ledger_address import ledger_address
from lakehouse_pipeline.platform_deployment import PlatformDeployment
from lakehouse_pipeline.warehouse import Warehouse


def start() -> int:
    folder, point, words = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    kind, _, what = point.partition(":")

    def deployment(options: Namespace) -> Deployment:
        opened = PlatformDeployment(options.owner, options.keep)
        opened.warehouse = Warehouse(f"{folder}/")
        return opened

    def emit(event: Mapping[str, object]) -> None:
        print_event(event)
        if what == f"{event['event']}/{event.get('step')}/{event.get('subject')}":
            if kind == "event":
                die()
            elif kind == "wait":
                time.sleep(600)

    own = {"dbname": os.environ["LAKEHOUSE_TEST_DATABASE"]}
    setattr(platform_deployment, "ledger_address", lambda: {**ledger_address(), **own})  # noqa: B010
    # The ledgers of several tests are copies of one, with the same numbers, and share a server.
    platform_deployment._SESSIONS = uuid.uuid5(platform_deployment._SESSIONS, os.environ["LAKEHOUSE_TEST_DATABASE"])
    open_deployment._platform = deployment
    setattr(opened_context, "print_event", emit)  # noqa: B010
    if kind == "record":
        name, _, count = what.partition("#")
        kill_before_record(name, int(count or 1))
    elif kind == "commit":
        threading.Thread(target=kill_inside_commit, args=(folder / what,), daemon=True).start()
    return main(words)


if __name__ == "__main__":
    code = start()
    sys.stdout.flush()
    os._exit(code)
