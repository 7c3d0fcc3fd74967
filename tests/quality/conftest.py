"""What the tests of the quality rules share with those of the engine and of damaged extracts."""

from tests.damaged.conftest import good
from tests.engine.conftest import build

__all__ = ["build", "good"]
