from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from demo_sources.faults import ALL_FAULTS, parse_faults
from demo_sources.months import DATA_YEAR, Month, parse_month
from demo_sources.prepare import prepare
from demo_sources.serve import HTTP_FAULTS, parse_http_faults, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: `python -m demo_sources prepare|serve`."""
    options = _parser().parse_args(arguments)
    try:
        return _serve(options) if options.verb == "serve" else _prepare(options)
    except (ValueError, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _prepare(options: argparse.Namespace) -> int:
    first = Month(options.start_year, 1)
    last = Month(options.start_year + options.years - 1, 12)
    chosen_first = parse_month(options.first) if options.first else first
    chosen_last = parse_month(options.until) if options.until else last
    if not first <= chosen_first <= chosen_last <= last:
        raise ValueError(f"The data runs from {first} to {last}; `--years` and `--start-year` widen it.")
    prepared = prepare(options.into, chosen_first, chosen_last, options.seed, parse_faults(options.faults))
    sys.stdout.write(json.dumps({"written": prepared.written, "unchanged": prepared.unchanged}) + "\n")
    return 0


def _serve(options: argparse.Namespace) -> int:
    serve(options.source, options.port, options.seed, parse_http_faults(options.faults))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="demo_sources", description="Plays the sources of the flights domain.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("prepare", help="write the files, the database and the data of the weather API")
    write.add_argument("--into", type=Path, required=True, help="folder to write to")
    write.add_argument("--from", dest="first", help=f"first month, {DATA_YEAR}-01 unless given")
    write.add_argument("--until", help=f"last month, {DATA_YEAR}-12 unless given")
    write.add_argument("--seed", type=int, default=7, help="of the fault injector: the same seed gives the same bytes")
    write.add_argument("--faults", default="default", help=f"default, none, or some of: {','.join(ALL_FAULTS)}")
    write.add_argument("--years", type=int, default=1, help="repeat the year so many times, each a year later")
    write.add_argument("--start-year", type=int, default=DATA_YEAR, help="the first year")
    run = verbs.add_parser("serve", help="serve the weather API on 127.0.0.1 and print its URL as a line of JSON")
    run.add_argument("--from", dest="source", type=Path, required=True, help="folder that `prepare` wrote")
    run.add_argument("--port", type=int, default=0, help="0: any free one")
    run.add_argument("--seed", type=int, default=7, help="of the faults")
    run.add_argument("--faults", default="none", help=f"none, or some of: {','.join(HTTP_FAULTS)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
