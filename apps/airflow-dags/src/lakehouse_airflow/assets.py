"""The assets that DAGs produce and wait for: tables, landed files, domains and their plans."""

from __future__ import annotations

from airflow.sdk import Asset, AssetWatcher

from lakehouse_airflow.file_arrival import FileArrivalTrigger
from lakehouse_airflow.plan_change import PlanChangeTrigger
from lakehouse_pipeline.schema.plan import FileSource


def table_asset(table: str, domain: str) -> Asset:
    """The asset of a table: `silver.flights` lies at s3://silver/flights."""
    return Asset(name=table, uri=f"s3://{table.replace('.', '/', 1)}", group=domain)


def domain_asset(domain: str) -> Asset:
    """Changes when the domain's silver tables have changed and passed their audit."""
    return Asset(name=f"{domain} silver", uri=f"lakehouse://{domain}/silver", group=domain)


def plan_asset(domain: str, fingerprint: str) -> Asset:
    """Changes when a plan was applied that describes the domain otherwise. `fingerprint` stands for all that the plan says of it."""
    name = plan_asset_name(domain)
    trigger = PlanChangeTrigger(asset=name, fingerprint=fingerprint)
    return Asset(name=name, uri=f"lakehouse://{domain}/plan", group=domain, watchers=[AssetWatcher(name=name, trigger=trigger)])


def plan_asset_name(domain: str) -> str:
    return f"{domain} plan"


def file_asset(source: FileSource) -> Asset:
    """Changes when a file of the source arrives, changes or goes."""
    name = f"{source.name} files"
    trigger = FileArrivalTrigger(asset=name, connection=source.connection, path=source.path)
    watcher = AssetWatcher(name=name, trigger=trigger)
    return Asset(name=name, uri=f"lakehouse://{source.domain}/{source.name}/files", group=source.domain, watchers=[watcher])
