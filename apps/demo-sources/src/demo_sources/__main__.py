from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from demo_sources.deliver import deliver
from demo_sources.faults import ALL_FAULTS, parse_faults
from demo_sources.months import DATA_YEAR, Month, parse_month
from demo_sources.prepare import prepare
from demo_sources.serve import HTTP_FAULTS, parse_http_faults, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: `python -m demo_sources prepare|serve|deliver|run`."""
    options = _parser().parse_args(arguments)
    verbs = {"prepare": _prepare, "serve": _serve, "deliver": _deliver, "run": _run}
    try:
        return verbs[options.verb](options)
    except (ValueError, FileNotFoundError, psycopg.Error) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _prepare(options: argparse.Namespace) -> int:
    prepared = prepare(options.into, *_months(options), options.seed, parse_faults(options.faults))
    _answer({"written": prepared.written, "unchanged": prepared.unchanged})
    return 0


def _deliver(options: argparse.Namespace) -> int:
    done = deliver(options.into, *_months(options), options.seed, parse_faults(options.faults), options.postgresql)
    written = done.prepared.written if done.prepared else []
    _answer({"until": str(done.until), "written": written, "loaded": done.loaded})
    return 0


def _run(options: argparse.Namespace) -> int:
    """The server takes this process's place, so that it does not keep the memory that the preparation took."""
    parse_http_faults(options.http_faults)
    _deliver(options)
    sys.stdout.flush()
    where = ["--from", str(options.into), "--host", options.host, "--port", str(options.port)]
    how = ["--seed", str(options.seed), "--faults", options.http_faults]
    os.execv(sys.executable, [sys.executable, "-m", "demo_sources", "serve", *where, *how])


def _serve(options: argparse.Namespace) -> int:
    serve(options.source, options.port, options.seed, parse_http_faults(options.faults), options.host)
    return 0


def _months(options: argparse.Namespace) -> tuple[Month, Month]:
    first = Month(options.start_year, 1)
    last = Month(options.start_year + options.years - 1, 12)
    chosen_first = parse_month(options.first) if options.first else first
    chosen_last = parse_month(options.until) if options.until else last
    if not first <= chosen_first <= chosen_last <= last:
        raise ValueError(f"The data runs from {first} to {last}; `--years` and `--start-year` widen it.")
    return chosen_first, chosen_last


def _answer(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="demo_sources", description="Plays the sources of the flights domain.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("prepare", help="write the files, the database and the data of the weather API")
    write.add_argument("--into", type=Path, required=True, help="folder to write to")
    _add_choice(write, {})
    run = verbs.add_parser("serve", help="serve the weather API and print its URL as a line of JSON")
    run.add_argument("--from", dest="source", type=Path, required=True, help="folder that `prepare` wrote")
    run.add_argument("--seed", type=int, default=7, help="of the faults")
    run.add_argument("--faults", default="none", help=f"none, or some of: {','.join(HTTP_FAULTS)}")
    _add_address(run)
    bring = verbs.add_parser("deliver", help="prepare, and load the operational database into PostgreSQL; nothing is taken back")
    both = verbs.add_parser("run", help="deliver, then serve")
    for verb in (bring, both):
        into = os.environ.get("DEMO_INTO")
        verb.add_argument("--into", type=Path, default=into, required=into is None, help="folder to write to, or DEMO_INTO")
        verb.add_argument("--postgresql", default=os.environ.get("DEMO_POSTGRESQL"), help="URL of the database, or DEMO_POSTGRESQL")
        _add_choice(verb, os.environ)
    both.add_argument("--http-faults", default="none", help="see serve --faults")
    _add_address(both)
    return parser


def _add_choice(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    """What is delivered; in a container the environment says so too."""
    parser.add_argument("--from", dest="first", help=f"first month, {DATA_YEAR}-01 unless given")
    parser.add_argument("--until", default=environment.get("DEMO_UNTIL"), help=f"last month, {DATA_YEAR}-12 unless given")
    seed, faults = environment.get("DEMO_SEED") or "7", environment.get("DEMO_FAULTS") or "default"
    parser.add_argument("--seed", type=int, default=seed, help="of the fault injector: the same seed gives the same bytes")
    parser.add_argument("--faults", default=faults, help=f"default, none, or some of: {','.join(ALL_FAULTS)}")
    parser.add_argument("--years", type=int, default=1, help="repeat the year so many times, each a year later")
    parser.add_argument("--start-year", type=int, default=DATA_YEAR, help="the first year")


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")


if __name__ == "__main__":
    sys.exit(main())
