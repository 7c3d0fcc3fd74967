"""Landing: an extract's files become the `raw` tables of the warehouse, unchanged and as text.

`extract` reads the folder and its `extract.json`, `reading` reads one file, `warehouse` writes;
`contract` lists the tables and columns. `vital-signs land` is the command.
"""
