"""Brings Superset's database to the state that this version needs: `python -m lakehouse_superset.initialise`, before the server starts.

Done again it changes nothing; killed half-way, the next run does the rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING

from flask_migrate import upgrade
from superset.app import create_app
from werkzeug.security import check_password_hash

from lakehouse_superset.roles import Permission, analyst, viewer

if TYPE_CHECKING:
    from superset.security.manager import SupersetSecurityManager

_ADMIN = "admin"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    app = create_app()
    with app.app_context():
        import superset
        from superset.extensions import appbuilder, db

        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        _say("the database has the newest schema")
        manager = appbuilder.sm
        appbuilder.add_permissions(update_perms=True)
        manager.sync_role_definitions()
        gamma, sql_lab = (_permissions(manager, name) for name in ("Gamma", "sql_lab"))
        _set_role(manager, "Analyst", analyst(gamma, sql_lab))
        _set_role(manager, "Viewer", viewer(gamma))
        _set_admin(manager, _admin_password())
        db.session.commit()


def _permissions(manager: SupersetSecurityManager, role: str) -> frozenset[Permission]:
    return frozenset((entry.permission.name, entry.view_menu.name) for entry in manager.find_role(role).permissions)


def _set_role(manager: SupersetSecurityManager, name: str, permissions: Set[Permission]) -> None:
    before = manager.find_role(name)
    if before is not None and _permissions(manager, name) == permissions:
        _say(f"role {name}: unchanged")
        return
    role = before or manager.add_role(name)
    role.permissions = [manager.add_permission_view_menu(permission, view) for permission, view in sorted(permissions)]
    _say(f"role {name}: {len(permissions)} permissions")


def _set_admin(manager: SupersetSecurityManager, password: str) -> None:
    admin = manager.find_user(_ADMIN)
    if admin is None:
        added = manager.add_user(_ADMIN, "Lakehouse", "Admin", "admin@lakehouse.invalid", manager.find_role("Admin"), password)
        if not added:
            raise SystemExit("error LH4201 admin\n    Superset did not make its user `admin`; its log above says why.")
        _say("user admin: made")
    elif check_password_hash(admin.password, password):
        _say("user admin: unchanged")
    else:
        manager.reset_password(admin.id, password)
        _say("user admin: has the password of the secret")


def _admin_password() -> str:
    return (Path(os.environ.get("SECRETS_FOLDER", "/run/secrets")) / "superset-admin").read_text(encoding="utf-8").rstrip("\n")


if __name__ == "__main__":
    main()
