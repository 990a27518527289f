"""The object store, to all that read and write it without Spark. A location says by its scheme whether it lies there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pyarrow import fs

from lakehouse_pipeline.settings import secret, setting

SCHEME = "s3a://"


@dataclass(frozen=True)
class ObjectStore:
    """An S3 endpoint, and who we are there."""

    endpoint: str
    region: str
    path_style: bool
    access_key: str
    secret_key: str = field(repr=False)


def in_object_store(location: str) -> bool:
    return location.startswith(SCHEME)


@cache
def object_store() -> ObjectStore:
    """The one that the settings name: `S3_ENDPOINT`, `S3_REGION`, `S3_PATH_STYLE`, `LAKEHOUSE_S3_ACCESS_KEY` and `…_SECRET_FILE`."""
    return ObjectStore(
        endpoint=setting("S3_ENDPOINT"),
        region=setting("S3_REGION", "us-east-1"),
        path_style=setting("S3_PATH_STYLE", "true").lower() == "true",
        access_key=setting("LAKEHOUSE_S3_ACCESS_KEY"),
        secret_key=secret("LAKEHOUSE_S3_SECRET_FILE", "/run/secrets/s3-pipeline"),
    )


@cache
def delta_options() -> dict[str, str]:
    """What delta-rs is told of the object store."""
    store = object_store()
    return {
        "endpoint": store.endpoint,
        "region": store.region,
        "access_key_id": store.access_key,
        "secret_access_key": store.secret_key,
        "allow_http": str(store.endpoint.startswith("http://")).lower(),
        "virtual_hosted_style_request": str(not store.path_style).lower(),
        # A version is written only where it is not there yet; without it two writers could commit the same one.
        "conditional_put": "etag",
    }


@cache
def arrow_filesystem() -> fs.FileSystem:
    """The object store as Arrow sees it."""
    store = object_store()
    scheme, _, address = store.endpoint.partition("://")
    return fs.S3FileSystem(
        access_key=store.access_key,
        secret_key=store.secret_key,
        region=store.region,
        scheme="https" if scheme == "https" else "http",
        endpoint_override=address.rstrip("/"),
        force_virtual_addressing=not store.path_style,
        # A small file is one request; else each one would be an upload in parts.
        allow_delayed_open=True,  # type: ignore[call-arg]  # unknown to its stubs
    )
