from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lakehouse_bench.watched import MeasurementError, Watched, own_environment, run_watched


def watch(code: str, *, expected: tuple[int, ...] = (0,)) -> Watched:
    return run_watched([sys.executable, "-c", code], own_environment(), Path.cwd(), expected)


def test_lines_come_with_their_time() -> None:
    watched = watch("import time\nprint('a', flush=True)\ntime.sleep(0.5)\nprint('b', flush=True)")
    (first, a), (second, b) = watched.lines
    assert (a, b) == ("a", "b")
    assert 0.4 < second - first <= watched.seconds


def test_memory_of_descendants_counts() -> None:
    inner = "import time; held = bytearray(200_000_000); time.sleep(0.5)"
    watched = watch(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {inner!r}])")
    assert watched.peak_bytes > 200_000_000
    assert not watched.java_started


def test_a_java_process_is_seen(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.symlink_to("/bin/sleep")
    assert run_watched([str(java), "0.5"], own_environment(), tmp_path).java_started


def test_failure_names_the_command_and_its_words() -> None:
    with pytest.raises(MeasurementError, match=r"exit code 3:(.|\n)*no luck"):
        watch("import sys; sys.stderr.write('no luck'); sys.exit(3)")
    watch("import sys; sys.exit(3)", expected=(3,))
