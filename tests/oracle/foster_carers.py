"""Section 12: foster carer households. County only."""

from __future__ import annotations

from tests.oracle.load import Extract, Record
from tests.oracle.shared import Case, Month, case


def group_of(row: Record) -> str:
    """Task-centred, kinship, or everything else."""
    return row.carer_type if row.carer_type in ("TASK", "KIN") else "SHORT_OTHER"


def households(date_name: str, group: str | None):
    """12.7 to 12.10 by `approved_date`, 12.23 to 12.26 by `ceased_date`."""

    def cases(x: Extract, m: Month) -> list[Case]:
        return [
            case(f"{row.household_id}/{row.approved_date}", None, "", 1)
            for row in x.foster_households
            if m.has(getattr(row, date_name)) and group in (None, group_of(row))
        ]

    cases.__name__ = f"{date_name}_{group}"
    return cases


approved_task = households("approved_date", "TASK")
approved_kin = households("approved_date", "KIN")
approved_other = households("approved_date", "SHORT_OTHER")
approved_all = households("approved_date", None)
ceased_task = households("ceased_date", "TASK")
ceased_kin = households("ceased_date", "KIN")
ceased_other = households("ceased_date", "SHORT_OTHER")
ceased_all = households("ceased_date", None)
