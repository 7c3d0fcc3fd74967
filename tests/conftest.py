"""What tests of several folders share: the project's SQL, compiled by dbt once for all workers."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.engine.building import Builder, Compiled, dbt

# Commands that tests start are those of this tree, whatever the environment has installed.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "scripts")
# A sum that does not add up is a fault of the project here, and a warning with real data.
os.environ.setdefault("VITAL_SIGNS_INVARIANTS", "error")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Return the compiled project: the first worker to arrive makes it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "compiled"
    folder.mkdir(exist_ok=True)
    seeded, target, done = folder / "seeded.duckdb", folder / "target", folder / "done"
    # The lock goes with the process, so a worker that is stopped holds nobody up.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            dbt("seed", target, seeded)
            dbt("compile", target, seeded, "--select", "resource_type:model resource_type:analysis")
            done.touch()
    return Compiled(seeded, target / "manifest.json")


@pytest.fixture(scope="session")
def build(compiled: Compiled) -> Builder:
    """Return a function that lands an extract in a new file and builds every model in it."""
    return Builder(compiled.seeded, compiled.manifest)
