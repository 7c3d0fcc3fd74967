"""Section 4: section 47 enquiries."""

from __future__ import annotations

from tests.oracle.load import Extract
from tests.oracle.shared import Case, Month, area_of_event, case


def completed(group: str | None):
    """4.3 and 4.4 (no group); 4.5 to 4.7: over all completed enquiries, whatever the outcome."""

    def cases(x: Extract, m: Month) -> list[Case]:
        return [
            case(
                row.s47_id,
                row.person_id,
                area_of_event(x, row.team_id, row.person_id, row.completed_date),
                group is None or row.outcome_code == group,
            )
            for row in x.s47s
            if m.has(row.completed_date) and row.status != "CANCELLED"
        ]

    cases.__name__ = f"completed_{group}"
    return cases


enquiries_completed = completed(None)
substantiated_risk = completed("SUBST_RISK")
substantiated_no_risk = completed("SUBST_NO_RISK")
not_substantiated = completed("NOT_SUBST")
