from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

EXAMPLE = "postgresql://user@host:5432/database?passwordFile=/run/secrets/password"


class AddressError(ValueError):
    """A URL that names no database. The message holds nothing of the URL that may be secret."""


@dataclass(frozen=True)
class PostgresqlAddress:
    """Where a PostgreSQL database is and how to get in."""

    shown: str
    """Host, port and database, for messages."""
    parameters: Mapping[str, str]
    """What the client library is told, password and all."""


def postgresql_address(url: str, folder: Path) -> PostgresqlAddress:
    """
    The address that a URL writes: `postgresql://user:password@host:port/database`.

    `?passwordFile=` names a file with the password, from `folder` on; other parameters, such as `sslmode`, are the client library's own.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise AddressError("its port is no number, or a parameter has no value") from None
    database = unquote(parts.path.removeprefix("/"))
    # A character of the password that stands for itself ends the password early, and what follows it would be shown as host or database.
    if parts.netloc.count("@") > 1 or "@" in parts.path + parts.query or "/" in database or "#" in url:
        raise AddressError("a name or password holds one of the characters @ / ? # :, which are written %40 %2F %3F %23 %3A")
    if not (parts.hostname or "host" in query) or not database:
        raise AddressError("it lacks the host or the database")
    file = query.pop("passwordFile", None)
    password = unquote(parts.password) if parts.password is not None else None
    if file is not None:
        if password is not None:
            raise AddressError("it has a password and a passwordFile")
        password = _read_password(folder / file)
    given = {
        "host": parts.hostname,
        "port": str(port or 5432),
        "user": unquote(parts.username) if parts.username else None,
        "password": password,
        "dbname": database,
        **query,
    }
    parameters = {name: value for name, value in given.items() if value is not None}
    return PostgresqlAddress(f"{parameters['host']}:{parameters['port']}/{database}", parameters)


def _read_password(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise AddressError(f"its password file {path} cannot be read: {reason}") from None
