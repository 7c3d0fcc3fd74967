"""What the tests of the quality rules share with those of the engine."""

from tests.engine.conftest import build

__all__ = ["build"]
