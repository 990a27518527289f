from __future__ import annotations

from lakehouse_pipeline.answer import answer_rows
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import step
from lakehouse_pipeline.sql import resolve


def charts(context: Context) -> list[dict[str, object]]:
    """The rows of every chart of the domain's dashboards, from published gold."""
    found: list[dict[str, object]] = []
    chosen = [
        (dashboard, chart) for dashboard in context.plan.dashboards if dashboard.domain == context.domain for chart in dashboard.charts
    ]
    if not chosen:
        return found
    with step(context.emit, "chart", context.domain) as report:
        for dashboard, chart in chosen:
            if exists(context.warehouse.location(chart.table)):
                answer = context.spark.sql(resolve(chart.sql, context.name_of))
                rows = [dict(zip(answer.columns, row, strict=True)) for row in answer_rows(answer)]
                found.append({"dashboard": dashboard.name, "title": chart.title, "rows": rows})
        report.detail = f"{len(found)} charts"
    return found
