"""What the tests of the quality rules share with those of damaged extracts."""

from tests.damaged.conftest import good

__all__ = ["good"]
