from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class GateResult:
    """One check of a gate. `severity` is what it weighs where it did not pass."""

    check: str
    passed: bool
    severity: str
    actual: float | None
    expected: str
    description: str


class Gate(Protocol):
    """Judges a table beside the contract's own rules."""

    @property
    def is_open(self) -> bool:
        """Whether nobody is asked: the contract's rules judge alone."""

    @property
    def note(self) -> str:
        """What an audit says of itself because of this gate; empty where there is nothing to say."""

    def judge(self, run: str, plan: str, table: str) -> Sequence[GateResult]:
        """What is right and wrong with a table as it is now, such as `silver.flights` or `staging.fleet_use`, by the checks of `plan`.

        Whatever keeps the gate from judging is a result that did not pass; nothing is raised.
        """

    def check_daily(self, run: str, plan: str, table: str) -> Sequence[GateResult]:
        """What the checks of each day say of a published table; they block nothing. Raises GateError where they could not be run."""


class NoGate:
    """The contract's rules judge alone."""

    def __init__(self, note: str = "") -> None:
        self._note = note

    @property
    def is_open(self) -> bool:
        return True

    @property
    def note(self) -> str:
        return self._note

    def judge(self, run: str, plan: str, table: str) -> Sequence[GateResult]:  # noqa: ARG002
        return []

    def check_daily(self, run: str, plan: str, table: str) -> Sequence[GateResult]:  # noqa: ARG002
        return []
