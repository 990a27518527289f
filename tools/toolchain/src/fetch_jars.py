"""Fetches the jars that a pin file names into a folder: fetch_jars.py PINS FOLDER.

LAKEHOUSE_MAVEN_REPOSITORY is the URL of a Maven repository to use in place of Maven Central.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from jgo.maven import MavenContext

AT_ONCE = 8


class Pin(NamedTuple):
    """One file of a Maven repository, as a pin file names it."""

    group: str
    artifact: str
    version: str
    sha256: str
    classifier: str = ""
    extension: str = "jar"

    @property
    def file_name(self) -> str:
        """What it is called in the folder, as in the repository."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.{self.extension}"


def fetch_jar(context: MavenContext, pin: Pin, folder: Path) -> Path:
    """Downloads one jar into `folder`, verifies it and returns its path; an existing file that verifies is kept."""
    target = folder / pin.file_name
    if target.exists() and digest_of(target) == pin.sha256:
        return target
    component = context.project(pin.group, pin.artifact).at_version(pin.version)
    fetched = component.artifact(pin.classifier, pin.extension).resolve()
    found = digest_of(fetched)
    if found != pin.sha256:
        raise SystemExit(f"{pin.group}:{pin.file_name} has SHA-256 {found}, expected {pin.sha256}: it is not what was pinned.")
    fetched.replace(target)
    return target


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(pins: Path, folder: Path) -> None:
    """Leaves exactly the pinned jars in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    mirror = os.environ.get("LAKEHOUSE_MAVEN_REPOSITORY")
    cache = Path(tempfile.mkdtemp(prefix=".download-", dir=folder))
    try:
        context = MavenContext(repo_cache=cache, remote_repos={"mirror": mirror} if mirror else None, timeout=60)
        listed = [Pin(**pin) for pin in json.loads(pins.read_text())]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            wanted = set(pool.map(lambda pin: fetch_jar(context, pin, folder), listed))
    finally:
        shutil.rmtree(cache)
    for other in set(folder.glob("[!.]*")) - wanted:
        other.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
