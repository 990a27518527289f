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
from pathlib import Path

from jgo.maven import MavenContext


def fetch_jar(context: MavenContext, group: str, artifact: str, version: str, sha256: str, folder: Path) -> Path:
    """Downloads one jar into `folder`, verifies it and returns its path; an existing file that verifies is kept."""
    target = folder / f"{artifact}-{version}.jar"
    if target.exists() and digest_of(target) == sha256:
        return target
    fetched = context.project(group, artifact).at_version(version).artifact().resolve()
    found = digest_of(fetched)
    if found != sha256:
        raise SystemExit(f"{group}:{artifact}:{version} has SHA-256 {found}, expected {sha256}: it is not what was pinned.")
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
        wanted = {fetch_jar(context, folder=folder, **pin) for pin in json.loads(pins.read_text())}
    finally:
        shutil.rmtree(cache)
    for jar in set(folder.glob("*.jar")) - wanted:
        jar.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
