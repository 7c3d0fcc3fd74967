"""A second, independent implementation of the indicator specification in plain Python.

It shares nothing with the dbt models: it reads an extract folder and computes every row of
`indicators.fct_indicator_values` straight from the text of the specification. `compare` then
holds the two against each other, cell by cell.
"""
