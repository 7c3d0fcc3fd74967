"""What all tests here share: a warehouse built from the marked extract by a real dbt run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.engine.building import with_last_reading
from tests.sharing.canary import make_marked_extract

PSEUDONYM_KEY = hashlib.sha256(b"a key for tests, and no secret").hexdigest()
ENCRYPTION_KEY = hashlib.sha256(b"another key for tests, and no secret").hexdigest()


@dataclass
class Workshop:
    """A folder in which commands run, and everything that they said."""

    folder: Path
    extract: Path
    said: dict[str, str] = field(default_factory=dict)

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse.duckdb"

    def run(self, step: str, *arguments: str, exit_code: int = 0, **environment: str) -> str:
        """Run a command of the project; keep and return what it wrote to its two outputs."""
        finished = subprocess.run(
            [sys.executable, "-m", "vital_signs", step, *arguments],
            cwd=self.folder,
            env={
                **{name: value for name, value in os.environ.items() if "_KEY" not in name},
                "VITAL_SIGNS_WAREHOUSE": str(self.warehouse),
                "DBT_TARGET_PATH": str(with_last_reading(self.folder / "target")),
                "DBT_LOG_PATH": str(self.folder / "logs"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        said = finished.stdout + finished.stderr
        self.said[f"{len(self.said)} {step} {' '.join(arguments)}"] = said
        assert finished.returncode == exit_code, said
        return said


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("canary")
    made = Workshop(folder, make_marked_extract(folder / "extract"))
    made.run("build", "--extract", str(made.extract))
    return made
