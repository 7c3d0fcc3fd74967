"""How a figure was calculated, explained from a built warehouse alone."""
