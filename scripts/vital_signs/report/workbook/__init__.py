"""The workbook of the monthly report: scorecard.xlsx, from the same data as the pages."""

from __future__ import annotations

from vital_signs.report.workbook.sheets import write_workbook

__all__ = ["write_workbook"]
