"""What each role may do, in Superset's terms: pairs of a permission and what it is on."""

from __future__ import annotations

from collections.abc import Set
from itertools import product

Permission = tuple[str, str]

# The database and its schemas as apps/superset-bootstrap declares them. Superset writes an access with the catalog and without.
_DATABASE = "[Lakehouse]"
SCHEMAS = ("gold", "ops")

# By these the contracts speak: who works with charts changes no dataset and no database.
_DECLARED = {
    "Dataset",
    "Database",
    "Datasource",
    "DynamicPlugin",
    "RowLevelSecurity",
    "Theme",
    "CssTemplate",
    "AnnotationLayer",
    "Annotation",
}
# What a dashboard keeps for whoever looks at it: the state of its filters, links to it.
_KEPT = {"DashboardFilterStateRestApi", "DashboardPermalinkRestApi", "ExploreFormDataRestApi", "ExplorePermalinkRestApi"}
_CHANGES = (
    "can_write",
    "can_delete",
    "can_add",
    "can_edit",
    "can_post",
    "can_put",
    "can_export",
    "can_tag",
    "can_cache",
    "can_duplicate",
    "muldelete",
)
_SHOWN_MENUS = {"Home", "Dashboards"}
_HIDDEN = {"Chart": {"can_export"}, "Explore": {"can_read"}, "Superset": {"can_explore", "can_sqllab", "can_csv", "can_share_chart"}}


def schema_access() -> frozenset[Permission]:
    """To see the tables that are published, and those that record how that went."""
    return frozenset(("schema_access", f"{_DATABASE}.[{schema}]") for schema in SCHEMAS)


def analyst(gamma: Set[Permission], sql_lab: Set[Permission]) -> frozenset[Permission]:
    """Of Superset's roles Gamma and sql_lab: looks, asks in SQL Lab, makes charts and dashboards; changes no dataset."""
    denied = {(permission, view) for permission, view in product(_CHANGES, _DECLARED)}
    return (frozenset(gamma) | frozenset(sql_lab) | schema_access()) - denied


def viewer(gamma: Set[Permission]) -> frozenset[Permission]:
    """Of Superset's role Gamma: looks at dashboards."""
    return (
        frozenset(
            (permission, view)
            for permission, view in gamma
            if (view in _KEPT or permission not in _CHANGES)
            and (permission != "menu_access" or view in _SHOWN_MENUS)
            and permission not in _HIDDEN.get(view, set())
        )
        | schema_access()
    )
