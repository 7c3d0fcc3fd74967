"""What the tests of the quality rules share with those of damaged extracts, and what they build."""

import pytest

from tests.damaged.conftest import good
from tests.engine.building import Builder

__all__ = ["good"]


@pytest.fixture(scope="session")
def build(build: Builder) -> Builder:
    """Return a builder of what is said of quality, and of the cases that it is said of."""
    return build.up_to("quality", "indicators", "published_quality_summary")
