"""Publications that never change: the ledger, what it freezes, and loading it for a build."""
