"""All rows of `fct_indicator_values`: month x area x ref."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.oracle import (
    adoptions,
    assessments,
    care_leavers,
    child_protection,
    children_in_need,
    early_help,
    foster_carers,
    front_door,
    looked_after,
    section_47,
    workforce,
)
from tests.oracle.availability import lacks_column
from tests.oracle.load import Extract, read_extract
from tests.oracle.shared import (
    COUNTY,
    LOCALITIES,
    NOT_ALLOCATED,
    Case,
    Month,
    month_of,
    population,
    reported_months,
)

AREAS = (COUNTY, *LOCALITIES, NOT_ALLOCATED)

Measure = Callable[[Extract, Month], list[Case]]

COUNT, PERCENT, RATE, AVERAGE, MAXIMUM = "count", "percent", "rate", "average", "maximum"
SUM, OWN = "sum", "own"


class Row(NamedTuple):
    """One row of `fct_indicator_values`."""

    indicator_ref: str
    month_end: dt.date
    area_code: str
    numerator: float | None
    denominator: float | None
    value: float | None
    ytd_numerator: float | None
    ytd_denominator: float | None
    ytd_value: float | None
    availability: str


@dataclass(frozen=True)
class Indicator:
    """How a ref is made of the cases of a measure.

    `months` is the length of its window (1, 3 of distinct children within the measure, or 12),
    `history` how many months before the reported one its first day needed lies (None: no need),
    `ytd` SUM over the months of the year, OWN (2.8) or None.
    """

    ref: str
    kind: str
    measure: Measure
    tables: str
    months: int = 1
    history: int | None = 0
    ytd: str | None = SUM
    multiplier: int = 10_000
    county_only: bool = False


def flow(ref: str, kind: str, measure: Measure, tables: str, **more: object) -> Indicator:
    return Indicator(ref, kind, measure, tables, **more)  # type: ignore[arg-type]


def stock(ref: str, kind: str, measure: Measure, tables: str, **more: object) -> Indicator:
    settings: dict[str, object] = {"history": None, "ytd": None, **more}
    return Indicator(ref, kind, measure, tables, **settings)  # type: ignore[arg-type]


def rolling(ref: str, kind: str, measure: Measure, tables: str, **more: object) -> Indicator:
    settings: dict[str, object] = {"months": 12, "history": 11, "ytd": None, **more}
    return Indicator(ref, kind, measure, tables, **settings)  # type: ignore[arg-type]


@cache
def register() -> dict[str, Indicator]:
    """Every ref of the register, with the raw tables that it needs."""
    eh, fd, s3, s4 = early_help, front_door, assessments, section_47
    cin, cp, lac, cl = children_in_need, child_protection, looked_after, care_leavers
    ado, work, fos = adoptions, workforce, foster_carers
    cases, requests, members = (
        "ssdx_early_help_cases",
        "ssdx_early_help_requests",
        "ssd_early_help_episodes",
    )
    contacts, referral = "ssd_contacts", "ssd_cin_episodes"
    need = "ssd_cin_episodes ssd_cp_plans ssd_cla_episodes"
    plans = f"{need} ssd_cin_plans ssdx_plan_reviews"
    assessment, s47, icpc = "ssd_cin_assessments", "ssd_s47_enquiry", "ssd_initial_cp_conference"
    care, placed = "ssd_cla_episodes", "ssd_cla_episodes ssd_cla_placement"
    health, leaver = f"{care} ssd_cla_health", "ssd_care_leavers ssd_person"
    adoption, load = f"{care} ssd_permanence", "ssd_involvements ssd_professionals"
    worker, foster = "ssd_involvements", "ssdx_foster_carer_households"
    county = {"county_only": True}
    no_ytd = {"ytd": None}
    found = [
        flow("1.1", COUNT, eh.requests, requests),
        flow("1.1a", COUNT, eh.cases_opened, cases),
        flow("1.2", COUNT, eh.cases_closed, cases),
        stock("1.3", COUNT, eh.cases_active, cases),
        stock("1.4", COUNT, eh.children_in_active_cases, f"{cases} {members}"),
        stock("1.5", COUNT, eh.social_work_cases_supported, cases),
        flow("1.6", PERCENT, eh.requests_allocated, f"{cases} {requests}"),
        flow("1.7", PERCENT, eh.s47_previously_early_help, f"{s47} {members} {cases}", history=12),
        flow("1.8", PERCENT, eh.re_referred_cases, cases, history=12),
        flow("1.9", PERCENT, eh.stepped_down_cases, cases),
        flow("2.1", COUNT, count_denominator(fd.contacts), contacts, **county),
        flow("2.2", COUNT, fd.referrals, contacts),
        flow("2.3", PERCENT, fd.contacts, contacts, **county),
        rolling("2.4", RATE, fd.referrals, contacts),
        flow("2.5", COUNT, fd.referrals_to_assessment, f"{contacts} {referral}"),
        flow("2.5p", PERCENT, fd.referrals_to_assessment, f"{contacts} {referral}"),
        flow("2.6", COUNT, fd.re_referrals, f"{contacts} {referral}", history=12),
        flow("2.7", PERCENT, fd.re_referrals, f"{contacts} {referral}", history=12),
        rolling("2.8", PERCENT, fd.re_referrals, f"{contacts} {referral}", history=23, ytd=OWN),
        flow("2.9", COUNT, fd.repeat_contacts, contacts, history=2, **no_ytd, **county),
        flow("2.10", PERCENT, fd.repeat_contacts, contacts, history=2, **no_ytd, **county),
        flow("3.1", COUNT, s3.assessments_authorised, assessment),
        rolling("3.2", RATE, s3.assessments_authorised, assessment),
        flow("3.3", PERCENT, s3.authorised_in_time, f"{assessment} {referral}"),
        stock("3.4", COUNT, s3.open_past_limit, f"{assessment} {referral}"),
        flow("3.5", COUNT, s3.outcome_ongoing, assessment),
        flow("3.5p", PERCENT, s3.outcome_ongoing, assessment),
        flow("3.6", COUNT, s3.outcome_close, assessment),
        flow("3.6p", PERCENT, s3.outcome_close, assessment),
        flow("3.7", COUNT, s3.outcome_step_down, assessment),
        flow("3.7p", PERCENT, s3.outcome_step_down, assessment),
        flow("4.3", RATE, s4.enquiries_completed, s47, multiplier=120_000, **no_ytd),
        rolling("4.3r", RATE, s4.enquiries_completed, s47),
        flow("4.4", COUNT, s4.enquiries_completed, s47),
        flow("4.5n", COUNT, s4.substantiated_risk, s47),
        flow("4.5", PERCENT, s4.substantiated_risk, s47),
        flow("4.6n", COUNT, s4.substantiated_no_risk, s47),
        flow("4.6", PERCENT, s4.substantiated_no_risk, s47),
        flow("4.7n", COUNT, s4.not_substantiated, s47),
        flow("4.7", PERCENT, s4.not_substantiated, s47),
        stock("5.1", COUNT, cin.section_17, need),
        stock("5.2", COUNT, cin.in_need_or_protected, need),
        stock("5.3", RATE, cin.section_17, need),
        stock(
            "5.4",
            PERCENT,
            cin.up_to_date_plan_outside_assessment_teams,
            f"{plans} ssd_involvements",
        ),
        stock("5.5", PERCENT, cin.up_to_date_plan, plans),
        stock("6.1", COUNT, cp.children_on_plans, "ssd_cp_plans"),
        rolling("6.2a", COUNT, count_denominator(cp.conferences), icpc),
        rolling("6.2b", RATE, count_denominator(cp.conferences), icpc),
        flow("6.3", COUNT, count_denominator(cp.conferences), icpc),
        flow("6.4n", COUNT, cp.conferences, f"{icpc} {s47}"),
        flow("6.4", PERCENT, cp.conferences, f"{icpc} {s47}"),
        stock("6.5", RATE, cp.children_on_plans, "ssd_cp_plans"),
        flow("6.6", RATE, cp.plans_started, "ssd_cp_plans", **no_ytd),
        flow("6.7", RATE, cp.plans_ended, "ssd_cp_plans", **no_ytd),
        rolling("6.8", PERCENT, cp.started_within_2_years_of_another, "ssd_cp_plans", history=35),
        flow("6.9a", COUNT, cp.started_again, "ssd_cp_plans", history=None),
        rolling("6.9b", PERCENT, cp.started_again, "ssd_cp_plans"),
        stock("6.10a", COUNT, cp.on_plan_over_18_months, "ssd_cp_plans"),
        stock("6.10n", COUNT, cp.on_plan_over_2_years, "ssd_cp_plans"),
        stock("6.10b", PERCENT, cp.on_plan_over_2_years, "ssd_cp_plans"),
        flow("6.11a", COUNT, cp.plans_ended, "ssd_cp_plans"),
        flow("6.11b", PERCENT, cp.ended_after_2_years, "ssd_cp_plans"),
        flow("6.12", PERCENT, cp.review_conferences, "ssd_cp_reviews ssd_cp_plans"),
        # 6.14 and 6.15 are stocks with a year to date over the month ends (section 13).
        stock("6.14", PERCENT, cp.seen_in_timescale, "ssd_cp_plans ssd_cp_visits", ytd=SUM),
        stock("6.15", PERCENT, cp.seen_in_20_days, "ssd_cp_plans ssd_cp_visits", ytd=SUM),
        stock("7.1", COUNT, lac.looked_after, care),
        stock("7.2", RATE, lac.looked_after, care),
        flow("7.3", COUNT, lac.admissions, care),
        flow("7.4", COUNT, lac.ceased_any, care),
        flow("7.5", PERCENT, lac.ceased_permanence, care),
        stock("7.6", COUNT, lac.residential, placed),
        stock("7.6p", PERCENT, lac.residential, placed),
        stock("7.7", PERCENT, lac.reviewed_in_time, f"{care} ssd_cla_reviews"),
        flow("7.8", PERCENT, lac.ceased_adopted, care),
        flow("7.9n", COUNT, lac.initial_health_assessments, health),
        flow("7.9", PERCENT, lac.initial_health_assessments, health),
        stock("7.10", COUNT, lac.health_assessment_up_to_date, health),
        stock("7.10p", PERCENT, lac.health_assessment_up_to_date, health),
        stock("7.11", COUNT, lac.dental_check_up_to_date, health),
        stock("7.11p", PERCENT, lac.dental_check_up_to_date, health),
        stock(
            "7.13",
            PERCENT,
            lac.personal_education_plans,
            f"{care} ssdx_personal_education_plans ssd_person",
        ),
        stock(
            "7.14",
            PERCENT,
            lac.care_plan_up_to_date,
            f"{care} ssd_cla_care_plan ssdx_plan_reviews",
        ),
        stock("7.15", PERCENT, lac.visited_in_time, f"{placed} ssd_cla_visits"),
        flow("7.17", PERCENT, lac.child_attended, "ssd_cla_reviews"),
        flow("7.18", PERCENT, lac.child_participated, "ssd_cla_reviews"),
        stock("8.1", COUNT, cl.care_leavers, leaver),
        stock("8.2", PERCENT, cl.pathway_plan_up_to_date, leaver),  # G62
        stock("8.3", PERCENT, cl.suitable_accommodation, leaver),
        stock("8.4", PERCENT, cl.in_education_or_work, leaver),
        stock("9.1", PERCENT, lac.stable_placements, f"{placed} ssd_person"),
        stock("9.2n", COUNT, lac.three_placements, placed),
        stock("9.2", PERCENT, lac.three_placements, placed),
        rolling("10.1a", COUNT, ado.within_12_months, adoption),
        rolling("10.1b", PERCENT, ado.within_12_months, adoption),
        rolling("10.2", AVERAGE, ado.days_to_placement, adoption),
        rolling("10.3", AVERAGE, ado.days_to_match, adoption),
        stock("11.1", MAXIMUM, work.key_safeguarding, load),
    ]
    for number, measure in (
        ("11.2", work.lac_teams),
        ("11.3", work.assessment_teams),
        ("11.4", work.fit_teams),
        ("11.5", work.cwd_teams),
        ("11.6", work.nipe_teams),
    ):
        found.append(stock(number, MAXIMUM, measure, load))
        found.append(stock(f"{number}a", AVERAGE, per_worker(measure), load))
    for ref, measure in (("C1", work.changed_worker_and_team), ("C2", work.changed_worker)):
        found.append(flow(ref, COUNT, measure, worker, **no_ytd))
        found.append(flow(f"{ref}p", PERCENT, measure, worker, **no_ytd))
    for ref, measure in (
        ("12.7", fos.approved_task),
        ("12.8", fos.approved_kin),
        ("12.9", fos.approved_other),
        ("12.10", fos.approved_all),
        ("12.23", fos.ceased_task),
        ("12.24", fos.ceased_kin),
        ("12.25", fos.ceased_other),
        ("12.26", fos.ceased_all),
    ):
        found.append(rolling(ref, COUNT, measure, foster, **county))
    return {indicator.ref: indicator for indicator in found}


def count_denominator(measure: Measure) -> Measure:
    """Count every case of a measure, in the numerator of another or not."""

    def cases(x: Extract, m: Month) -> list[Case]:
        return [Case(c.case_id, c.person_id, c.area, 1.0, 1.0) for c in measure(x, m)]

    return cases


def per_worker(measure: Measure) -> Measure:
    """Averages of section 11: children in the numerator, each worker once in the denominator.

    A worker with cases in several localities counts once in each, and once in the county.
    """

    def cases(x: Extract, m: Month) -> list[Case]:
        return measure(x, m)

    cases.per_worker = True  # type: ignore[attr-defined]
    return cases


# --------------------------------------------------------------------------------------------
# From cases to rows


def cases_of(x: Extract, measure: Measure, m: Month) -> list[Case]:
    key = ("cases", measure, m)
    if key not in x.cache:
        x.cache[key] = measure(x, m)
    return x.cache[key]  # type: ignore[return-value]


def in_area(case: Case, area: str) -> bool:
    return area == COUNTY or case.area == area


def totals(x: Extract, measure: Measure, m: Month) -> dict[str, tuple[float, float]]:
    """Numerator and denominator of one month by area."""
    key = ("totals", measure, m)
    if key not in x.cache:
        by_area: dict[str, list[Case]] = {area: [] for area in AREAS}
        by_area[COUNTY] = cases_of(x, measure, m)
        for c in by_area[COUNTY]:
            if c.area in by_area:
                by_area[c.area].append(c)
        found: dict[str, tuple[float, float]] = {}
        for area, cases in by_area.items():
            num = sum(c.num for c in cases)
            den = sum(c.den for c in cases)
            if getattr(measure, "per_worker", False):
                den = float(len({c.case_id for c in cases}))
            found[area] = (num, den)
        x.cache[key] = found
    return x.cache[key]  # type: ignore[return-value]


def add_up(x: Extract, measure: Measure, months: Iterable[Month], area: str) -> tuple[float, float]:
    parts = [totals(x, measure, month)[area] for month in months]
    return sum(num for num, _ in parts), sum(den for _, den in parts)


def is_short(x: Extract, indicator: Indicator, m: Month) -> bool:
    """G6: the first day needed lies before the history of a table that the ref needs."""
    if indicator.history is None:
        return False
    first = m.plus(-indicator.history).ms
    known = [
        x.history_from.get(table, x.history_from.get("default"))
        for table in indicator.tables.split()
    ]
    return any(since is not None and first < since for since in known)


def three(indicator: Indicator, num: float, den: float) -> tuple[float, float | None, float | None]:
    """Numerator, denominator and value of a count, percentage or average (G1)."""
    if indicator.kind == COUNT:
        return num, None, num
    factor = 100.0 if indicator.kind == PERCENT else 1.0
    return num, den, (factor * num / den if den else None)


def row_of(x: Extract, indicator: Indicator, m: Month, area: str) -> Row:
    """One row, as interface section 3 and G1 to G6 want it."""
    key = (indicator.ref, m.d, area)
    teams = x.has("ssd_department") and x.has("ssdx_team_localities")
    # G74: the latest records are enough for the last month only, and for no year to date
    is_latest_only = not x.latest_only.isdisjoint(indicator.tables.split())
    if (
        not all(x.has(table) for table in indicator.tables.split())
        or (area != COUNTY and not teams)
        or lacks_column(x, indicator.ref, of_localities=area != COUNTY)
        or (is_latest_only and m != reported_months(x)[-1])
    ):
        return Row(*key, None, None, None, None, None, None, "not_available")
    if is_short(x, indicator, m):
        return Row(*key, None, None, None, None, None, None, "insufficient_history")
    numerator: float | None
    denominator: float | None
    if indicator.kind == MAXIMUM:
        loads = Counter(c.case_id for c in cases_of(x, indicator.measure, m) if in_area(c, area))
        value = float(max(loads.values())) if loads else None
        numerator, denominator = value, None
    else:
        num, den = add_up(x, indicator.measure, m.rolling(indicator.months), area)
        if indicator.kind == RATE:
            people = population(area, m.d)
            numerator, denominator = num, None if people is None else float(people)
            value = None if people is None else indicator.multiplier * num / people
        else:
            numerator, denominator, value = three(indicator, num, den)
    ytd: tuple[float | None, float | None, float | None] = (None, None, None)
    if indicator.ytd == OWN:
        ytd = (numerator, denominator, value)
    elif (
        indicator.ytd == SUM
        and not is_latest_only
        and not is_short(x, indicator, m.year_to_date()[0])
    ):
        ytd = three(indicator, *add_up(x, indicator.measure, m.year_to_date(), area))
    state = "no_denominator" if value is None else "available"
    return Row(*key, numerator, denominator, value, *ytd, state)


def areas_of(indicator: Indicator) -> tuple[str, ...]:
    """G4: some refs have a county row only."""
    return (COUNTY,) if indicator.county_only else AREAS


def compute_from(
    x: Extract, refs: Iterable[str] | None = None, months: Iterable[Month] | None = None
) -> list[Row]:
    """Return the rows of some or all refs and months of an extract that has been read."""
    known = register()
    wanted = list(known) if refs is None else list(refs)
    reported = reported_months(x) if months is None else list(months)
    rows = []
    for ref in wanted:
        indicator = known[ref]
        for m in reported:
            rows += [row_of(x, indicator, m, area) for area in areas_of(indicator)]
    return rows


def compute(
    extract_folder: str | Path,
    refs: Iterable[str] | None = None,
    months: Iterable[Month | dt.date] | None = None,
) -> list[Row]:
    """Return every row of `fct_indicator_values` for an extract folder.

    `refs` and `months` (dates within the months, or `Month`s) narrow it; the default is every ref
    and the 36 months up to the last complete one. Raises KeyError for a ref that is unknown.
    """
    wanted = None
    if months is not None:
        wanted = [m if isinstance(m, Month) else month_of(m) for m in months]
    return compute_from(read_extract(extract_folder), refs, wanted)


def explain(
    x: Extract, ref: str, month: Month | dt.date, area: str = COUNTY
) -> tuple[list[str], list[str]]:
    """Return the case ids behind numerator and denominator of a cell.

    For a maximum or an average of caseloads the ids are `worker/child`.
    """
    indicator = register()[ref]
    month = month if isinstance(month, Month) else month_of(month)
    numerator, denominator = [], []
    for m in month.rolling(indicator.months):
        for c in cases_of(x, indicator.measure, m):
            if in_area(c, area):
                is_load = indicator.kind == MAXIMUM or hasattr(indicator.measure, "per_worker")
                shown = f"{c.case_id}/{c.person_id}" if is_load else c.case_id
                if c.num:
                    numerator.append(shown)
                if c.den:
                    denominator.append(shown)
    return sorted(numerator), sorted(denominator)
