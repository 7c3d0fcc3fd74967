"""Building the warehouse: landing, dbt, and what is said about it."""
