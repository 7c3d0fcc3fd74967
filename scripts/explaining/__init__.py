"""How a number came about, told from a built warehouse alone."""
