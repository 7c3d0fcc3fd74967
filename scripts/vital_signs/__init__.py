"""Performance of children's services from a council's extract: every step of the pipeline."""
