"""What Airflow shows of a DAG and of a task, taken from the contracts."""

from __future__ import annotations

from lakehouse_airflow.current_plan import DomainPlan, Source
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, GoldTable, SilverTable


def dag_documentation(plan: DomainPlan, title: str) -> str:
    """Markdown about a DAG of a domain."""
    domain = plan.domain
    described_tables: list[SilverTable | GoldTable] = [*plan.silver, *plan.gold]
    tables = [f"| {table.name} | {_cell(table.description)} | {table.contract.version} |" for table in described_tables]
    return "\n".join(
        [
            f"### {domain.name}",
            "",
            title,
            "",
            domain.description,
            "",
            f"Team **{domain.team}**{': ' if domain.owners else ''}{', '.join(domain.owners)}",
            "",
            "| table | what it holds | contract |",
            "|---|---|---|",
            *tables,
        ]
    )


def table_documentation(table: SilverTable | GoldTable) -> str:
    """Markdown about the task that fills a table."""
    contract = table.contract
    columns = [f"| {column.name} | {column.type} | {_cell(column.description)} |" for column in table.columns]
    made_of = table.origin if isinstance(table, SilverTable) else ", ".join(table.inputs)
    return "\n".join(
        [
            f"### {table.name}",
            "",
            table.description,
            "",
            f"From {made_of}. Key: {', '.join(table.key) or 'none'}.",
            f"Contract `{contract.file}`, version {contract.version} ({contract.status}).",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
            *columns,
        ]
    )


def source_documentation(source: Source) -> str:
    """Markdown about the task that ingests a source."""
    return f"### {source.name}\n\nReads {described(source)} into `{source.table}`."


def described(source: Source) -> str:
    """Where a source is read from, in words."""
    if isinstance(source, FileSource):
        return f"the files `{source.path}` of {source.connection or 'the workspace'}"
    if isinstance(source, DatabaseSource):
        return f"the table `{source.relation}` of {source.connection}"
    return f"`{source.path}` of {source.connection}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
