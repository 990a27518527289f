"""How gunicorn serves Superset: https://docs.gunicorn.org/en/stable/settings.html"""

from __future__ import annotations

bind = "0.0.0.0:8088"
# Threads wait for the query server most of the time; a second process would take 250 MB more.
workers = 1
worker_class = "gthread"
threads = 16
# Longer than a query may take (lakehouse_superset.dialect).
timeout = 120
# Filters of a dashboard travel in the address.
limit_request_line = 0
limit_request_field_size = 0
keepalive = 30
# Nobody gives it orders, and its place is on a file system that cannot be written.
control_socket_disable = True
