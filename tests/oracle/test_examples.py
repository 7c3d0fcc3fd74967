"""The reference implementation against the worked examples ("Ex") of the specification.

The reporting month is March 2018 (d = 31 March, a Saturday; Good Friday was the 30th) unless a
test says otherwise.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.oracle.examples import Given, month
from tests.oracle.shared import age, am, birthday, due, wd
from tests.oracle.values import compute_from, explain, register


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# ---- Part A ----------------------------------------------------------------------------------


def test_working_days_of_section_4():
    assert due(day("2018-01-08"), 45) == day("2018-03-12")
    assert due(day("2018-03-03"), 1) == day("2018-03-05")
    assert wd(day("2018-03-15"), day("2018-03-31")) == 10
    assert wd(day("2018-03-14"), day("2018-03-31")) == 11
    assert wd(day("2018-03-15"), day("2018-03-14")) is None
    assert wd(day("2018-03-29"), day("2018-04-03")) == 1  # Good Friday, Easter Monday


def test_months_and_ages_of_sections_5_and_6():
    assert am(day("2017-11-30"), 3) == day("2018-02-28")
    assert am(day("2016-03-31"), 24) == day("2018-03-31")
    assert age(day("2000-02-29"), day("2018-02-28")) == 17
    assert age(day("2000-02-29"), day("2018-03-01")) == 18
    assert birthday(day("2000-02-29"), 18) == day("2018-03-01")


def test_windows_of_section_3():
    march = month("2018-03")
    assert march.w12 == day("2017-04-01")
    assert march.w3 == day("2018-01-01")
    assert march.year_to_date()[0].ms == day("2017-04-01")
    assert month("2018-04").year_to_date() == (month("2018-04"),)


def test_reported_months_are_the_36_up_to_the_last_complete_one():
    rows = compute_from(Given(as_at="2018-04-30").extract(), ["2.1"])
    assert len(rows) == 36
    assert (rows[0].month_end, rows[-1].month_end) == (day("2015-05-31"), day("2018-04-30"))
    rows = compute_from(Given(as_at="2018-04-29").extract(), ["2.1"])
    assert rows[-1].month_end == day("2018-03-31")


def test_team_moves_and_the_tie_of_two_primaries():
    given = Given().team("T1", "SOUTH", "2010-01-01", until="2018-01-31")
    given.team("T1", "NORWICH", "2018-01-31").team("T2", "WEST")
    given.assessment("A", "2018-01-02", "2018-01-30", team="T1")
    given.assessment("A", "2018-01-02", "2018-01-31", team="T1")
    assert given.num("3.1", "2018-01", "SOUTH") == 1
    assert given.num("3.1", "2018-01", "NORWICH") == 1
    given.allocation("A", "W1", "T1", "2018-02-01", allocation_id="A9")
    given.allocation("A", "W2", "T2", "2018-02-01", allocation_id="B1")
    given.assessment("A", "2018-02-01", "2018-03-01")
    assert given.num("3.1", "2018-03", "WEST") == 1  # no team: highest id of two primaries


def test_event_without_locality_is_not_allocated_and_county_has_all():
    given = Given().team("T1", "SOUTH").team("T2")
    given.assessment("A", "2018-03-01", "2018-03-05", team="T1")
    given.assessment("A", "2018-03-01", "2018-03-05", team="T2")
    given.assessment("A", "2018-03-01", "2018-03-05")
    assert given.num("3.1") == 3
    assert given.num("3.1", area="SOUTH") == 1
    assert given.num("3.1", area="NOT_ALLOCATED") == 2


def test_availability_of_interface_section_3():
    given = Given().contact("A", "2018-03-05")
    given.absent = {"ssd_department"}
    assert given.row("2.2", area="SOUTH").availability == "not_available"
    assert given.row("2.2").availability == "available"
    given.absent = {"ssd_contacts"}
    assert given.row("2.2")[3:] == (None,) * 6 + ("not_available",)
    given.absent = set()
    given.history_from = {"default": day("2017-06-01")}
    short = given.row("2.1")
    assert (short.value, short.ytd_value, short.availability) == (1, None, "available")
    assert given.row("2.7").availability == "insufficient_history"
    assert given.row("2.4").availability == "insufficient_history"
    assert given.row("4.5")[3:] == (0, 0, None, None, None, None, "no_denominator")
    assert given.row("4.3", area="SOUTH")[3:6] == (0, None, None)
    assert given.row("11.2")[3:6] == (None, None, None)


def test_merged_persons_take_the_first_known_value_and_share_events():
    given = Given().person("KEPT", None).person("B", "2010-01-01", x_pers_merged_into_id="KEPT")
    given.person("A", "2009-01-01", x_pers_merged_into_id="B")
    x = given.extract()
    assert x.persons["KEPT"].dob == day("2009-01-01")
    given.contact("A", "2018-03-01").contact(" kept ", "2018-03-02")
    assert given.row("2.10")[3:6] == (1, 1, 100)


def test_a_cycle_of_merged_persons_resolves_to_the_smallest_id_in_it():
    given = Given().person("C", x_pers_merged_into_id="B").person("B", x_pers_merged_into_id="C")
    given.person("A", x_pers_merged_into_id="C")
    given.contact("A", "2018-03-01").contact("C", "2018-03-02")
    assert set(given.extract().persons) == {"B"}


def test_duplicates_and_unusable_rows():
    given = Given().contact("A", "2018-03-01", contact_id="C1")
    given.contact("A", "2018-03-01", contact_id="C1").contact("A", "2018-03-02", contact_id="c1 ")
    given.contact("A", None)
    assert given.num("2.1") == 1
    given = Given().contact("A", "2018-03-01", contact_id="-1")
    given.contact("B", "2018-03-01", contact_id="N/A")
    assert given.num("2.1") == 2  # a blank key: rows of their own
    given = Given().assessment("A", "2018-03-05", "2018-03-01")
    assert given.num("3.1") == 0  # G22
    given = Given().assessment("A", None, "2018-03-01")
    assert given.num("3.1") == 0  # G23


# ---- 1 early help ----------------------------------------------------------------------------


def test_1_1_requests():
    given = Given().request("2018-03-01").request("2018-03-31").request("2018-04-01")
    given.request("2018-03-05", status="DUPLICATE").request("2018-03-05", status="ERROR")
    assert given.num("1.1") == 2
    assert given.row("1.1").ytd_value == 2


def test_1_1a_1_2_1_3_cases():
    given = Given().eh_case("A", "2018-01-05").eh_case("B", "2018-01-05", "2018-03-31")
    given.eh_case("C", "2018-03-31").eh_case("D", "2018-02-28", kind="SW_SUPPORT")
    assert given.num("1.1a") == 1
    assert given.num("1.2") == 1
    assert given.num("1.3") == 2
    assert given.num("1.2", "2018-04") == 0


def test_1_1a_same_day_reopening_continues_in_one_family_only():
    given = Given().eh_case("A", "2018-01-05", "2018-03-10", family="F")
    given.eh_case("B", "2018-03-10", family="F").eh_case("C", "2018-03-10", family="G")
    given.eh_case("D", "2018-03-10")
    assert given.num("1.1a") == 2
    assert given.num("1.2") == 0
    assert given.num("1.3") == 3


def test_1_4_children():
    given = Given().person("A").person("B").person("C").person("ADULT", "1990-01-01")
    given.eh_case("E", "2018-01-05")
    for who, left in (("A", None), ("B", "2018-03-31"), ("C", None), ("ADULT", None)):
        given.member("E", who, "2018-01-05", left)
    assert given.num("1.4") == 2
    given.eh_case("E2", "2018-02-01", team="T1").team("T1", "WEST").member("E2", "A", "2018-02-01")
    assert given.num("1.4") == 2
    assert given.num("1.4", area="WEST") == 1  # the case opened last
    given.team("T2", "SOUTH").allocation("C", "W", "T2", "2018-01-01")
    assert given.num("1.4", area="SOUTH") == 1  # a case without a team


def test_1_5_targeted_support():
    given = Given().eh_case("A", "2018-03-01", "2018-03-31", kind="SW_SUPPORT")
    assert given.num("1.5") == 0
    assert given.eh_case("B", "2018-03-31", kind="SW_SUPPORT").num("1.5") == 1


def test_1_6_may_exceed_100():
    given = Given().request("2018-03-01").request("2018-03-02")
    for name in "ABC":
        given.eh_case(name, "2018-03-05")
    assert given.row("1.6")[3:6] == (3, 2, 150)


@pytest.mark.parametrize(("left", "known"), [("2017-03-13", 1), ("2017-03-12", 0), (None, 1)])
def test_1_7_previously_open_to_early_help(left, known):
    given = Given().eh_case("E", "2016-01-01").member("E", "A", "2016-01-01", left)
    given.s47("A", "2018-03-12").s47("B", "2018-03-12").s47("A", "2018-03-12", status="CANCELLED")
    assert given.row("1.7")[3:5] == (known, 2)


def test_1_8_re_referrals():
    given = Given().eh_case("A", "2016-01-01", "2017-03-10", family="F")
    given.eh_case("B", "2018-03-10", family="F")
    given.eh_case("C", "2016-01-01", "2017-03-09", family="G")
    given.eh_case("D", "2018-03-10", family="G")
    assert given.row("1.8")[3:5] == (1, 2)
    given.member("D", "KID", "2018-03-10").member("A", "KID", "2016-01-01", "2017-03-10")
    assert given.row("1.8")[3:5] == (2, 2)  # a shared child will do


def test_1_9_stepped_down():
    given = Given().eh_case("A", "2018-03-10", origin="STEP_DOWN").eh_case("B", "2018-03-10")
    assert given.row("1.9")[3:6] == (1, 2, 50)
    assert Given().value("1.9") is None


def test_member_without_case_is_a_lead_case_of_its_own():
    given = Given().member(None, "A", "2018-03-10", "2018-03-20")
    assert (given.num("1.1a"), given.num("1.2"), given.num("1.3")) == (1, 1, 0)


# ---- 2 contacts and referrals ----------------------------------------------------------------


def test_2_1_contacts_of_siblings():
    given = Given().contact("A", "2018-03-31").contact("B", "2018-03-31").contact("C", "2018-03-31")
    given.contact("A", "2018-04-01T00:05:00")
    assert given.num("2.1") == 3
    assert given.num("2.1", "2018-04") == 1


def test_2_2_dated_by_the_contact():
    given = Given().referral("A", "2018-04-03", "R1").contact("A", "2018-03-29", "REFERRAL", "R1")
    assert given.num("2.2") == 1
    assert given.num("2.2", "2018-04") == 0


def test_2_2_one_referral_on_the_earlier_of_two_contacts():
    given = Given().referral("A", "2018-03-02", "R1")
    given.contact("A", "2018-02-28", "REFERRAL", "R1").contact("A", "2018-03-01", "REFERRAL", "R1")
    assert given.num("2.2") == 0
    assert given.num("2.2", "2018-02") == 1


def test_2_2_matching_rule():
    # Thursday 29 March + 3 working days: Thursday 5 April
    given = Given().contact("A", "2018-03-29").referral("A", "2018-04-05")
    assert given.num("2.2") == 1
    given = Given().contact("A", "2018-03-29").referral("A", "2018-04-06")
    assert given.num("2.2") == 0
    given = Given().contact("A", "2018-03-29", "NFA").referral("A", "2018-03-29")
    assert given.num("2.2") == 0
    given = Given().contact("A", "2018-03-29", "REFERRAL")
    assert (given.num("2.2"), given.num("2.5"), given.den("2.7")) == (1, 0, 1)
    given = Given().contact("A", "2018-03-28").contact("A", "2018-03-29")
    given.referral("A", "2018-03-29")
    assert given.num("2.2") == 1  # one referral matches one contact


def test_2_3_2_4():
    given = Given()
    for number in range(4):
        given.contact(f"P{number}", "2018-03-05", "REFERRAL" if number == 0 else "NFA")
    given.contact("Q", "2017-03-31", "REFERRAL").contact("Q2", "2017-04-01", "REFERRAL")
    assert given.row("2.3")[3:6] == (1, 4, 25)
    assert given.row("2.4")[3:5] == (2, 169052)
    assert given.value("2.4") == pytest.approx(20000 / 169052)


def test_2_5_outcomes():
    given = Given()
    for number, outcome in enumerate(("SWA", "NFA", None)):
        given.referral("A", "2018-03-05", f"R{number}", outcome=outcome)
        given.contact("A", "2018-03-05", "REFERRAL", f"R{number}")
    assert given.num("2.5") == 1
    assert given.row("2.5p")[3:5] == (1, 3)


@pytest.mark.parametrize(("earlier", "again"), [("2017-03-05", 1), ("2017-03-04", 0)])
def test_2_7_twelve_months(earlier, again):
    given = Given().referral("A", earlier).referral("A", "2018-03-05", "R2")
    given.contact("A", "2018-03-05", "REFERRAL", "R2")
    assert given.row("2.7")[3:5] == (again, 1)
    assert given.num("2.6") == again


def test_2_7_same_day_is_no_re_referral():
    given = Given()
    for name in ("R1", "R2"):
        given.referral("A", "2018-03-05", name).contact("A", "2018-03-05", "REFERRAL", name)
    assert given.row("2.7")[3:5] == (0, 2)


def test_2_8_three_referrals():
    given = Given()
    for number, date in enumerate(("2017-05-10", "2017-10-10", "2018-03-10")):
        given.referral("A", date, f"R{number}").contact("A", date, "REFERRAL", f"R{number}")
    row = given.row("2.8")
    assert row[3:5] == (2, 3)
    assert row[6:9] == row[3:6]


def test_2_9_2_10_repeat_contacts():
    given = Given().contact("A", "2018-01-01").contact("A", "2018-03-31")
    given.contact("B", "2017-12-31").contact("B", "2018-03-31").contact("C", "2018-02-01")
    given.contact("C", "2018-02-01")
    assert given.row("2.10")[3:5] == (2, 3)
    assert given.num("2.9") == 2


# ---- 3 assessments ---------------------------------------------------------------------------


def test_3_1_3_2_siblings_and_windows():
    given = Given()
    for who in "ABC":
        given.assessment(who, "2018-03-01", "2018-03-31")
    given.assessment("D", "2018-03-01", "2018-04-03")
    given.assessment("E", "2018-03-01", "2018-03-10", status="CANCELLED")
    given.assessment("F", "2017-03-01", "2017-04-01").assessment("G", "2017-03-01", "2017-03-31")
    assert given.num("3.1") == 3
    assert given.num("3.2") == 4


@pytest.mark.parametrize(("authorised", "in_time"), [("2018-03-12", 1), ("2018-03-13", 0)])
def test_3_3_from_the_referral(authorised, in_time):
    given = Given().referral("A", "2018-01-08", "R")
    given.assessment("A", "2018-01-20", authorised, "R")
    assert given.row("3.3")[3:5] == (in_time, 1)


def test_3_3_later_assessments_from_their_own_start():
    given = Given().referral("A", "2017-06-01", "R").assessment("A", "2017-06-02", None, "R")
    given.assessment("A", "2018-03-01", "2018-03-20", "R")
    assert given.row("3.3")[3:5] == (1, 1)
    given = Given().referral("A", "2017-06-01", "R")
    given.assessment("A", "2017-06-02", None, "R", status="CANCELLED")  # G50
    given.assessment("A", "2018-03-01", "2018-03-20", "R")
    assert given.row("3.3")[3:5] == (0, 1)
    given = (
        Given().referral("A", "2018-03-25", "R").assessment("A", "2018-03-01", "2018-03-20", "R")
    )
    assert given.row("3.3")[3:5] == (0, 1)  # MD2


def test_3_4_open_past_45_days():
    given = Given().assessment("A", "2018-01-24").assessment("B", "2018-01-25")
    given.assessment("C", "2018-01-24", "2018-03-31").assessment("D", "2018-01-24", "2018-04-01")
    assert given.num("3.4") == 2


def test_3_5_outcomes():
    given = Given()
    for outcome in ("ONGOING", "ONGOING", "CLOSE", None, "OTHER"):
        given.assessment("A", "2018-03-01", "2018-03-05", outcome=outcome)
    assert given.num("3.5") == 2
    assert given.row("3.5p")[3:5] == (2, 3)
    assert given.num("3.6") == 1
    assert given.num("3.7") == 0
    assert given.row("3.7p")[3:6] == (0, 3, 0)


# ---- 4 section 47 ----------------------------------------------------------------------------


def test_4_3_is_annualised_and_4_3r_rolling():
    given = Given()
    for number in range(138):
        given.s47(f"P{number}", "2018-03-01", "2018-03-20")
    assert given.row("4.3")[3:5] == (138, 169052)
    assert round(given.value("4.3"), 1) == 98.0
    assert given.value("4.3r") == pytest.approx(1380000 / 169052)
    assert given.row("4.3").ytd_value is None
    assert Given().value("4.3") == 0


def test_4_4_to_4_7():
    given = Given().s47("A", "2018-03-01", "2018-03-31", "SUBST_RISK")
    given.s47("B", "2018-03-01", "2018-03-31", "NOT_SUBST").s47("C", "2018-03-01", "2018-04-01")
    given.s47("D", "2018-03-01", "2018-03-31").s47("E", "2018-03-01", "2018-03-31", "OTHER")
    given.s47("F", "2018-03-01", "2018-03-31", "SUBST_RISK", status="CANCELLED")
    assert given.num("4.4") == 4
    assert given.row("4.5")[3:6] == (1, 4, 25)
    assert given.row("4.6")[3:5] == (0, 4)
    assert given.row("4.7")[3:5] == (1, 4)
    assert Given().value("4.6") is None


# ---- 5 children in need ----------------------------------------------------------------------


def test_5_1_5_2():
    given = Given().referral("A", "2018-01-01").cp_plan("A", "2018-01-10", "2018-03-31")
    given.referral("B", "2018-01-01", closed="2018-03-31")
    given.referral("C", "2018-01-01", nfa="Y")
    given.referral("D", "2018-01-01").cp_plan("D", "2018-02-01")
    given.referral("E", "2018-01-01").episode("E", "2018-03-31")
    given.person("F", "2000-03-31").referral("F", "2018-01-01")
    given.person("G", None, pers_expected_dob="2018-08-01").referral("G", "2018-01-01", nfa=None)
    assert given.num("5.1") == 2  # A: the plan is closed on its last day; G: unborn
    assert given.num("5.2") == 3
    assert given.row("5.3")[3:5] == (2, 169052)


def test_5_5_45_working_days():
    given = Given().referral("A", "2018-01-25").referral("B", "2018-01-26")
    assert given.row("5.5")[3:5] == (0, 1)
    assert Given().referral("A", "2018-01-25").referral("A", "2018-03-01").den("5.5") == 1
    # before January 2017: 20 working days
    assert Given().referral("A", "2016-11-25").den("5.5", "2016-12") == 1


@pytest.mark.parametrize(("reviewed", "current"), [("2017-09-30", 0), ("2017-10-01", 1)])
def test_5_5_plan_of_six_months(reviewed, current):
    given = Given().referral("A", "2017-01-25").plan("CIN", "A", "2017-02-01", reviews=[reviewed])
    assert given.row("5.5")[3:5] == (current, 1)


def test_5_4_without_assessment_teams():
    given = Given().team("TA", kind="ASSESSMENT").team("TF", kind="FIT")
    for who, team in (("A", "TA"), ("B", "TF"), ("C", None)):
        given.referral(who, "2018-01-01")
        if team:
            given.allocation(who, "W", team, "2018-01-01")
    given.plan("CIN", "B", "2018-01-10")
    assert given.row("5.4")[3:6] == (1, 2, 50)
    assert given.den("5.5") == 3


# ---- 6 child protection ----------------------------------------------------------------------


def test_6_1_and_rates():
    given = Given().cp_plan("A", "2018-03-31").cp_plan("B", "2018-01-01", "2018-03-31")
    given.cp_plan("C", "2018-01-01", other_la="Y").person("D", "2000-03-31")
    given.cp_plan("D", "2017-01-01").cp_plan("E", "2018-03-01", "2018-03-01")
    assert given.num("6.1") == 1
    assert given.row("6.5")[3:5] == (1, 169052)
    assert given.num("6.6") == 1
    assert given.num("6.7") == 1
    assert given.value("6.7", "2017-12") == 0


def test_6_plans_touching_or_overlapping_are_one():
    given = Given().cp_plan("A", "2016-03-30", "2018-03-10").cp_plan("A", "2018-03-10")
    assert (given.num("6.6"), given.num("6.11a"), given.num("6.10n")) == (0, 0, 1)
    given = (
        Given().cp_plan("A", "2018-01-01", "2018-03-10").cp_plan("A", "2018-02-01", "2018-03-05")
    )
    assert (given.num("6.11a"), given.num("6.6", "2018-02")) == (1, 0)
    given = Given().cp_plan("A", "2018-01-01", "2018-03-10").cp_plan("A", "2018-03-11")
    assert (given.num("6.11a"), given.num("6.6"), given.num("6.9a")) == (1, 1, 1)


def test_6_2_6_3():
    given = Given().icpc("A", "2018-03-29").icpc("B", "2018-03-29").icpc("C", "2018-04-03")
    given.icpc("D", "2018-03-29", transfer="Y").icpc("E", "2018-03-29", status="PLANNED")
    given.icpc("F", "2017-04-01").icpc("G", "2017-03-31")
    given.icpc("A", "2018-03-30", meeting="M").icpc("A", "2018-03-28", meeting="M")
    assert given.num("6.3") == 3
    assert given.num("6.2a") == 4
    assert given.row("6.2b")[3:5] == (4, 169052)


@pytest.mark.parametrize(
    ("strategy", "held", "which", "in_time"),
    [
        ("2018-03-01", "2018-03-22", "2018-03", 1),
        ("2018-03-01", "2018-03-23", "2018-03", 0),
        ("2018-03-09", "2018-04-03", "2018-04", 1),
        ("2018-03-23", "2018-03-22", "2018-03", 0),
    ],
)
def test_6_4_fifteen_working_days(strategy, held, which, in_time):
    assert Given().icpc("A", held, strategy).row("6.4", which)[3:5] == (in_time, 1)


def test_6_4_links_and_fallback():
    given = Given().s47("A", "2018-03-01", s47_id="S1", status="CANCELLED")
    given.icpc("A", "2018-03-22", s47="S1")
    assert given.num("6.4n") == 1  # G51: a linked one counts even if cancelled
    given = Given().s47("A", "2018-03-01", status="CANCELLED").icpc("A", "2018-03-22")
    assert given.num("6.4n") == 0
    given = Given().s47("A", "2018-02-01").s47("A", "2018-03-01").icpc("A", "2018-03-22", s47="X")
    assert given.num("6.4n") == 1  # G64: unknown link, the latest S47


@pytest.mark.parametrize(("ended", "recent"), [("2016-03-10", 1), ("2016-03-09", 0)])
def test_6_8_two_years(ended, recent):
    given = Given().cp_plan("A", "2015-03-10", ended).cp_plan("A", "2018-03-10")
    assert given.row("6.8")[3:5] == (recent, 1)
    given = Given().cp_plan("A", "2018-03-10", previous_end=ended, previous=1)
    assert given.row("6.8")[3:5] == (recent, 1)


def test_6_9_second_time_ever():
    given = Given().cp_plan("A", "2009-01-01", "2010-01-01").cp_plan("A", "2018-03-31")
    given.cp_plan("B", "2018-03-01", previous=2).cp_plan("C", "2018-03-01")
    given.cp_plan("D", "2018-03-01", "2018-03-01").cp_plan("D", "2018-03-20")
    assert given.num("6.9a") == 2
    assert given.row("6.9b")[3:5] == (2, 4)


def test_6_10_durations():
    given = Given().cp_plan("A", "2016-09-30").cp_plan("B", "2016-10-01")
    assert given.num("6.10a") == 1
    given = Given().cp_plan("A", "2016-03-31").cp_plan("B", "2016-03-30")
    assert given.row("6.10b")[3:5] == (1, 2)
    assert given.num("6.10n") == 1


def test_6_11b_two_years_or_more():
    given = (
        Given().cp_plan("A", "2016-03-12", "2018-03-12").cp_plan("B", "2016-03-12", "2018-03-11")
    )
    assert given.row("6.11b")[3:5] == (1, 2)
    given = Given().person("A", "2000-03-10").cp_plan("A", "2016-03-12", "2018-03-12")
    assert given.num("6.11a") == 0  # G25
    given = Given().person("A", "2000-03-12").cp_plan("A", "2016-03-12", "2018-03-12")
    assert given.num("6.11a") == 1


@pytest.mark.parametrize(("held", "in_time"), [("2018-03-14", 1), ("2018-03-15", 0)])
def test_6_12_first_review(held, in_time):
    given = Given().cp_plan("A", "2017-12-14", plan_id="P").rcpc("A", held, "P")
    assert given.row("6.12")[3:5] == (in_time, 1)


def test_6_12_later_and_dropped_reviews():
    given = Given().cp_plan("A", "2017-06-14", "2018-03-12")
    given.rcpc("A", "2017-09-12").rcpc("A", "2018-03-12")
    assert given.row("6.12")[3:5] == (1, 1)
    assert given.rcpc("A", "2018-03-13").rcpc("A", "2018-03-12", "UNKNOWN").den("6.12") == 1
    assert given.rcpc("A", "2018-03-05", status="PLANNED").den("6.12") == 1


@pytest.mark.parametrize(
    ("ref", "seen", "in_time"),
    [
        ("6.14", "2018-03-15", 1),
        ("6.14", "2018-03-14", 0),
        ("6.15", "2018-03-01", 1),
        ("6.15", "2018-02-28", 0),
    ],
)
def test_6_14_6_15_last_seen(ref, seen, in_time):
    given = Given().cp_plan("A", "2017-01-01").cp_visit("A", seen).cp_visit("A", "2018-03-30", "N")
    given.cp_visit("A", "2018-04-01")
    assert given.row(ref)[3:5] == (in_time, 1)


def test_6_14_new_plan_and_old_limit():
    assert Given().cp_plan("A", "2018-03-20").num("6.14") == 1
    given = Given().cp_plan("A", "2017-01-01").cp_visit("A", "2017-06-02")
    assert given.num("6.14", "2017-06") == 1  # 20 working days until June 2017
    row = Given().cp_plan("A", "2018-01-02").row("6.14")
    assert (row.ytd_numerator, row.ytd_denominator) == (0, 3)


# ---- 7 looked-after children -----------------------------------------------------------------


def test_7_1_boundaries():
    given = Given().episode("A", "2018-03-31").episode("B", "2018-01-01", "2018-03-31")
    given.person("C", "2000-03-31").episode("C", "2017-01-01")
    given.episode("D", "2018-01-01", status="V4").episode("E", "2018-01-01", other_la="Y")
    given.person("F", None, pers_expected_dob="2018-06-01").episode("F", "2018-01-01")
    assert given.num("7.1") == 1
    assert given.row("7.2")[3:5] == (1, 169052)


def test_7_3_re_entry():
    given = Given().episode("A", "2018-01-01", "2018-03-14").episode("A", "2018-03-14")
    assert (given.num("7.3"), given.num("7.4")) == (0, 0)
    given = Given().episode("A", "2018-01-01", "2018-03-14").episode("A", "2018-03-15")
    assert (given.num("7.3"), given.num("7.4")) == (1, 1)


def test_7_4_7_5_7_8():
    given = Given().episode("A", "2017-01-01", "2018-03-31", ceased="E11")
    given.episode("B", "2017-01-01", "2018-03-01", ceased="E4A")
    given.episode("C", "2017-01-01", "2018-03-01", ceased="E45")
    given.episode("D", "2017-01-01", "2018-03-01")
    given.person("E", "2000-03-20").episode("E", "2017-01-01", "2018-03-21")
    assert given.num("7.4") == 4
    assert given.row("7.5")[3:5] == (2, 4)
    assert given.row("7.8")[3:5] == (1, 4)


def test_7_4_ends_take_the_locality_of_the_day_before():
    given = Given().team("T1", "WEST").episode("A", "2017-01-01", "2018-03-10")
    given.allocation("A", "W", "T1", "2017-01-01", "2018-03-10")
    assert given.num("7.4", area="WEST") == 1
    given = Given().team("T1", "WEST").episode("A", "2017-01-01", "2018-03-10")
    given.allocation("A", "W", "T1", "2017-01-01", "2018-03-09")
    assert given.num("7.4", area="NOT_ALLOCATED") == 1


def test_7_6_residential():
    given = Given().episode("A", "2017-01-01", type="K2").episode("B", "2017-01-01", type="H5")
    given.episode("C", "2017-01-01", "2018-03-20", type="U3")
    given.episode("C", "2018-03-20", reason="P", type="T1").episode("D", "2017-01-01", type="R3")
    given.episode("E", "2017-01-01", "2018-03-20", type="K2")
    given.episode("E", "2018-03-20", reason="P", type="T1")
    assert given.row("7.6p")[3:5] == (3, 5)
    assert given.num("7.6") == 3


@pytest.mark.parametrize(("held", "in_time"), [("2018-03-12", 1), ("2018-03-13", 0)])
def test_7_7_first_review(held, in_time):
    given = Given().episode("A", "2018-02-12").lac_review("A", held)
    assert given.row("7.7")[3:5] == (in_time, 1)


@pytest.mark.parametrize(("third", "in_time"), [("2017-09-30", 0), ("2017-10-01", 1)])
def test_7_7_overdue(third, in_time):
    given = Given().episode("A", "2017-03-01").lac_review("A", "2017-03-20")
    given.lac_review("A", "2017-06-20").lac_review("A", third)
    given.lac_review("A", "2018-03-30", cancelled="Y")
    assert given.row("7.7")[3:5] == (in_time, 1)
    assert Given().episode("A", "2018-03-15").den("7.7") == 0
    assert Given().episode("A", "2018-03-01").den("7.7") == 0  # WD(1, 31 March) = 20
    assert Given().episode("A", "2018-02-28").row("7.7")[3:5] == (0, 1)


def test_7_9_cohort():
    given = Given().episode("A", "2018-03-01").health("A", "2018-03-29")
    given.episode("B", "2018-03-02").episode("C", "2018-03-01").health("C", "2018-04-03")
    given.episode("D", "2018-03-01", "2018-03-29")
    assert given.row("7.9")[3:5] == (1, 2)
    assert given.num("7.9n") == 1
    # WD counts the weekend after the 20th day as still in time, but not after d
    assert Given().episode("A", "2018-03-01").health("A", "2018-03-30").num("7.9n") == 1
    assert Given().episode("A", "2018-03-01").health("A", "2018-04-01").num("7.9n") == 0


@pytest.mark.parametrize(
    ("dob", "check", "ref", "in_date"),
    [
        ("2009-01-01", "2017-03-31", "7.10p", 1),
        ("2009-01-01", "2017-03-30", "7.10p", 0),
        ("2015-01-01", "2017-10-01", "7.10p", 1),
        ("2015-01-01", "2017-09-30", "7.10p", 0),
        ("2015-01-01", "2017-03-31", "7.11p", 1),
        ("2015-01-01", "2017-03-30", "7.11p", 0),
    ],
)
def test_7_10_7_11_checks(dob, check, ref, in_date):
    kind = "DENTAL" if ref == "7.11p" else "HEALTH_ASSESSMENT"
    given = Given().person("A", dob).episode("A", "2017-04-01").health("A", check, kind)
    given.episode("B", "2017-04-02").health("A", "2018-03-01", kind, "REFUSED")
    assert given.row(ref)[3:5] == (in_date, 1)


def test_7_13_peps():
    given = Given().person("A", "2013-09-01").person("B", "2013-08-31")
    given.episode("A", "2017-01-01").episode("B", "2017-01-01").pep("B", "2017-10-01")
    assert given.row("7.13")[3:5] == (1, 1)
    given = Given().person("B", "2008-08-31").episode("B", "2017-01-01").pep("B", "2017-09-30")
    assert given.row("7.13")[3:5] == (0, 1)
    given.pep("B", "2018-01-01", "PLANNED")
    assert given.row("7.13")[3:5] == (0, 1)


def test_7_14_care_plans():
    given = Given().episode("A", "2018-03-15").episode("B", "2018-03-14")
    assert given.row("7.14")[3:5] == (0, 1)
    for dob, accepted in (("2001-12-31", 1), ("2002-01-01", 0)):
        given = Given().person("A", dob).episode("A", "2017-01-01")
        given.plan("PATHWAY", "A", "2018-01-01")
        assert given.row("7.14")[3:5] == (accepted, 1)
        assert given.plan("CARE", "A", "2017-10-01").num("7.14") == 1


@pytest.mark.parametrize(
    ("start", "seen", "type", "in_time"),
    [
        ("2017-06-01", "2018-02-17", "U5", 1),
        ("2017-06-01", "2018-02-16", "U5", 0),
        ("2018-03-24", None, "U5", 1),
        ("2018-03-23", None, "U5", 0),
        ("2017-01-10", "2017-12-31", "U4", 1),
        ("2017-01-10", "2017-12-30", "U4", 0),
        ("2017-04-01", "2017-12-31", "U4", 0),
    ],
)
def test_7_15_visits(start, seen, type, in_time):
    given = Given().episode("A", start, type=type)
    if seen:
        given.lac_visit("A", seen)
    given.lac_visit("A", "2018-03-30", None)
    assert given.row("7.15")[3:5] == (in_time, 1)


def test_7_15_temporary_placement_at_the_start_of_the_period():
    assert Given().episode("A", "2018-03-24", type="T1").num("7.15") == 1
    assert Given().episode("A", "2018-03-23", type="T1").num("7.15") == 0


def test_7_15_permanence_code_of_an_open_care_plan():
    given = Given().episode("A", "2017-01-10", type="U5").lac_visit("A", "2017-12-31")
    given.plan("CARE", "A", "2017-01-10", permanence="LTFOST18")
    assert given.num("7.15") == 1


def test_7_17_7_18_participation():
    given = Given().person("A", "2009-01-01").person("B", "2014-03-09").person("C", "2014-03-10")
    for code in ("PN0", "PN1", "PN5", None):
        given.lac_review("A", "2018-03-09", code)
    assert given.row("7.17")[3:5] == (1, 3)
    assert given.row("7.18")[3:5] == (2, 3)
    given.lac_review("B", "2018-03-09", None).lac_review("C", "2018-03-09", None)
    given.lac_review("B", "2018-03-09", "PN7")
    assert given.row("7.18")[3:5] == (2, 5)


# ---- 8 care leavers --------------------------------------------------------------------------


def test_8_1_leaving_on_the_last_day():
    given = Given().person("A", "2000-08-01").person("B", "2000-08-01")
    given.episode("A", "2016-03-31", "2018-03-31").episode("B", "2016-03-31", "2018-04-01")
    given.leaver("A", "REL").leaver("B", "REL")
    given.person("C", "1992-03-31").leaver("C").person("D", "1992-04-01").leaver("D")
    given.person("E", "1999-01-01", pers_death_date="2018-03-01").leaver("E")
    given.person("F", "1999-01-01").leaver("F", "QUAL").leaver("UNKNOWN")
    assert given.num("8.1") == 2


@pytest.mark.parametrize(("start", "counted"), [("2016-10-02", 1), ("2016-10-03", 0)])
def test_8_1_category_derived_after_91_days(start, counted):
    given = Given().person("A", "2000-08-01").episode("A", start, "2017-01-01")
    given.leaver("A", None)
    assert given.num("8.1") == counted


def test_8_1_not_derived_after_adoption_or_before_16():
    given = Given().person("A", "2000-08-01").leaver("A", None)
    given.episode("A", "2016-01-01", "2017-01-01", ceased="E11")
    assert given.num("8.1") == 0
    given = (
        Given().person("A", "2000-08-01").leaver("A", None).episode("A", "2015-01-01", "2016-08-01")
    )
    assert given.num("8.1") == 0


@pytest.mark.parametrize(("reviewed", "current"), [("2017-09-30", 0), ("2017-10-01", 1)])
def test_8_2_pathway_plans(reviewed, current):
    given = Given().person("A", "1999-01-01").leaver("A")
    given.plan("PATHWAY", "A", "2017-01-01", reviews=[reviewed])
    assert given.row("8.2")[3:5] == (current, 1)
    given = Given().person("A", "1999-01-01").leaver("A", review=reviewed)
    assert given.row("8.2")[3:5] == (current, 1)  # G45
    given = Given().person("A", "1999-01-01").leaver("A", review=reviewed)
    given.plan("PATHWAY", "A", "2017-01-01", "2018-03-31")
    assert given.row("8.2")[3:5] == (0, 1)  # its plan is closed


def test_8_3_8_4_latest_status():
    given = Given().person("A", "1999-01-01").person("B", "1999-01-01").person("C", "1999-01-01")
    given.leaver("A", as_at="2018-03-31", suitable="1", activity="P5").leaver(
        "A", as_at="2018-04-01", suitable="2", activity="G4"
    )
    given.leaver("B", as_at="2018-03-01", suitable="2", activity="G5").leaver("C")
    assert given.row("8.3")[3:5] == (1, 3)
    assert given.row("8.4")[3:5] == (1, 3)


# ---- 9 placements ----------------------------------------------------------------------------


def test_9_1_stability():
    given = Given().person("A", "2008-01-01").person("B", "2008-01-01")
    given.episode("A", "2015-09-30", "2016-03-31", type="U5")
    given.episode("A", "2016-03-31", reason="P", type="U5").episode("B", "2015-10-01")
    assert given.row("9.1")[3:5] == (1, 1)
    given = Given().person("A", "2008-01-01").episode("A", "2015-09-30", "2016-04-01", type="U5")
    given.episode("A", "2016-04-01", reason="P", type="U5")
    assert given.row("9.1")[3:5] == (0, 1)


def test_9_1_adoptive_placement_after_a_long_one():
    given = Given().person("A", "2008-01-01").episode("A", "2015-01-01", "2017-06-01", type="U5")
    given.episode("A", "2017-06-01", reason="P", type="A4")
    assert given.row("9.1")[3:5] == (1, 1)


@pytest.mark.parametrize(("hand_over", "counted"), [("2017-04-01", 0), ("2017-04-02", 1)])
def test_9_2_three_placements(hand_over, counted):
    given = Given().episode("A", "2017-01-01", hand_over)
    given.episode("A", hand_over, "2017-12-03", reason="P").episode("A", "2017-12-03", reason="B")
    assert given.row("9.2")[3:5] == (counted, 1)
    assert given.num("9.2n") == counted


def test_9_2_what_is_no_move():
    given = Given().episode("A", "2017-05-01", "2017-06-01", carer="K1")
    given.episode("A", "2017-06-01", "2017-07-01", reason="P", type="T1")
    given.episode("A", "2017-07-01", "2017-08-01", reason="P", carer="K1")
    given.episode("A", "2017-08-01", "2017-09-01", reason="L")
    given.episode("A", "2017-09-01", "2017-10-01", reason="P", type="A3")
    assert given.episode("A", "2017-10-01", reason="P").num("9.2n") == 0  # two spells
    assert given.episode("A", "2018-02-01", reason="P").num("9.2n") == 1


def test_temporary_stay_then_another_carer_is_a_move():
    given = Given().episode("A", "2017-05-01", "2017-06-01", carer="K1")
    given.episode("A", "2017-06-01", "2017-07-01", reason="P", type="T1")
    given.episode("A", "2017-07-01", "2018-01-01", reason="P", carer="K2")
    given.episode("A", "2018-01-01", reason="P", type="K2")
    assert given.num("9.2n") == 1


# ---- 10 adoptions ----------------------------------------------------------------------------


@pytest.mark.parametrize(("order", "in_time"), [("2018-03-10", 1), ("2018-03-11", 0)])
def test_10_1_within_12_months(order, in_time):
    given = Given().episode("A", "2016-01-01", order, ceased="E12").adoption("A", "2017-03-10")
    given.adoption("A", "2017-12-01", reversed="2017-12-20").adoption("A", "2018-03-20")
    given.episode("B", "2016-01-01", order, ceased="E12")
    assert given.row("10.1b")[3:5] == (in_time, 2)
    assert given.num("10.1a") == in_time


def test_10_2_average_days():
    given = Given().episode("A", "2016-03-01", "2018-03-10", ceased="E11")
    given.adoption("A", "2016-05-01", placed="2016-12-26")  # 300 days
    given.episode("B", "2016-03-01", "2018-03-10", ceased="E11")
    given.adoption("B", "2016-05-01", placed="2017-02-21")  # 357 days
    given.episode("C", "2016-03-01", "2018-03-10", ceased="E11")
    assert given.row("10.2")[3:6] == (657, 2, 328.5)
    given.episode("D", "2016-03-01", "2018-03-10", ceased="E11")
    given.adoption("D", "2016-05-01", placed="2016-02-01")
    assert given.row("10.2")[3:5] == (657, 3)


def test_10_3_negative_is_zero():
    given = Given()
    for who, matched in (("A", "2016-12-22"), ("B", "2017-10-16")):
        given.episode(who, "2016-03-01", "2018-03-10", ceased="E11")
        given.adoption(who, "2016-05-01", order="2017-01-01", matched=matched, placed="2017-11-01")
    given.episode("C", "2016-03-01", "2018-03-10", ceased="E11")
    given.adoption("C", "2016-05-01", order="2017-01-01", matched="2017-02-01")
    assert given.row("10.3")[3:6] == (288, 2, 144)


# ---- 11 caseloads and change of worker -------------------------------------------------------


def caseload(given: Given, worker: str, team: str, number: int, **more: object) -> Given:
    for child in range(number):
        given.allocation(f"{worker}{team}{child}", worker, team, "2018-01-01", **more)
    return given


def test_11_1_assessment_and_fit_together():
    given = Given().team("TA", "WEST", kind="ASSESSMENT").team("TF", "SOUTH").worker("W")
    caseload(given, "W", "TA", 5)
    caseload(given, "W", "TF", 3)
    given.allocation("GONE", "W", "TA", "2018-01-01", "2018-03-31")
    assert given.row("11.1")[3:6] == (8, None, 8)
    assert given.value("11.1", area="WEST") == 5
    assert given.value("11.3") == 5
    assert given.value("11.4") == 3


def test_11_2_average_leaves_out_workers_without_cases():
    given = Given().team("TL", kind="LAC").worker("W1").worker("W2").worker("W3").worker("U", "N")
    caseload(given, "W1", "TL", 7)
    caseload(given, "W2", "TL", 2)
    caseload(given, "U", "TL", 9)
    assert given.value("11.2") == 7
    assert given.row("11.2a")[3:6] == (9, 2, 4.5)
    assert Given().row("11.2a")[3:] == (0, 0, None, None, None, None, "no_denominator")


def test_11_5_11_6_one_primary_and_registration():
    given = Given().team("TC", kind="CWD").team("TN", kind="NIPE").worker("W1").worker("W2")
    given.worker("W3", None, prof_social_worker_registration_no="SW1").worker("W4", None)
    given.allocation("A", "W1", "TC", "2018-01-01", allocation_id="A1")
    given.allocation("A", "W2", "TC", "2018-01-01", allocation_id="A2")
    given.allocation("B", "W3", "TN", "2018-01-01").allocation("C", "W4", "TN", "2018-01-01")
    given.allocation("D", "W1", "TC", "2018-01-01", primary="N")
    assert given.row("11.5a")[3:5] == (1, 1)
    assert given.row("11.6a")[3:5] == (1, 1)


@pytest.mark.parametrize(
    ("team", "start", "c1", "c2"),
    [
        ("T2", "2018-03-31", 1, 0),
        ("T2", "2018-04-01", 0, 0),
        ("T1", "2018-03-31", 0, 1),
        (None, "2018-03-31", 1, 0),
    ],
)
def test_c1_c2_changes(team, start, c1, c2):
    given = Given().allocation("P", "A", "T1", "2018-01-01", "2018-03-31")
    given.allocation("P", "B", team, start)
    assert given.row("C1p")[3:5] == (c1, 1)
    assert given.row("C2p")[3:5] == (c2, 1)
    assert given.row("C1").ytd_value is None


def test_c2_back_and_forth_is_one_child_and_gaps_are_no_change():
    given = Given().allocation("P", "A", "T1", "2018-01-01", "2018-03-05")
    given.allocation("P", "B", "T1", "2018-03-05", "2018-03-10")
    given.allocation("P", "A", "T1", "2018-03-10")
    assert (given.num("C1"), given.num("C2")) == (0, 1)
    for ended, changed in (("2018-02-01", 1), ("2018-01-31", 0)):
        given = Given().allocation("P", "A", "T1", "2018-01-01", ended)
        assert given.allocation("P", "B", "T1", "2018-03-01").num("C2") == changed
    given = Given().allocation("P", "A", "T1", "2018-01-01", "2018-03-05")
    assert given.allocation("P", "A", "T2", "2018-03-05").num("C1") == 0  # same worker
    given = Given().allocation("P", "A", "T1", "2018-03-05")
    assert given.allocation("P", "B", "T2", "2018-03-05").num("C1") == 0  # G14
    given = Given().allocation("P", "A", "T1", "2018-01-01", "2018-03-01")
    assert given.den("C1p") == 0  # closed on the first day of the month


# ---- 12 foster carers ------------------------------------------------------------------------


def test_12_approvals_and_ceasings():
    given = Given().household("H1", "2017-04-01").household("H2", "2018-03-31", kind="KIN")
    given.household("H3", "2017-03-31").household("H4", "2018-04-02", kind="KIN")
    given.household("H5", "2018-01-01", "2018-03-31", kind=None)
    given.household("H6", "2010-01-01", "2017-03-31").household("H7", "2018-03-05", "2018-03-01")
    assert [given.num(ref) for ref in ("12.7", "12.8", "12.9", "12.10")] == [1, 1, 1, 3]
    assert [given.num(ref) for ref in ("12.23", "12.24", "12.25", "12.26")] == [0, 0, 1, 1]


def test_12_one_household_approved_twice_on_one_day_is_one_approval():
    given = Given().household("H1", "2018-01-01").household("h1", "2018-01-01", kind="KIN")
    given.household("H1", "2018-02-01")
    assert given.num("12.10") == 2


# ---- the whole ------------------------------------------------------------------------------


def test_explain_names_the_cases_behind_a_cell():
    given = Given().cp_plan("A", "2016-03-30").cp_plan("B", "2018-01-01")
    assert explain(given.extract(), "6.10b", day("2018-03-31")) == (["A"], ["A", "B"])


def test_register_has_every_ref_and_a_row_for_every_area():
    refs = register()
    assert len(refs) == 119
    rows = compute_from(Given().extract(), months=[month("2018-03")])
    county_only = [ref for ref, indicator in refs.items() if indicator.county_only]
    assert {ref for ref in county_only if not ref.startswith("12.")} == {
        "2.1",
        "2.3",
        "2.9",
        "2.10",
    }
    assert len(county_only) == 12
    assert len(rows) == len(county_only) + 8 * (len(refs) - len(county_only))
