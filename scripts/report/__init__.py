"""The monthly report: one self-contained html page for the county, each locality and committee."""
