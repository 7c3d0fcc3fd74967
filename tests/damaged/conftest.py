"""A good extract, and a warehouse it has been loaded into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.damaged.spoiled import land_older, make_good_extract
from tests.damaged.state import Content, content


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extract to be damaged."""
    return make_good_extract(tmp_path_factory.mktemp("damaged") / "good")


@pytest.fixture(scope="session")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that holds an older extract under the id of the damaged ones."""
    return land_older(tmp_path_factory.mktemp("landed"))


@pytest.fixture(scope="session")
def landed_content(landed: Path) -> Content:
    """The contents of that warehouse."""
    return content(landed)
