"""Landing: an extract's files become the `raw` tables of the warehouse, text for text.

`extract` reads the folder and its `extract.json`, `reading` reads one file, `warehouse` writes;
`contract` says which tables and columns there are. `scripts/land.py` is the command.
"""
