"""`<domain>__ingest__<source>`: lands what is new of a source and appends it to bronze."""

from __future__ import annotations

from airflow.sdk import DAG, Asset, AssetOrTimeSchedule, CronTriggerTimetable

from lakehouse_airflow.assets import file_asset, table_asset
from lakehouse_airflow.current_plan import DomainPlan, Source
from lakehouse_airflow.defaults import by_time, dag_settings
from lakehouse_airflow.documentation import described, source_documentation
from lakehouse_airflow.names import POOL_SLOTS, ingest_id
from lakehouse_airflow.runtime_operator import RuntimeOperator
from lakehouse_pipeline.schema.plan import FileSource

# Where all of a domain is due at once, its sources come first: then its tables are refined once.
_BEFORE_REFINE = 10


def ingest_dag(plan: DomainPlan, source: Source) -> DAG:
    """The DAG of one source: by its schedule, and a source of files also whenever one arrives."""
    files = file_asset(source) if isinstance(source, FileSource) else None
    title = f"Ingests {described(source)} into {source.table}."
    with DAG(
        ingest_id(plan.name, source.name),
        schedule=_schedule(source, files),
        **dag_settings(plan, "ingest", title),
    ) as dag:
        RuntimeOperator(
            task_id="ingest",
            verb="ingest",
            domain=plan.name,
            plan_hash=plan.hash,
            arguments=["--source", source.name],
            is_last=True,
            inlets=[files] if files is not None else [],
            outlets=[table_asset(source.table, plan.name)],
            pool_slots=POOL_SLOTS,
            priority_weight=_BEFORE_REFINE,
            doc_md=source_documentation(source),
        )
    return dag


def _schedule(source: Source, files: Asset | None) -> AssetOrTimeSchedule | CronTriggerTimetable | list[Asset] | None:
    timetable = by_time(source.schedule) if source.schedule is not None else None
    if files is None:
        return timetable
    return [files] if timetable is None else AssetOrTimeSchedule(timetable=timetable, assets=files)
