"""The monthly report: self-contained html pages: the county, each locality, the committee."""
