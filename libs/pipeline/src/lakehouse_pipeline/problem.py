from __future__ import annotations


class LakehouseError(Exception):
    """A failure that a person can mend: `code` is documented in docs/problems.md, `subject` is the file, table or service."""

    def __init__(self, code: str, subject: str, message: str, fix: str) -> None:
        super().__init__(f"{code} {subject}: {message} {fix}")
        self.code = code
        self.subject = subject
        self.message = message
        self.fix = fix
