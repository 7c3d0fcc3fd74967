"""Made-up counties as tables of totals: small enough that much has to be hidden.

A county is monthly counts by measure and locality that obey the specification's sums. The marts
that the published models read are made from them here, in the plainest way.
"""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pandas as pd

from tests.disclosure.attack import LOCALITIES, month_before

LAST_MONTH = date(2018, 3, 31)
MONTHS = [month_before(LAST_MONTH, count) for count in range(29, -1, -1)]
REPORTED = 18
TEAMS = ("assessment", "fit", "lac", "cwd", "nipe")
PLACEMENTS = (
    "RELATIVE_FOSTER", "OTHER_FOSTER", "PLACED_FOR_ADOPTION", "WITH_PARENTS", "RESIDENTIAL",
    "SEMI_INDEPENDENT", "INDEPENDENT", "OTHER",
)  # fmt: skip
POPULATIONS = (
    "requests", "referrals", "assessments", "s47", "cin", "cp", "icpc", "lac", "leavers", "loads",
)  # fmt: skip
SOURCES = ("POLICE", "EDUCATION", "HEALTH", "INTERNAL", "PUBLIC", "OTHER_LA", "OTHERS")
# Measures that count the cases which another measure judges.
COUNTED_WITH = {
    "assessment_in_time": "assessment_authorised",
    "care_leaver_in_eet": "care_leaver",
    "contact_progressed": "contact_received",
    "cp_plan_end_after_2_years": "cp_plan_ended",
    "cp_plan_start_second_or_later": "cp_plan_started",
    "early_help_case_rereferred": "early_help_case_opened",
    "household_approved_kinship": "household_approved",
    "household_ceased_kinship": "household_ceased",
    "icpc_in_time": "initial_conference_held",
    "lac_ended_by_permanence": "lac_ended",
    "lac_in_residential_placement": "looked_after_child",
    "on_cp_plan_over_2_years": "child_on_cp_plan",
    "referral_led_to_assessment": "referral_received",
    "s47_substantiated_at_risk": "s47_completed",
}


class County:
    """The monthly counts of one made-up county, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.totals: list[tuple] = []
        self.details: dict[str, list[tuple]] = {"T1": [], "T4": [], "T6": []}
        self.stocks: dict[tuple[str, str], int] = {}
        # Few or many; a population keeps its size, so that some series are never small.
        self.size = {
            name: float(self.random.choice([2, 8, 25, 60], p=[0.2, 0.25, 0.3, 0.25]))
            for name in POPULATIONS
        }
        self.unplaced = float(self.random.choice([0, 0, 3, 12]))
        for month in MONTHS:
            for area in LOCALITIES:
                self._add_month(month, area)
            self._add_front_door(month)

    def few(self, name: str, area: str, share: float = 1.0) -> int:
        size = self.unplaced if area == "NOT_ALLOCATED" else self.size[name]
        return int(self.random.poisson(size * share))

    def some(self, of: int, share: float) -> int:
        return int(self.random.binomial(of, share))

    def put(self, measure: str, month: date, area: str, cases: int, met: int, **more: int) -> None:
        if cases:
            workers, largest = more.get("workers"), more.get("largest")
            self.totals.append((measure, month, area, cases, met, workers, largest))
            if measure in COUNTED_WITH:
                counted = (COUNTED_WITH[measure], month, area, cases, cases, None, None)
                self.totals.append(counted)

    def stock(self, name: str, area: str, start: int, flow: str, month: date) -> tuple[int, int]:
        before = self.stocks.setdefault((name, area), start)
        came = self.few(flow, area, 0.4)
        went = min(self.few(flow, area, 0.4), before + came)
        self.stocks[name, area] = before + came - went
        return came, went

    def _add_month(self, month: date, area: str) -> None:
        def put(measure: str, cases: int, met: int = 0, **more: int) -> None:
            self.put(measure, month, area, cases, met, **more)

        put("support_requested", self.few("requests", area))
        came, went = self.stock(
            "early_help", area, self.few("requests", area, 3), "requests", month
        )
        active = self.stocks["early_help", area]
        put("early_help_case_rereferred", came, self.some(came, 0.15))
        put("early_help_case_stepped_down", came, self.some(came, 0.3))
        put("early_help_case_closed", went)
        put("early_help_case_active", active)
        put("child_in_active_early_help", 2 * active)
        put("social_work_case_supported", self.few("requests", area, 0.3))
        started = self.few("s47", area)
        put("s47_child_known_to_early_help", started, self.some(started, 0.1))
        self.referrals = {} if area == LOCALITIES[0] else self.referrals
        referrals = self.few("referrals", area, 2)
        self.referrals[area] = referrals
        put("referral_led_to_assessment", referrals, self.some(referrals, 0.7))
        put("referral_repeated", referrals, self.some(referrals, 0.2))
        ended = self.few("assessments", area, 2)
        groups = self.random.multinomial(ended, [0.35, 0.4, 0.24, 0.01])
        put("assessment_in_time", ended, self.some(ended, 0.6))
        known = int(sum(groups[:3]))
        put("assessment_led_to_involvement", known, int(groups[0]))
        put("assessment_closed_with_advice", known, int(groups[1]))
        put("assessment_stepped_down", known, int(groups[2]))
        open_now = self.few("assessments", area, 3)
        put("assessment_overdue", open_now, self.some(open_now, 0.3))
        done = self.few("s47", area)
        groups = self.random.multinomial(done, [0.6, 0.15, 0.2, 0.05])
        put("s47_substantiated_at_risk", done, int(groups[0]))
        put("s47_substantiated_not_at_risk", done, int(groups[1]))
        put("s47_not_substantiated", done, int(groups[2]))
        came, went = self.stock("cp", area, self.few("cp", area, 4), "cp", month)
        on_plan = self.stocks["cp", area]
        over_18 = self.some(on_plan, 0.06)
        seen = self.some(on_plan, 0.9)
        put("on_cp_plan_over_18_months", on_plan, over_18)
        put("on_cp_plan_over_2_years", on_plan, self.some(over_18, 0.3))
        put("cp_child_seen_in_20_days", on_plan, seen)
        put("cp_child_seen_in_time", on_plan, self.some(seen, 0.8))
        second = self.some(came, 0.2)
        put("cp_plan_start_second_or_later", came, second)
        put("cp_plan_start_within_2_years", came, self.some(second, 0.4))
        put("cp_plan_end_after_2_years", went, self.some(went, 0.05))
        held = self.few("icpc", area)
        put("icpc_in_time", held, self.some(held, 0.8))
        held = self.few("icpc", area)
        put("rcpc_in_time", held, self.some(held, 0.9))
        in_need = self.few("cin", area, 5)
        due = self.some(in_need, 0.7)
        outside = self.some(due, 0.9)
        current = self.some(outside, 0.8)
        put("child_in_need", in_need)
        put("child_in_need_or_on_cp_plan", in_need + on_plan)
        put("cin_plan_current_outside_assessment", outside, current)
        put("cin_plan_current", due, current + self.some(due - outside, 0.5))
        self._add_care(month, area)

    def _add_care(self, month: date, area: str) -> None:
        def put(measure: str, cases: int, met: int = 0, **more: int) -> None:
            self.put(measure, month, area, cases, met, **more)

        came, went = self.stock("lac", area, self.few("lac", area, 4), "lac", month)
        children = self.stocks["lac", area]
        places = self.random.multinomial(children, [0.1, 0.5, 0.04, 0.05, 0.13, 0.1, 0.05, 0.03])
        residential = int(places[4])
        for code, count in zip(PLACEMENTS, places, strict=True):
            self.details["T4"].append((month, area, code, int(count)))
        put("lac_in_residential_placement", children, residential)
        put("lac_seen_in_time", children, self.some(children, 0.85))
        put("lac_had_three_placements", children, self.some(children, 0.11))
        for measure, share, met in (
            ("lac_reviewed_in_time", 0.95, 0.85), ("lac_pep_current", 0.7, 0.88),
            ("lac_care_plan_current", 0.97, 0.95), ("lac_placement_stable", 0.3, 0.7),
        ):  # fmt: skip
            due = self.some(children, share)
            put(measure, due, self.some(due, met))
        a_year = self.some(children, 0.7)
        put("lac_health_assessment_current", a_year, self.some(a_year, 0.75))
        put("lac_dental_check_current", a_year, self.some(a_year, 0.75))
        put("lac_started", came)
        permanent = self.some(went, 0.35)
        adopted = self.some(permanent, 0.5)
        put("lac_ended_by_permanence", went, permanent)
        put("lac_ended_by_adoption", went, adopted)
        put("adoption_within_12_months", adopted, self.some(adopted, 0.5))
        put("adoption_days_to_placement", adopted, 300 * adopted)
        put("adoption_days_order_to_match", adopted, 150 * adopted)
        reached = self.some(came, 0.9)
        put("lac_health_assessed_in_20_days", reached, self.some(reached, 0.4))
        reviews = self.few("lac", area)
        part = self.some(reviews, 0.95)
        put("lac_review_participated", reviews, part)
        put("lac_review_attended", reviews, self.some(part, 0.7))
        leavers = self.few("leavers", area, 3)
        relevant = self.some(leavers, 0.06)
        for code, count in (
            ("ELIG", self.few("leavers", area)), ("REL", relevant), ("FREL", leavers - relevant),
        ):  # fmt: skip
            self.details["T6"].append((month, area, code, count))
        for measure in ("pathway_plan_current", "in_suitable_accommodation", "in_eet"):
            put(f"care_leaver_{measure}", leavers, self.some(leavers, 0.7))
        held = {}
        for team in TEAMS:
            held[team] = self.few("loads", area, 0.1 if team == "nipe" else 2)
        held["safeguarding"] = held["assessment"] + held["fit"]
        for team, count in held.items():
            workers = -(-count // 15)
            put(f"caseload_{team}", count, count, workers=workers, largest=min(count, 20))
        allocated = sum(held.values())
        changed = self.some(allocated, 0.04)
        put("worker_and_team_changed", allocated, changed)
        put("worker_changed_in_team", allocated, self.some(allocated - changed, 0.05))

    def _add_front_door(self, month: date) -> None:
        """Contacts and foster carers have no locality; those that progressed are the referrals."""

        def put(measure: str, cases: int, met: int = 0) -> None:
            self.put(measure, month, "NOT_ALLOCATED", cases, met)

        shares = [0.4, 0.15, 0.15, 0.05, 0.12, 0.03, 0.1]
        progressed = self.random.multinomial(sum(self.referrals.values()), shares)
        contacts = 0
        for code, count in zip(SOURCES, progressed, strict=True):
            all_of_them = int(count) + int(self.random.poisson(4 * self.size["referrals"] / 6))
            contacts += all_of_them
            self.details["T1"].append((month, code, all_of_them, int(count)))
        put("contact_progressed", contacts, int(sum(progressed)))
        children = int(contacts * 1.5)
        put("child_had_repeat_contacts", children, self.some(children, 0.18))
        for what in ("approved", "ceased"):
            kinds = self.random.multinomial(int(self.random.poisson(8)), [0.25, 0.65, 0.1])
            for kind, count in zip(("task_centred", "kinship", "short_breaks"), kinds, strict=True):
                put(f"household_{what}_{kind}", int(sum(kinds)), int(count))

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the marts that the published models read into a file that holds the seeds."""
        frames = {
            "cells": pd.DataFrame(
                self.totals,
                columns=["measure", "month_end", "area_code", "n", "s", "workers", "largest"],
            ).astype({"workers": float, "largest": float}),
            "months": pd.DataFrame({"month_end": MONTHS}),
            "t1": pd.DataFrame(
                self.details["T1"], columns=["month_end", "source_group", "contacts", "progressed"]
            ),
            "t4": pd.DataFrame(
                self.details["T4"], columns=["month_end", "area_code", "code", "count"]
            ),
            "t6": pd.DataFrame(
                self.details["T6"], columns=["month_end", "area_code", "code", "count"]
            ),
        }
        for name, frame in frames.items():
            connection.register(f"made_{name}", frame)
        connection.execute(MARTS.format(first=MONTHS[-REPORTED]))


MARTS = """
create schema if not exists indicators;
create schema if not exists core;
create or replace table core.dim_extract as select true as is_demonstration;
create or replace table core.dim_series_breaks as
select indicator_ref, series_break_month, series_break_reason
from reference.indicators where series_break_month is not null;
create or replace table indicators.fct_measure_totals as
with by_area as (
    select measure, cast(month_end as date) as month_end, area_code, n, s, workers, largest
    from made_cells
    union all
    select measure, cast(month_end as date), 'COUNTY', sum(n), sum(s), sum(workers), max(largest)
    from made_cells group by 1, 2
),
windows as (
    select last_months.month_end, covered.month_end as covered_month, kind.period_window
    from made_months as last_months cross join made_months as covered
    cross join (values ('month', 1), ('rolling_12', 12)) as kind (period_window, length)
    where date_diff('month', covered.month_end, last_months.month_end) between 0 and length - 1
    union all
    select last_months.month_end, covered.month_end, 'year_to_date'
    from made_months as last_months cross join made_months as covered
    where covered.month_end <= last_months.month_end
        and date_trunc('year', covered.month_end - interval 3 month)
            = date_trunc('year', last_months.month_end - interval 3 month)
)
select
    by_area.measure, cast(windows.month_end as date) as month_end, windows.period_window,
    by_area.area_code, cast(sum(n) as double) as case_count, cast(sum(s) as double) as measure_sum,
    case when windows.period_window = 'month' then max(workers) end as worker_count,
    case when windows.period_window = 'month' then max(largest) end as largest_worker_sum
from by_area inner join windows on by_area.month_end = cast(windows.covered_month as date)
group by by_area.measure, windows.month_end, windows.period_window, by_area.area_code;

create or replace table indicators.fct_indicator_values as
with due as (
    select indicators.*, cast(month_end as date) as month_end, areas.area_code
    from reference.indicators as indicators cross join made_months cross join reference.areas
    where (lowest_area = 'locality' or areas.area_code = 'COUNTY')
        and cast(month_end as date) >= date '{first}'
),
parts as (
    select
        due.*,
        case numerator_stat when 'count' then coalesce(own.case_count, 0)
            when 'sum' then coalesce(own.measure_sum, 0) else own.largest_worker_sum end as num,
        case denominator_stat when 'count' then coalesce(own.case_count, 0)
            when 'measure' then coalesce(other.case_count, 0)
            when 'workers' then coalesce(own.worker_count, 0)
            when 'population' then case when due.area_code = 'COUNTY' then 169052 end end as den,
        case when ytd_rule in ('sum', 'ratio') then case numerator_stat
            when 'count' then coalesce(ytd.case_count, 0)
            else coalesce(ytd.measure_sum, 0) end end as ytd_num,
        case when ytd_rule = 'ratio' then case denominator_stat
            when 'count' then coalesce(ytd.case_count, 0)
            else coalesce(ytd_other.case_count, 0) end end as ytd_den
    from due
    left join indicators.fct_measure_totals as own on own.measure = due.measure
        and own.month_end = due.month_end and own.area_code = due.area_code
        and own.period_window = due.period_window
    left join indicators.fct_measure_totals as other on other.measure = due.denominator_measure
        and other.month_end = due.month_end and other.area_code = due.area_code
        and other.period_window = due.period_window
    left join indicators.fct_measure_totals as ytd on ytd.measure = due.measure
        and ytd.month_end = due.month_end and ytd.area_code = due.area_code
        and ytd.period_window = 'year_to_date'
    left join indicators.fct_measure_totals as ytd_other
        on ytd_other.measure = due.denominator_measure
        and ytd_other.month_end = due.month_end and ytd_other.area_code = due.area_code
        and ytd_other.period_window = 'year_to_date'
)
select
    indicator_ref, month_end, area_code, num as numerator, den as denominator,
    case when denominator_stat = 'none' then num else multiplier * num / nullif(den, 0) end
        as value,
    ytd_num as ytd_numerator, ytd_den as ytd_denominator,
    case ytd_rule when 'sum' then ytd_num
        when 'ratio' then multiplier * ytd_num / nullif(ytd_den, 0)
        when 'own' then multiplier * num / nullif(den, 0) end as ytd_value,
    case when denominator_stat <> 'none' and coalesce(den, 0) = 0 then 'no_denominator'
        else 'available' end as availability,
    cast(null as varchar) as availability_reason
from parts;

create or replace table indicators.indicator_scorecard as
select
    now_values.indicator_ref, now_values.month_end, now_values.area_code,
    before.ytd_value as previous_ytd_value, cast(null as varchar) as rag_status,
    cast(null as varchar) as direction_of_travel, cast(null as varchar) as raw_direction
from indicators.fct_indicator_values as now_values
left join indicators.fct_indicator_values as before
    on now_values.indicator_ref = before.indicator_ref and now_values.area_code = before.area_code
    and last_day(now_values.month_end - interval 12 month) = before.month_end;

create or replace table indicators.detail_contacts_by_source as
select
    cast(month_end as date) as month_end, source_group, source_group as source_group_name,
    1 as display_order, contacts, progressed, 100.0 * progressed / nullif(contacts, 0)
        as percent_progressed,
    cast(null as double) as share_of_contacts, cast(null as double) as share_of_progressed
from made_t1 where cast(month_end as date) >= date '{first}';

create or replace table indicators.detail_placement_types as
select
    cast(month_end as date) as month_end, coalesce(area_code, 'COUNTY') as area_code,
    code as placement_group, code as placement_group_name, 1 as display_order,
    cast(sum(count) as integer) as children, cast(null as double) as percent_of_children
from made_t4 where cast(month_end as date) >= date '{first}'
group by grouping sets ((month_end, code), (month_end, code, area_code));

create or replace table indicators.detail_care_leaver_categories as
select
    cast(month_end as date) as month_end, coalesce(area_code, 'COUNTY') as area_code,
    code as category_code, code as category_name, 1 as display_order,
    code <> 'ELIG' as is_care_leaver, cast(sum(count) as integer) as people
from made_t6 where cast(month_end as date) >= date '{first}'
group by grouping sets ((month_end, code), (month_end, code, area_code));

create or replace table indicators.detail_caseloads as
select
    month_end, area_code, upper(substr(measure, 10)) as team_type_code, measure as team_type_name,
    1 as display_order, cast(worker_count as integer) as workers,
    cast(case_count as integer) as children, cast(largest_worker_sum as integer)
        as largest_caseload,
    case_count / nullif(worker_count, 0) as average_caseload
from indicators.fct_measure_totals
where measure like 'caseload_%' and period_window = 'month' and month_end >= date '{first}';

create or replace table indicators.detail_assessment_outcomes as
with counted as (
    select totals.month_end, totals.area_code, totals.case_count as assessments,
        max(outcomes.case_count) as known,
        max(measure_sum) filter (measure = 'assessment_led_to_involvement') as ongoing,
        max(measure_sum) filter (measure = 'assessment_closed_with_advice') as closed,
        max(measure_sum) filter (measure = 'assessment_stepped_down') as stepped
    from (select month_end, area_code, case_count from indicators.fct_measure_totals
        where measure = 'assessment_in_time' and period_window = 'month') as totals
    left join (select measure, month_end, area_code, case_count, measure_sum
        from indicators.fct_measure_totals where period_window = 'month'
        and measure in ('assessment_led_to_involvement', 'assessment_closed_with_advice',
            'assessment_stepped_down')) as outcomes using (month_end, area_code)
    group by 1, 2, 3
)
select month_end, area_code, outcome_group, outcome_group as outcome_name, 1 as display_order,
    cast(coalesce(counted_in_group, 0) as integer) as assessments,
    cast(null as double) as percent_of_outcomes
from counted, lateral (values ('ONGOING', ongoing), ('CLOSE', closed), ('STEP_DOWN', stepped),
    ('NOT_RECORDED', assessments - coalesce(known, 0))) as groups (outcome_group, counted_in_group)
where month_end >= date '{first}';

create or replace table indicators.detail_s47_outcomes as
with counted as (
    select month_end, area_code, max(case_count) as done,
        max(measure_sum) filter (measure = 's47_substantiated_at_risk') as risk,
        max(measure_sum) filter (measure = 's47_substantiated_not_at_risk') as no_risk,
        max(measure_sum) filter (measure = 's47_not_substantiated') as no_case
    from indicators.fct_measure_totals
    where period_window = 'month' and measure like 's47%substantiated%'
    group by month_end, area_code
)
select month_end, area_code, outcome_group, outcome_group as outcome_name, 1 as display_order,
    cast(counted_in_group as integer) as enquiries, cast(null as double) as percent_of_enquiries
from counted, lateral (values ('SUBST_RISK', risk), ('SUBST_NO_RISK', no_risk),
    ('NOT_SUBST', no_case), ('NOT_RECORDED', done - risk - no_risk - no_case))
    as groups (outcome_group, counted_in_group)
where month_end >= date '{first}';
"""
