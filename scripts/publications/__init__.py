"""Publications that stay as they were: the ledger, what it freezes, and loading it for a build."""
