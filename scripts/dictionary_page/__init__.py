"""The dictionary of indicators: one page made from the project's manifest and its seeds."""
