"""How a quality rule is tested: rows that break it, and rows that come close but do not.

Every case has its own people and rows, so that all cases fit in one extract without interfering.
The extract is taken on 10 April 2018 (`AS_AT`), its dates are written YMD.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tests import records

AS_AT = date(2018, 4, 10)
Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """Rows that one rule looks at.

    `rows` are (table, columns); a column that is not given is empty. `fails` names the rows that
    must break the rule, by table and the key that staging gives them; every other row of the case
    must not. `along` names rules other than `rule` that the same rows rightly break as well, of
    any severity; an `error` or `block` that is not named here is a mistake.
    """

    rule: str
    rows: tuple[tuple[str, Row], ...]
    fails: frozenset[tuple[str, str]]
    along: frozenset[str] = field(default=frozenset())


def case(
    rule: str,
    rows: Iterable[tuple[str, Row]],
    fails: Iterable[tuple[str, str]],
    along: Iterable[str] = (),
) -> Case:
    return Case(rule, tuple(rows), frozenset(fails), frozenset(along))


def person(person_id: str, **columns: str) -> tuple[str, Row]:
    """A child of eight who breaks no rule."""
    return "ssd_person", records.person(person_id, **columns)


def referral(referral_id: str, person_id: str, received: str, **columns: str) -> tuple[str, Row]:
    """A referral that was accepted for an assessment; open unless a closing date is given."""
    more = {"cine_referral_source_code": "6", "cine_referral_team": "T1"} | columns
    return "ssd_cin_episodes", records.referral(referral_id, person_id, received, **more)


def common_rows() -> list[tuple[str, Row]]:
    """The teams and workers that every case may name: T1 and W1, and a second of each."""
    return [
        (
            "ssd_department",
            {"dept_team_id": team, "dept_team_name": f"Team {team}", "x_dept_team_type_code": kind},
        )
        for team, kind in (("T1", "ASSESSMENT"), ("T2", "LAC"))
    ] + [
        (
            "ssd_professionals",
            {
                "prof_professional_id": worker,
                "prof_professional_job_title": "Social worker",
                "x_prof_is_qualified_sw": "Y",
            },
        )
        for worker in ("W1", "W2")
    ]
