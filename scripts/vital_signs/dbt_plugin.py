"""dbt-duckdb's plugin that opens the warehouse, so that dbt's reading does not depend on its path.

dbt reads the whole project again when anything in its profile has changed. The profile therefore
names one path for every warehouse; the file opened is $VITAL_SIGNS_WAREHOUSE, else the default, and
its tables are in the database `warehouse` whatever the file is called.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection


class Plugin(BasePlugin):
    """Opens DuckDB in memory and attaches the warehouse."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Keep the folder in which the default warehouse is."""
        self.folder = Path(plugin_config["folder"])

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Have nothing opened but a database in memory."""
        self.profile_path, creds.path = creds.path, ":memory:"

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Attach the warehouse. Raises DbtRuntimeError if the file cannot be opened."""
        self.creds.path = self.profile_path
        file = os.environ.get("VITAL_SIGNS_WAREHOUSE") or str(self.folder / self.profile_path)
        name = file.replace("'", "''")
        try:
            conn.execute(f"attach '{name}' as {self.creds.database}")
        except duckdb.Error as error:
            raise DbtRuntimeError(f"cannot open the warehouse {file}: {error}") from error

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Find tables that are named by schema only, as they are everywhere in the project."""
        cursor.execute(f"use {self.creds.database}")
