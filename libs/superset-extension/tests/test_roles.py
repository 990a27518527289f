"""What analysts and viewers may do, of permissions as Superset 6.1 gives them to Gamma and sql_lab."""

from __future__ import annotations

from lakehouse_superset.roles import analyst, schema_access, viewer

GAMMA = {
    ("can_read", "Dashboard"),
    ("can_write", "Dashboard"),
    ("can_export", "Dashboard"),
    ("can_read", "Chart"),
    ("can_write", "Chart"),
    ("can_read", "Dataset"),
    ("can_write", "Dataset"),
    ("can_duplicate", "Dataset"),
    ("can_read", "Explore"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_dashboard", "Superset"),
    ("can_explore", "Superset"),
    ("can_write", "Tag"),
    ("menu_access", "Dashboards"),
    ("menu_access", "Charts"),
    ("menu_access", "Datasets"),
}
SQL_LAB = {("can_execute_sql_query", "SQLLab"), ("menu_access", "SQL Lab"), ("can_write", "SavedQuery")}


def test_a_viewer_looks_at_dashboards_and_keeps_the_state_of_their_filters() -> None:
    assert viewer(GAMMA) == schema_access() | {
        ("can_read", "Dashboard"),
        ("can_read", "Chart"),
        ("can_read", "Dataset"),
        ("can_write", "DashboardFilterStateRestApi"),
        ("can_write", "DashboardPermalinkRestApi"),
        ("can_dashboard", "Superset"),
        ("menu_access", "Dashboards"),
    }


def test_an_analyst_makes_charts_and_changes_no_dataset() -> None:
    permissions = analyst(GAMMA, SQL_LAB)
    assert permissions >= SQL_LAB | schema_access() | {("can_write", "Chart"), ("can_write", "Dashboard")}
    assert not {("can_write", "Dataset"), ("can_duplicate", "Dataset")} & permissions


def test_both_see_gold_and_ops_alone() -> None:
    assert schema_access() == {("schema_access", "[Lakehouse].[gold]"), ("schema_access", "[Lakehouse].[ops]")}
