"""The indicator dictionary: one page made from the project's manifest and seeds."""
