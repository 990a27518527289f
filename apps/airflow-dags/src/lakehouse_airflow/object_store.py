"""The object store as Airflow itself uses it: for plans and task logs, with an identity of its own."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

StoreError = (BotoCoreError, ClientError, OSError)
"""What may be raised where the store cannot be reached or refuses."""


@cache
def object_store() -> Any:
    """The S3 client that the settings name: `S3_ENDPOINT`, `S3_REGION`, `S3_PATH_STYLE`, `LAKEHOUSE_AIRFLOW_S3_…`."""
    style = "path" if os.environ.get("S3_PATH_STYLE", "true").lower() == "true" else "virtual"
    secret = Path(os.environ.get("LAKEHOUSE_AIRFLOW_S3_SECRET_FILE", "/run/secrets/s3-airflow"))
    return boto3.client(
        "s3",
        endpoint_url=os.environ["S3_ENDPOINT"],
        region_name=os.environ.get("S3_REGION", "us-east-1"),
        aws_access_key_id=os.environ["LAKEHOUSE_AIRFLOW_S3_ACCESS_KEY"],
        aws_secret_access_key=secret.read_text(encoding="utf-8").strip(),
        config=Config(s3={"addressing_style": style}, connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"}),
    )


def bucket(layer: str) -> str:
    """The bucket of a layer: `LAKEHOUSE_BUCKET_PREFIX` goes before its name."""
    return f"{os.environ.get('LAKEHOUSE_BUCKET_PREFIX', '')}{layer}"


def read_object(layer: str, key: str) -> bytes | None:
    """The bytes of a small object, None where it does not exist. Raises one of StoreError."""
    try:
        return bytes(object_store().get_object(Bucket=bucket(layer), Key=key)["Body"].read())
    except ClientError as error:
        # A store that may not list a bucket answers 403 where S3 itself would answer 404.
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return None
        raise
