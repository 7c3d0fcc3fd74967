"""One demonstration extract for all tests, and a second one made by another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from made_up_county.contract import TABLES

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "vital_signs", "demo"]


@pytest.fixture(scope="session")
def two_extracts(tmp_path_factory):
    """Two extracts of the same seed, made at the same time with different hash seeds."""
    folders = [tmp_path_factory.mktemp("demo") / name for name in ("first", "second")]
    running = [
        subprocess.Popen(
            [*COMMAND, "--out", str(folder), "--seed", "1"],
            env=os.environ | {"PYTHONHASHSEED": str(number)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, folder in enumerate(folders, start=1)
    ]
    for process in running:
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors
    return folders


@pytest.fixture(scope="session")
def extract(two_extracts):
    """The folder of the demonstration extract of seed 1."""
    return two_extracts[0]


@pytest.fixture(scope="session")
def tables(extract):
    """A DuckDB connection with a view of text columns for each file of the extract."""
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(
            f"create view {table} as select * from "
            f"read_csv('{extract / table}.csv', all_varchar = true, header = true)"
        )
    return connection
