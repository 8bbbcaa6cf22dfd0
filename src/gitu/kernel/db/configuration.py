"""How the embedded server is set up: small in memory, reachable on this machine only, silent about values."""

import sys
from collections.abc import Mapping

# Measured: these keep an idle server near 20 MB; every process of it that does not exist costs nothing.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "32MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_worker_processes": "1",
    "max_pred_locks_per_transaction": "10",  # for serializable transactions, which nothing here uses
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "wal_recycle": "off",  # an old log is deleted, not kept for its space: it holds what was erased since
    "random_page_cost": "1.1",
    "idle_in_transaction_session_timeout": "5min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
    # Starts, stops and crashes are logged; failed statements are not, for their values may be secret.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
_SINCE_18 = {"io_method": "sync", "autovacuum_worker_slots": "1"}


def postgresql_conf(major: int, port: int, changes: Mapping[str, str]) -> str:
    """The text of postgresql.conf. A file `local.conf` beside it, if there is one, has the last word."""
    settings = {**_SETTINGS, **(_SINCE_18 if major >= 18 else {}), "port": str(port), **changes}
    if sys.platform in ("linux", "darwin"):
        # A statement of a client that was killed ends soon, and with it the locks it holds.
        settings.setdefault("client_connection_check_interval", "2s")
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    return "\n".join(
        [
            "# Written by Gitu at every start; put changes into local.conf.",
            *lines,
            "include_if_exists 'local.conf'",
            "",
        ]
    )


PG_HBA = """\
# Written by Gitu at every start.
host all all 127.0.0.1/32 scram-sha-256
"""
