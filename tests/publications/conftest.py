"""Fixtures of the publications' tests."""

from tests.engine.conftest import build

__all__ = ["build"]
