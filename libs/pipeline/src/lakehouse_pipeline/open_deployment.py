from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from lakehouse_pipeline.deployment import Deployment
from lakehouse_pipeline.interruption import ending_work


@contextmanager
def open_deployment(options: argparse.Namespace) -> Iterator[Deployment]:
    """The lakehouse in the folder that the command line names; without one it is the platform that the settings name."""
    deployment = _platform(options) if options.home is None else _embedded(options.home, options.keeps_spark)
    try:
        with ending_work(deployment.interrupt_spark):
            yield deployment
    finally:
        deployment.close()


# Each kind is imported where it is meant: the one's packages are not installed where only the other one runs.


def _embedded(home: str, keeps_spark: bool) -> Deployment:
    from lakehouse_pipeline.embedded_deployment import EmbeddedDeployment
    from lakehouse_pipeline.home import open_home

    return EmbeddedDeployment(open_home(home), keeps_spark)


def _platform(options: argparse.Namespace) -> Deployment:
    from lakehouse_pipeline.platform_deployment import PlatformDeployment

    return PlatformDeployment(options.owner, options.keep)
