"""Cases for the rules about child protection, child in need plans, care and placements.

Ids begin with the rule and say what is tested. Unless a case is about something else, children are
eight years old and dates are in 2017 and 2018, before the extract of 10 April 2018.
"""

from __future__ import annotations

from tests.quality.cases import Case, Row, case, person, referral

Rows = list[tuple[str, Row]]

CP_PLANS = "ssd_cp_plans"
CP_REVIEWS = "ssd_cp_reviews"
CP_VISITS = "ssd_cp_visits"
CIN_PLANS = "ssd_cin_plans"
EPISODES = "ssd_cla_episodes"
STATUSES = "ssd_legal_status"
PLACEMENTS = "ssd_cla_placement"

NOT_BY_OTHER_PUBLIC_BODIES = ("A3", "A4", "A5", "A6", "K1", "U1", "U2", "U3", "U4", "U5", "U6")


def cp_plan(
    plan_id: str, person_id: str, start: str, end: str = "", **columns: str
) -> tuple[str, Row]:
    """A child protection plan of ours, the first of the child."""
    row = {
        "cppl_cp_plan_id": plan_id,
        "cppl_person_id": person_id,
        "cppl_cp_plan_start_date": start,
        "cppl_cp_plan_end_date": end,
        "cppl_cp_plan_initial_category": "NEG",
        "cppl_cp_plan_latest_category": "NEG",
        "cppl_cp_plan_ola": "N",
        "x_cppl_previous_plan_count": "0",
    }
    return CP_PLANS, row | columns


def cp_review(
    review_id: str, person_id: str, plan_id: str, held: str, **columns: str
) -> tuple[str, Row]:
    """A review conference that was held, without a due date."""
    row = {
        "cppr_cp_review_id": review_id,
        "cppr_person_id": person_id,
        "cppr_cp_plan_id": plan_id,
        "cppr_cp_review_date": held,
        "cppr_cp_review_outcome_continue_cp": "Y" if held else "",
        "cppr_cp_review_participation": "PN1" if held else "",
        "x_cppr_status_code": "HELD" if held else "PLANNED",
    }
    return CP_REVIEWS, row | columns


def cp_visit(visit_id: str, person_id: str, day: str, **columns: str) -> tuple[str, Row]:
    """A visit at which the child was seen; the plan is not named."""
    row = {
        "cppv_cp_visit_id": visit_id,
        "cppv_person_id": person_id,
        "cppv_cp_visit_date": day,
        "cppv_cp_visit_seen": "Y",
    }
    return CP_VISITS, row | columns


def cin_plan(
    plan_id: str, person_id: str, start: str, end: str = "", **columns: str
) -> tuple[str, Row]:
    """A child in need plan."""
    row = {
        "cinp_cin_plan_id": plan_id,
        "cinp_person_id": person_id,
        "cinp_cin_plan_start_date": start,
        "cinp_cin_plan_end_date": end,
        "cinp_cin_plan_team": "T1",
    }
    return CIN_PLANS, row | columns


def episode(
    episode_id: str,
    person_id: str,
    start: str,
    end: str = "",
    *,
    began: str = "S",
    ended: str = "",
    status: str = "C2",
    **columns: str,
) -> tuple[str, Row]:
    """An episode of care of ours: `began` and `ended` are its reasons; E4A where it ended."""
    row = {
        "clae_cla_episode_id": episode_id,
        "clae_person_id": person_id,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_start_reason": began,
        "clae_cla_primary_need_code": "N1",
        "clae_cla_episode_ceased_date": end,
        "clae_cla_episode_ceased_reason": ended or ("E4A" if end else ""),
        "x_clae_legal_status_code": status,
        "x_clae_is_other_la": "N",
    }
    return EPISODES, row | columns


def legal_status(
    status_id: str, person_id: str, code: str, start: str, end: str = "", **columns: str
) -> tuple[str, Row]:
    """A period under one legal status."""
    row = {
        "lega_legal_status_id": status_id,
        "lega_person_id": person_id,
        "lega_legal_status": code,
        "lega_legal_status_start_date": start,
        "lega_legal_status_end_date": end,
    }
    return STATUSES, row | columns


def placement(
    placement_id: str, person_id: str, start: str, end: str = "", kind: str = "U4", **columns: str
) -> tuple[str, Row]:
    """A placement with nothing missing; foster care unless `kind` says otherwise."""
    is_foster = kind.startswith("U")
    is_inspected = kind[0] in "UAKS" or kind == "R3"
    row = {
        "clap_cla_placement_id": placement_id,
        "clap_person_id": person_id,
        "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_type": kind,
        "clap_cla_placement_provider": "PR0" if kind == "P1" else "PR4",
        "clap_cla_placement_postcode": "NR1 1AA",
        "clap_cla_placement_urn": "SC123456" if is_inspected else "",
        "x_clap_carer_id": f"{placement_id}-CARER" if is_foster else "",
    }
    return PLACEMENTS, row | columns


def cp_plan_cases() -> list[Case]:
    """CPP: child protection plans."""
    return [
        case(
            "CPP-01",
            [
                person("CPP01"),
                cp_plan("CPP01-NO-START", "CPP01", ""),
                cp_plan("CPP01-STARTED", "CPP01", "2018-01-01"),
            ],
            [(CP_PLANS, "CPP01-NO-START")],
        ),
        case(
            "CPP-02",
            [
                person("CPP02"),
                cp_plan("CPP02-BACKWARDS", "CPP02", "2018-03-10", "2018-03-01"),
                cp_plan("CPP02-ONE-DAY", "CPP02", "2018-01-10", "2018-01-11"),
            ],
            [(CP_PLANS, "CPP02-BACKWARDS")],
        ),
        case(
            "CPP-03",
            [
                person("CPP03"),
                cp_plan("CPP03-SAME-DAY", "CPP03", "2018-03-01", "2018-03-01"),
                cp_plan("CPP03-ONE-DAY", "CPP03", "2018-01-01", "2018-01-02"),
            ],
            [(CP_PLANS, "CPP03-SAME-DAY")],
        ),
        case(
            "CPP-04",
            [
                person("CPP04"),
                cp_plan("CPP04-FIRST", "CPP04", "2017-01-01"),
                cp_plan("CPP04-SECOND", "CPP04", "2017-05-01"),
                cp_plan("CPP04-VISITING", "CPP04", "2017-06-01", cppl_cp_plan_ola="Y"),
                person("CPP04-B"),
                cp_plan("CPP04-ENDED", "CPP04-B", "2017-01-01", "2017-05-01"),
                cp_plan("CPP04-FOLLOWS", "CPP04-B", "2017-05-01"),
                person("CPP04-C"),
                cp_plan("CPP04-ENDED-TODAY", "CPP04-C", "2017-01-01", "2018-04-10"),
                cp_plan("CPP04-OPEN", "CPP04-C", "2017-05-01"),
                cp_plan("CPP04-ALSO-ENDED-TODAY", "CPP04-C", "2017-06-01", "2018-04-10"),
            ],
            [(CP_PLANS, "CPP04-SECOND")],
            ["CPP-10"],
        ),
        case(
            "CPP-05",
            [
                person("CPP05"),
                cp_plan("CPP05-FIRST", "CPP05", "2017-01-01", "2017-06-30"),
                cp_plan("CPP05-OVERLAPS", "CPP05", "2017-05-01", "2017-09-30"),
                cp_plan("CPP05-FOLLOWS", "CPP05", "2017-09-30", "2017-12-31"),
                cp_plan("CPP05-SAME-DAY", "CPP05", "2017-10-10", "2017-10-10"),
                person("CPP05-OLD", x_pers_merged_into_id="CPP05-NEW"),
                person("CPP05-NEW"),
                cp_plan("CPP05-OF-OLD", "CPP05-OLD", "2017-01-01", "2017-06-30"),
                cp_plan("CPP05-OF-NEW", "CPP05-NEW", "2017-06-29", "2017-09-30"),
            ],
            [(CP_PLANS, "CPP05-OVERLAPS"), (CP_PLANS, "CPP05-OF-NEW")],
            ["CPP-03"],
        ),
        case(
            "CPP-06",
            [
                person("CPP06"),
                cp_plan(
                    "CPP06-UNKNOWN",
                    "CPP06",
                    "2017-01-01",
                    "2017-02-01",
                    cppl_cp_plan_initial_category="Risk",
                ),
                cp_plan(
                    "CPP06-NONE",
                    "CPP06",
                    "2017-02-01",
                    "2017-03-01",
                    cppl_cp_plan_latest_category="",
                ),
                cp_plan("CPP06-GIVEN", "CPP06", "2017-03-01", "2017-04-01"),
                cp_plan(
                    "CPP06-VISITING",
                    "CPP06",
                    "2017-03-01",
                    "2017-04-01",
                    cppl_cp_plan_initial_category="",
                    cppl_cp_plan_ola="Y",
                ),
            ],
            [(CP_PLANS, "CPP06-UNKNOWN"), (CP_PLANS, "CPP06-NONE")],
            ["CPP-10"],
        ),
        case(
            "CPP-07",
            [
                person("CPP07"),
                cp_plan("CPP07-FIRST", "CPP07", "2016-01-01", "2016-06-01"),
                cp_plan(
                    "CPP07-COUNTED",
                    "CPP07",
                    "2016-09-01",
                    "2016-12-01",
                    x_cppl_previous_plan_count="1",
                ),
                # taken over on the day when the last ended: no other plan
                cp_plan(
                    "CPP07-GOES-ON",
                    "CPP07",
                    "2016-12-01",
                    "2017-01-01",
                    x_cppl_previous_plan_count="1",
                ),
                cp_plan(
                    "CPP07-TOO-FEW",
                    "CPP07",
                    "2017-06-01",
                    "2017-09-01",
                    x_cppl_previous_plan_count="1",
                ),
                cp_plan("CPP07-MORE", "CPP07", "2017-12-01", x_cppl_previous_plan_count="5"),
                person("CPP07-B"),
                cp_plan("CPP07-NONE", "CPP07-B", "2017-12-01", x_cppl_previous_plan_count=""),
            ],
            [(CP_PLANS, "CPP07-TOO-FEW"), (CP_PLANS, "CPP07-NONE")],
        ),
        case(
            "CPP-08",
            [
                person("CPP08"),
                referral("CPP08-REF", "CPP08", "2018-03-05"),
                cp_plan(
                    "CPP08-EARLY", "CPP08", "2018-03-01", "2018-03-03", cppl_referral_id="CPP08-REF"
                ),
                cp_plan(
                    "CPP08-ON-THE-DAY",
                    "CPP08",
                    "2018-03-05",
                    cppl_referral_id="CPP08-REF",
                    x_cppl_previous_plan_count="1",
                ),
                person("CPP08-B"),
                referral("CPP08-B-REF", "CPP08-B", "2018-03-05"),
                cp_plan("CPP08-BEFORE-ANY", "CPP08-B", "2018-03-01"),
                person("CPP08-C"),
                cp_plan("CPP08-NO-REFERRAL", "CPP08-C", "2018-03-01"),
            ],
            [(CP_PLANS, "CPP08-EARLY"), (CP_PLANS, "CPP08-BEFORE-ANY")],
        ),
        case(
            "CPP-09",
            [
                person("CPP09-ADULT", pers_dob="1999-06-01"),
                cp_plan("CPP09-OPEN", "CPP09-ADULT", "2017-01-01"),
                person("CPP09-LATE", pers_dob="1999-06-01"),
                cp_plan("CPP09-ENDED-LATE", "CPP09-LATE", "2017-01-01", "2017-06-02"),
                person("CPP09-IN-TIME", pers_dob="1999-06-01"),
                cp_plan("CPP09-ON-BIRTHDAY", "CPP09-IN-TIME", "2017-01-01", "2017-06-01"),
                person("CPP09-TODAY", pers_dob="2000-04-10"),
                cp_plan("CPP09-EIGHTEEN-TODAY", "CPP09-TODAY", "2017-01-01"),
                person("CPP09-TOMORROW", pers_dob="2000-04-11"),
                cp_plan("CPP09-STILL-A-CHILD", "CPP09-TOMORROW", "2017-01-01"),
                person("CPP09-UNBORN", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
                cp_plan("CPP09-OF-UNBORN", "CPP09-UNBORN", "2018-01-01"),
            ],
            [
                (CP_PLANS, "CPP09-OPEN"),
                (CP_PLANS, "CPP09-ENDED-LATE"),
                (CP_PLANS, "CPP09-EIGHTEEN-TODAY"),
            ],
        ),
        case(
            "CPP-10",
            [
                person("CPP10"),
                cp_plan("CPP10-VISITING", "CPP10", "2018-01-01", cppl_cp_plan_ola="Y"),
                cp_plan("CPP10-OURS", "CPP10", "2018-01-01"),
                cp_plan("CPP10-NOT-SAID", "CPP10", "2017-01-01", "2017-02-01", cppl_cp_plan_ola=""),
            ],
            [(CP_PLANS, "CPP10-VISITING")],
            ["CPP-07"],
        ),
    ]


def cp_contact_cases() -> list[Case]:
    """CPR and CPV: reviews and visits under child protection plans."""
    return [
        case(
            "CPR-01",
            [
                person("CPR01"),
                cp_plan("CPR01-PLAN", "CPR01", "2017-03-01", "2017-09-01"),
                cp_review("CPR01-FIRST-DAY", "CPR01", "CPR01-PLAN", "2017-03-01"),
                cp_review("CPR01-SECOND-DAY", "CPR01", "CPR01-PLAN", "2017-03-02"),
                cp_review("CPR01-LAST-DAY", "CPR01", "CPR01-PLAN", "2017-09-01"),
                cp_review("CPR01-AFTER", "CPR01", "CPR01-PLAN", "2017-09-02"),
                cp_review("CPR01-BY-DATE", "CPR01", "", "2017-05-01"),
                cp_review("CPR01-FIRST-BY-DATE", "CPR01", "", "2017-03-01"),
                cp_review("CPR01-LAST-BY-DATE", "CPR01", "", "2017-09-01"),
                cp_review("CPR01-NOT-SAID", "CPR01", "", "2018-01-01", x_cppr_status_code=""),
                cp_review("CPR01-NO-PLAN-THAT-DAY", "CPR01", "", "2017-10-01"),
                cp_review("CPR01-PLANNED", "CPR01", "", "2017-11-01", x_cppr_status_code="PLANNED"),
                cp_review("CPR01-OFF", "CPR01", "", "2017-12-01", x_cppr_status_code="CANCELLED"),
            ],
            [
                (CP_REVIEWS, "CPR01-FIRST-DAY"),
                (CP_REVIEWS, "CPR01-AFTER"),
                (CP_REVIEWS, "CPR01-NO-PLAN-THAT-DAY"),
                (CP_REVIEWS, "CPR01-FIRST-BY-DATE"),
                (CP_REVIEWS, "CPR01-NOT-SAID"),
            ],
        ),
        case(
            "CPR-02",
            [
                person("CPR02"),
                cp_plan("CPR02-PLAN", "CPR02", "2017-03-01"),
                cp_review(
                    "CPR02-NO-DATE",
                    "CPR02",
                    "CPR02-PLAN",
                    "",
                    cppr_cp_review_outcome_continue_cp="Y",
                ),
                cp_review(
                    "CPR02-CANCELLED",
                    "CPR02",
                    "CPR02-PLAN",
                    "",
                    cppr_cp_review_outcome_continue_cp="N",
                    x_cppr_status_code="CANCELLED",
                ),
                cp_review("CPR02-DATED", "CPR02", "CPR02-PLAN", "2017-06-01"),
                cp_review(
                    "CPR02-AHEAD", "CPR02", "CPR02-PLAN", "", cppr_cp_review_due="2018-06-01"
                ),
            ],
            [(CP_REVIEWS, "CPR02-NO-DATE")],
            ["CPR-03"],
        ),
        case(
            "CPR-03",
            [
                person("CPR03"),
                cp_plan("CPR03-PLAN", "CPR03", "2017-01-31"),
                cp_review(
                    "CPR03-FIRST",
                    "CPR03",
                    "CPR03-PLAN",
                    "2017-04-20",
                    cppr_cp_review_due="2017-04-30",
                ),
                cp_review(
                    "CPR03-LATER",
                    "CPR03",
                    "CPR03-PLAN",
                    "2017-10-10",
                    cppr_cp_review_due="2018-01-20",
                ),
                cp_review("CPR03-NO-DUE-DATE", "CPR03", "CPR03-PLAN", "2017-11-10"),
                cp_review("CPR03-NEXT", "CPR03", "CPR03-PLAN", "", cppr_cp_review_due="2018-05-11"),
                cp_review(
                    "CPR03-AFTER", "CPR03", "CPR03-PLAN", "", cppr_cp_review_due="2018-11-11"
                ),
                cp_review(
                    "CPR03-OFF",
                    "CPR03",
                    "CPR03-PLAN",
                    "2017-12-10",
                    cppr_cp_review_due="2017-12-12",
                    x_cppr_status_code="CANCELLED",
                ),
                person("CPR03-B"),
                cp_plan("CPR03-B-PLAN", "CPR03-B", "2018-02-01"),
                cp_review(
                    "CPR03-B-FIRST", "CPR03-B", "CPR03-B-PLAN", "", cppr_cp_review_due="2018-05-01"
                ),
            ],
            [(CP_REVIEWS, "CPR03-LATER"), (CP_REVIEWS, "CPR03-NEXT")],
        ),
        case(
            "CPV-01",
            [
                person("CPV01"),
                cp_plan("CPV01-PLAN", "CPV01", "2017-03-01"),
                cp_visit("CPV01-NO-DATE", "CPV01", ""),
                cp_visit("CPV01-DATED", "CPV01", "2017-03-05"),
            ],
            [(CP_VISITS, "CPV01-NO-DATE")],
        ),
        case(
            "CPV-02",
            [
                person("CPV02"),
                cp_plan("CPV02-PLAN", "CPV02", "2017-03-01", "2017-09-01"),
                cp_visit("CPV02-BEFORE", "CPV02", "2017-02-28"),
                cp_visit("CPV02-FIRST-DAY", "CPV02", "2017-03-01"),
                cp_visit("CPV02-LAST-DAY", "CPV02", "2017-09-01"),
                cp_visit("CPV02-AFTER", "CPV02", "2017-09-05", cppv_cp_plan_id="CPV02-PLAN"),
                person("CPV02-VISITING"),
                cp_plan("CPV02-OTHER-LA", "CPV02-VISITING", "2017-03-01", cppl_cp_plan_ola="Y"),
                cp_visit("CPV02-UNDER-OTHER-LA", "CPV02-VISITING", "2017-04-01"),
                person("CPV02-NEVER"),
                cp_visit("CPV02-WITHOUT-PLAN", "CPV02-NEVER", "2017-04-01"),
            ],
            [
                (CP_VISITS, "CPV02-BEFORE"),
                (CP_VISITS, "CPV02-AFTER"),
                (CP_VISITS, "CPV02-WITHOUT-PLAN"),
            ],
            ["CPP-10"],
        ),
        case(
            "CPV-03",
            [
                person("CPV03"),
                cp_plan("CPV03-PLAN", "CPV03", "2017-03-01"),
                cp_visit("CPV03-NOT-SAID", "CPV03", "2017-03-05", cppv_cp_visit_seen=""),
                cp_visit("CPV03-NOT-SEEN", "CPV03", "2017-03-06", cppv_cp_visit_seen="N"),
            ],
            [(CP_VISITS, "CPV03-NOT-SAID")],
        ),
        case(
            "CPV-04",
            [
                person("CPV04"),
                cp_plan("CPV04-PLAN", "CPV04", "2017-03-01"),
                cp_visit("CPV04-AHEAD", "CPV04", "2017-03-05", x_cppv_recorded_date="2017-03-04"),
                cp_visit(
                    "CPV04-SAME-DAY", "CPV04", "2017-03-06", x_cppv_recorded_date="2017-03-06"
                ),
                cp_visit("CPV04-NOT-SAID", "CPV04", "2017-03-07"),
            ],
            [(CP_VISITS, "CPV04-AHEAD")],
        ),
    ]


def cin_plan_cases() -> list[Case]:
    """CNP: child in need plans."""
    return [
        case(
            "CNP-01",
            [
                person("CNP01"),
                cin_plan("CNP01-NO-START", "CNP01", ""),
                cin_plan("CNP01-STARTED", "CNP01", "2018-01-01"),
            ],
            [(CIN_PLANS, "CNP01-NO-START")],
        ),
        case(
            "CNP-02",
            [
                person("CNP02"),
                cin_plan("CNP02-BACKWARDS", "CNP02", "2018-03-10", "2018-03-01"),
                cin_plan("CNP02-ONE-DAY", "CNP02", "2018-03-10", "2018-03-11"),
            ],
            [(CIN_PLANS, "CNP02-BACKWARDS")],
        ),
        case(
            "CNP-03",
            [
                person("CNP03"),
                cin_plan("CNP03-SAME-DAY", "CNP03", "2018-03-01", "2018-03-01"),
                cin_plan("CNP03-ONE-DAY", "CNP03", "2018-03-01", "2018-03-02"),
            ],
            [(CIN_PLANS, "CNP03-SAME-DAY")],
        ),
        case(
            "CNP-04",
            [
                person("CNP04"),
                cin_plan("CNP04-FIRST", "CNP04", "2017-01-01"),
                cin_plan("CNP04-SECOND", "CNP04", "2017-05-01"),
                person("CNP04-B"),
                cin_plan("CNP04-ENDED", "CNP04-B", "2017-01-01", "2017-05-02"),
                cin_plan("CNP04-OVERLAPS", "CNP04-B", "2017-05-01", "2017-06-01"),
                cin_plan("CNP04-FOLLOWS", "CNP04-B", "2017-06-01"),
                cin_plan("CNP04-SAME-DAY", "CNP04-B", "2017-07-01", "2017-07-01"),
            ],
            [(CIN_PLANS, "CNP04-SECOND"), (CIN_PLANS, "CNP04-OVERLAPS")],
            ["CNP-03"],
        ),
        case(
            "CNP-05",
            [
                person("CNP05"),
                cp_plan("CNP05-CP", "CNP05", "2017-06-01", "2017-12-01"),
                cin_plan("CNP05-UNTIL-CP", "CNP05", "2017-01-01", "2017-06-01"),
                cin_plan("CNP05-INSIDE", "CNP05", "2017-07-01", "2017-08-01"),
                cin_plan("CNP05-AFTER-CP", "CNP05", "2017-12-01"),
                person("CNP05-OPEN"),
                cp_plan("CNP05-CP-OPEN", "CNP05-OPEN", "2017-06-01"),
                cin_plan("CNP05-BOTH-OPEN", "CNP05-OPEN", "2017-05-01"),
                person("CNP05-VISITING"),
                cp_plan("CNP05-CP-OTHER-LA", "CNP05-VISITING", "2017-06-01", cppl_cp_plan_ola="Y"),
                cin_plan("CNP05-BESIDE-OTHER-LA", "CNP05-VISITING", "2017-05-01"),
                person("CNP05-REVIEW"),
                cp_review("CNP05-CONFERENCE", "CNP05-REVIEW", "", "2017-09-10"),
                cin_plan("CNP05-UNTIL-REVIEW", "CNP05-REVIEW", "2017-08-01", "2017-09-10"),
                cin_plan("CNP05-FROM-REVIEW", "CNP05-REVIEW", "2017-09-10", "2017-10-01"),
                person("CNP05-REVIEW-C"),
                cp_review(
                    "CNP05-PLANNED",
                    "CNP05-REVIEW-C",
                    "",
                    "2017-09-10",
                    x_cppr_status_code="PLANNED",
                ),
                cin_plan("CNP05-NOT-REVIEWED", "CNP05-REVIEW-C", "2017-08-01", "2017-10-10"),
                person("CNP05-REVIEW-B"),
                cp_review("CNP05-CONFERENCE-B", "CNP05-REVIEW-B", "", "2017-09-10"),
                cin_plan("CNP05-REVIEWED", "CNP05-REVIEW-B", "2017-08-01", "2017-10-10"),
            ],
            [
                (CIN_PLANS, "CNP05-INSIDE"),
                (CIN_PLANS, "CNP05-BOTH-OPEN"),
                (CIN_PLANS, "CNP05-REVIEWED"),
            ],
            ["CPP-10", "CPR-01"],
        ),
        case(
            "CNP-06",
            [
                person("CNP06"),
                referral("CNP06-REF", "CNP06", "2018-03-05"),
                cin_plan(
                    "CNP06-EARLY", "CNP06", "2018-03-01", "2018-03-03", cinp_referral_id="CNP06-REF"
                ),
                cin_plan("CNP06-ON-THE-DAY", "CNP06", "2018-03-05", cinp_referral_id="CNP06-REF"),
                person("CNP06-B"),
                referral("CNP06-B-REF", "CNP06-B", "2018-03-05"),
                cin_plan("CNP06-BEFORE-ANY", "CNP06-B", "2018-03-01"),
                person("CNP06-C"),
                cin_plan("CNP06-NO-REFERRAL", "CNP06-C", "2018-03-01"),
            ],
            [(CIN_PLANS, "CNP06-EARLY"), (CIN_PLANS, "CNP06-BEFORE-ANY")],
        ),
    ]


def episode_cases() -> list[Case]:
    """LAC-01 to LAC-09, LAC-14 and LAC-15: episodes of care in their order."""
    return [
        case(
            "LAC-01",
            [
                person("LAC01"),
                episode("LAC01-NO-START", "LAC01", "", "2017-03-01"),
                person("LAC01-B"),
                episode("LAC01-31-FEBRUARY", "LAC01-B", "2017-02-31", "2017-04-01"),
                person("LAC01-C"),
                episode("LAC01-STARTED", "LAC01-C", "2017-02-28", "2017-04-01"),
            ],
            # a date that cannot be read has a rule of its own
            [(EPISODES, "LAC01-NO-START")],
            ["GEN-02"],
        ),
        case(
            "LAC-02",
            [
                person("LAC02"),
                episode("LAC02-BACKWARDS", "LAC02", "2017-03-10", "2017-03-01"),
                person("LAC02-B"),
                episode("LAC02-ONE-DAY", "LAC02-B", "2017-03-10", "2017-03-11"),
            ],
            [(EPISODES, "LAC02-BACKWARDS")],
        ),
        case(
            "LAC-03",
            [
                person("LAC03"),
                episode("LAC03-SAME-DAY", "LAC03", "2017-03-01", "2017-03-01"),
                person("LAC03-B"),
                episode("LAC03-ONE-DAY", "LAC03-B", "2017-03-01", "2017-03-02"),
                person("LAC03-C"),
                episode(
                    "LAC03-OTHER-LA", "LAC03-C", "2017-03-01", "2017-03-01", x_clae_is_other_la="Y"
                ),
            ],
            [(EPISODES, "LAC03-SAME-DAY")],
        ),
        case(
            "LAC-04",
            [
                person("LAC04"),
                episode(
                    "LAC04-NO-REASON",
                    "LAC04",
                    "2017-03-01",
                    "2017-03-31",
                    clae_cla_episode_ceased_reason="",
                ),
                person("LAC04-B"),
                episode("LAC04-NO-DATE", "LAC04-B", "2017-03-01", ended="E4A"),
                person("LAC04-C"),
                episode("LAC04-BOTH", "LAC04-C", "2017-03-01", "2017-03-31"),
                person("LAC04-D"),
                episode("LAC04-NEITHER", "LAC04-D", "2017-03-01"),
            ],
            [(EPISODES, "LAC04-NO-REASON"), (EPISODES, "LAC04-NO-DATE")],
        ),
        case(
            "LAC-05",
            [
                person("LAC05"),
                episode("LAC05-LEFT-OPEN", "LAC05", "2017-03-01"),
                episode("LAC05-NEXT", "LAC05", "2017-05-01", "2017-06-01", began="P", ended="X1"),
                episode("LAC05-LAST", "LAC05", "2017-06-01", "2017-07-01", began="P"),
                # another council's episode does not stand in the way
                person("LAC05-B"),
                episode("LAC05-OTHER-LA", "LAC05-B", "2017-03-01", x_clae_is_other_la="Y"),
                episode("LAC05-OURS", "LAC05-B", "2017-05-01", "2017-06-01"),
            ],
            [(EPISODES, "LAC05-NEXT")],
        ),
        case(
            "LAC-06",
            [
                person("LAC06"),
                episode("LAC06-FIRST", "LAC06", "2017-03-01", "2017-03-10", ended="X1"),
                episode(
                    "LAC06-OVERLAPS", "LAC06", "2017-03-05", "2017-04-01", began="P", ended="X1"
                ),
                episode("LAC06-FOLLOWS", "LAC06", "2017-04-01", "2017-05-01", began="P"),
                person("LAC06-B"),
                episode("LAC06-LONG", "LAC06-B", "2017-03-01", "2017-08-01", ended="X1"),
                episode(
                    "LAC06-WITHIN", "LAC06-B", "2017-04-01", "2017-05-01", began="P", ended="X1"
                ),
                episode("LAC06-ALSO-WITHIN", "LAC06-B", "2017-05-01", "2017-09-01", began="P"),
            ],
            [
                (EPISODES, "LAC06-OVERLAPS"),
                (EPISODES, "LAC06-WITHIN"),
                (EPISODES, "LAC06-ALSO-WITHIN"),
            ],
        ),
        case(
            "LAC-07",
            [
                person("LAC07"),
                episode("LAC07-X1-LAST", "LAC07", "2017-03-01", "2017-04-01", ended="X1"),
                person("LAC07-B"),
                episode("LAC07-HOME", "LAC07-B", "2017-03-01", "2017-04-01"),
                episode("LAC07-BACK-SAME-DAY", "LAC07-B", "2017-04-01", "2017-05-01"),
                episode("LAC07-BACK-NEXT-DAY", "LAC07-B", "2017-05-02", "2017-06-01"),
                episode(
                    "LAC07-GOES-ON-AFTER-END", "LAC07-B", "2017-06-10", "2017-07-01", began="P"
                ),
                person("LAC07-C"),
                episode("LAC07-X1", "LAC07-C", "2017-03-01", "2017-04-01", ended="X1"),
                episode("LAC07-GAP", "LAC07-C", "2017-04-02", "2017-05-01", began="P", ended="X1"),
                episode("LAC07-NO-GAP", "LAC07-C", "2017-05-01", "2017-06-01", began="P"),
                person("LAC07-D"),
                episode("LAC07-X1-AND-AWAY", "LAC07-D", "2017-03-01", "2017-04-01", ended="X1"),
                episode("LAC07-NEW-PERIOD", "LAC07-D", "2017-09-01", "2017-10-01"),
                person("LAC07-F"),
                episode("LAC07-X1-THEN-S", "LAC07-F", "2017-03-01", "2017-04-01", ended="X1"),
                episode("LAC07-S-AFTER-X1", "LAC07-F", "2017-04-01", "2017-05-01"),
                episode("LAC07-P-AT-ONCE", "LAC07-F", "2017-05-01", "2017-06-01", began="P"),
                # a series of short breaks has no periods
                person("LAC07-E"),
                episode("LAC07-V4", "LAC07-E", "2017-03-01", "2017-03-05", ended="X1", status="V4"),
            ],
            [
                (EPISODES, "LAC07-X1-LAST"),
                (EPISODES, "LAC07-BACK-SAME-DAY"),
                (EPISODES, "LAC07-GOES-ON-AFTER-END"),
                (EPISODES, "LAC07-GAP"),
                (EPISODES, "LAC07-X1-AND-AWAY"),
                (EPISODES, "LAC07-S-AFTER-X1"),
                (EPISODES, "LAC07-P-AT-ONCE"),
            ],
        ),
        case(
            "LAC-08",
            [
                person("LAC08"),
                episode(
                    "LAC08-FIRST-L", "LAC08", "2017-03-01", "2017-04-01", began="L", ended="X1"
                ),
                episode("LAC08-SECOND-P", "LAC08", "2017-04-01", "2017-05-01", began="P"),
                person("LAC08-B"),
                episode("LAC08-FIRST-S", "LAC08-B", "2017-03-01", "2017-04-01"),
                person("LAC08-C"),
                episode("LAC08-NOT-SAID", "LAC08-C", "2017-03-01", "2017-04-01", began=""),
                person("LAC08-D"),
                episode(
                    "LAC08-OTHER-LA",
                    "LAC08-D",
                    "2017-03-01",
                    "2017-04-01",
                    began="L",
                    x_clae_is_other_la="Y",
                ),
            ],
            [(EPISODES, "LAC08-FIRST-L")],
        ),
        case(
            "LAC-09",
            [
                person("LAC09", pers_dob="1999-01-01"),
                episode("LAC09-AT-EIGHTEEN", "LAC09", "2017-01-01", "2017-06-01"),
                person("LAC09-B", pers_dob="1999-01-02"),
                episode("LAC09-UNTIL-EIGHTEEN", "LAC09-B", "2016-01-01", "2017-01-02"),
                person("LAC09-C", pers_dob="1999-01-01"),
                episode("LAC09-DAY-TOO-LONG", "LAC09-C", "2016-01-01", "2017-01-02"),
                person("LAC09-D", pers_dob="1999-01-01"),
                episode("LAC09-SECTION-20", "LAC09-D", "2016-01-01", status="V2"),
                person("LAC09-E", pers_death_date="2017-06-01"),
                episode("LAC09-UNTIL-DEATH", "LAC09-E", "2017-01-01", "2017-06-01", ended="E2"),
                episode("LAC09-AFTER-DEATH", "LAC09-E", "2017-07-01", "2017-08-01"),
                person("LAC09-F"),
                episode("LAC09-FOUND-ADULT", "LAC09-F", "2017-01-01", "2017-06-01", ended="E15"),
                episode("LAC09-ONCE-MORE", "LAC09-F", "2017-07-01", "2017-08-01"),
                person("LAC09-G", pers_death_date="2017-06-01"),
                episode("LAC09-OPEN-AFTER-DEATH", "LAC09-G", "2017-01-01"),
                person("LAC09-H", pers_dob=""),
                episode("LAC09-AGE-UNKNOWN", "LAC09-H", "2017-01-01", "2017-06-01"),
                person("LAC09-I", pers_dob="2000-04-11"),
                episode("LAC09-EIGHTEEN-TOMORROW", "LAC09-I", "2017-01-01"),
                person("LAC09-J", pers_dob="2000-04-10"),
                episode("LAC09-EIGHTEEN-TODAY", "LAC09-J", "2017-01-01"),
                person("LAC09-K", pers_death_date="2017-06-01"),
                episode("LAC09-ON-DAY-OF-DEATH", "LAC09-K", "2017-06-01", "2017-06-02"),
                person("LAC09-L"),
                episode("LAC09-DIED", "LAC09-L", "2017-01-01", "2017-06-01", ended="E2"),
                episode("LAC09-AND-RETURNED", "LAC09-L", "2017-07-01", "2017-08-01"),
            ],
            [
                (EPISODES, "LAC09-AT-EIGHTEEN"),
                (EPISODES, "LAC09-DAY-TOO-LONG"),
                (EPISODES, "LAC09-SECTION-20"),
                (EPISODES, "LAC09-AFTER-DEATH"),
                (EPISODES, "LAC09-ONCE-MORE"),
                (EPISODES, "LAC09-OPEN-AFTER-DEATH"),
                (EPISODES, "LAC09-EIGHTEEN-TODAY"),
                (EPISODES, "LAC09-AND-RETURNED"),
                # it goes on for a day after the death
                (EPISODES, "LAC09-ON-DAY-OF-DEATH"),
            ],
        ),
        case(
            "LAC-14",
            [
                person("LAC14", pers_dob="1998-06-01"),
                episode("LAC14-ADOPTED", "LAC14", "2015-01-01", "2017-06-02", ended="E11"),
                person("LAC14-B", pers_dob="1999-06-01"),
                episode("LAC14-SGO", "LAC14-B", "2015-01-01", "2017-06-01", ended="E45"),
                person("LAC14-C", pers_dob="1999-06-02"),
                episode("LAC14-SGO-DAY-BEFORE", "LAC14-C", "2015-01-01", "2017-06-01", ended="E45"),
                person("LAC14-D", pers_dob="2001-06-02"),
                episode("LAC14-ADULT-CARE-15", "LAC14-D", "2015-01-01", "2017-06-01", ended="E7"),
                person("LAC14-E", pers_dob="2001-06-01"),
                episode("LAC14-ADULT-CARE-16", "LAC14-E", "2015-01-01", "2017-06-01", ended="E7"),
                person("LAC14-F", pers_dob="2003-06-02"),
                episode("LAC14-ALONE-13", "LAC14-F", "2015-01-01", "2017-06-01", ended="E5"),
                person("LAC14-G", pers_dob="2003-06-01"),
                episode("LAC14-ALONE-14", "LAC14-G", "2015-01-01", "2017-06-01", ended="E6"),
                *[
                    row
                    for code in ("E12", "E43", "E44", "E46", "E47", "E48", "E41")
                    for row in (
                        person(f"LAC14-{code}", pers_dob="1999-06-01"),
                        episode(
                            f"LAC14-{code}-AT-18",
                            f"LAC14-{code}",
                            "2015-01-01",
                            "2017-06-01",
                            ended=code,
                        ),
                    )
                ],
                person("LAC14-I", pers_dob="2003-06-02"),
                episode("LAC14-ALSO-ALONE-13", "LAC14-I", "2015-01-01", "2017-06-01", ended="E6"),
                person("LAC14-H", pers_dob=""),
                episode("LAC14-AGE-UNKNOWN", "LAC14-H", "2015-01-01", "2017-06-01", ended="E7"),
            ],
            [
                (EPISODES, "LAC14-ADOPTED"),
                (EPISODES, "LAC14-SGO"),
                (EPISODES, "LAC14-ADULT-CARE-15"),
                (EPISODES, "LAC14-ALONE-13"),
                (EPISODES, "LAC14-ALSO-ALONE-13"),
                *[
                    (EPISODES, f"LAC14-{code}-AT-18")
                    for code in ("E12", "E43", "E44", "E46", "E47", "E48")
                ],
            ],
            ["LAC-09"],
        ),
        case(
            "LAC-15",
            [
                person("LAC15"),
                episode("LAC15-OWNER", "LAC15", "2017-01-01", "2017-02-01", clae_cla_id="LAC15-9"),
                episode("LAC15-AGAIN", "LAC15", "2017-07-01", "2017-08-01", clae_cla_id="LAC15-9"),
                person("LAC15-B"),
                episode(
                    "LAC15-BORROWS", "LAC15-B", "2017-03-01", "2017-04-01", clae_cla_id="lac15-9"
                ),
                person("LAC15-C", x_pers_merged_into_id="LAC15-D"),
                person("LAC15-D"),
                episode(
                    "LAC15-OF-OLD", "LAC15-C", "2017-03-01", "2017-04-01", clae_cla_id="LAC15-8"
                ),
                episode(
                    "LAC15-OF-NEW", "LAC15-D", "2017-06-01", "2017-07-01", clae_cla_id="LAC15-8"
                ),
                person("LAC15-E"),
                episode("LAC15-NO-ID", "LAC15-E", "2017-06-01", "2017-07-01"),
            ],
            [(EPISODES, "LAC15-BORROWS")],
        ),
    ]


def status_cases() -> list[Case]:
    """LAC-10 to LAC-13, LAC-16 to LAC-18: legal statuses and short breaks."""
    return [
        case(
            "LAC-10",
            [
                person("LAC10"),
                placement("LAC10-HOME", "LAC10", "2017-01-01", "2017-06-01", "P1"),
                episode("LAC10-V2-AT-HOME", "LAC10", "2017-01-01", "2017-06-01", status="V2"),
                person("LAC10-B"),
                placement("LAC10-HOME-B", "LAC10-B", "2017-01-01", "2017-06-01", "P1"),
                episode("LAC10-C1-AT-HOME", "LAC10-B", "2017-01-01", "2017-06-01", status="C1"),
                person("LAC10-C"),
                placement("LAC10-FOSTER", "LAC10-C", "2017-01-01", "2017-06-01", "U4"),
                episode("LAC10-V2-FOSTERED", "LAC10-C", "2017-01-01", "2017-06-01", status="V2"),
            ],
            [(EPISODES, "LAC10-V2-AT-HOME")],
        ),
        case(
            "LAC-11",
            [
                person("LAC11"),
                episode("LAC11-40-DAYS", "LAC11", "2017-01-01", "2017-02-10", status="V4"),
                person("LAC11-B"),
                episode("LAC11-17-DAYS", "LAC11-B", "2017-01-01", "2017-01-18", status="V3"),
                episode("LAC11-18-DAYS", "LAC11-B", "2017-02-01", "2017-02-19", status="V3"),
                person("LAC11-C"),
                # 15 days each: the fifth makes 75
                *[
                    episode(
                        f"LAC11-NO-{month}",
                        "LAC11-C",
                        f"2017-0{month}-01",
                        f"2017-0{month}-16",
                        status="V3",
                    )
                    for month in range(1, 6)
                ],
                episode("LAC11-DAY-76", "LAC11-C", "2017-06-01", "2017-06-02", status="V3"),
                episode("LAC11-YEAR-LATER", "LAC11-C", "2018-03-02", "2018-03-17", status="V3"),
                person("LAC11-D"),
                episode(
                    "LAC11-MOVED", "LAC11-D", "2017-01-01", "2017-01-05", began="P", status="V3"
                ),
                person("LAC11-E"),
                episode("LAC11-V3", "LAC11-E", "2017-01-01", "2017-01-05", status="V3"),
                episode("LAC11-THEN-V4", "LAC11-E", "2017-02-01", "2017-02-05", status="V4"),
                person("LAC11-F"),
                placement("LAC11-LONG-TERM", "LAC11-F", "2017-01-01", "2017-01-05", "U4"),
                episode(
                    "LAC11-IN-LONG-TERM",
                    "LAC11-F",
                    "2017-01-01",
                    "2017-01-05",
                    status="V4",
                    clae_cla_placement_id="LAC11-LONG-TERM",
                ),
                person("LAC11-G"),
                placement("LAC11-TEMPORARY", "LAC11-G", "2017-01-01", "2017-01-05", "T4"),
                episode("LAC11-IN-TEMPORARY", "LAC11-G", "2017-01-01", "2017-01-05", status="V4"),
                person("LAC11-H"),
                placement("LAC11-FOSTER", "LAC11-H", "2017-01-01", "2017-01-05", "U6"),
                episode("LAC11-IN-FOSTER", "LAC11-H", "2017-01-01", "2017-01-05", status="V4"),
                person("LAC11-J"),
                placement("LAC11-U1", "LAC11-J", "2017-01-01", "2017-01-05", "U1"),
                episode("LAC11-IN-U1", "LAC11-J", "2017-01-01", "2017-01-05", status="V4"),
                person("LAC11-K"),
                placement("LAC11-U1-BEFORE", "LAC11-K", "2016-01-01", "2017-01-01", "U1"),
                episode("LAC11-AFTER-U1", "LAC11-K", "2017-01-01", "2017-01-05", status="V4"),
                person("LAC11-L"),
                episode(
                    "LAC11-OTHER-LA",
                    "LAC11-L",
                    "2017-01-01",
                    "2017-02-10",
                    status="V4",
                    x_clae_is_other_la="Y",
                ),
                person("LAC11-I"),
                episode("LAC11-NO-SHORT-BREAK", "LAC11-I", "2017-01-01", "2017-05-01", status="V2"),
            ],
            [
                (EPISODES, "LAC11-40-DAYS"),
                (EPISODES, "LAC11-18-DAYS"),
                (EPISODES, "LAC11-DAY-76"),
                (EPISODES, "LAC11-MOVED"),
                (EPISODES, "LAC11-THEN-V4"),
                (EPISODES, "LAC11-IN-LONG-TERM"),
                (EPISODES, "LAC11-IN-TEMPORARY"),
                (EPISODES, "LAC11-IN-U1"),
            ],
        ),
        case(
            "LAC-12",
            [
                person("LAC12"),
                legal_status("LAC12-L1-3-DAYS", "LAC12", "L1", "2017-01-01", "2017-01-04"),
                legal_status("LAC12-L1-4-DAYS", "LAC12", "L1", "2017-02-01", "2017-02-05"),
                legal_status("LAC12-L2-21-DAYS", "LAC12", "L2", "2017-03-01", "2017-03-22"),
                legal_status("LAC12-L2-22-DAYS", "LAC12", "L2", "2017-04-01", "2017-04-23"),
                legal_status("LAC12-L3-7-DAYS", "LAC12", "L3", "2017-05-01", "2017-05-08"),
                legal_status("LAC12-L3-8-DAYS", "LAC12", "L3", "2017-06-01", "2017-06-09"),
                legal_status("LAC12-C2-LONG", "LAC12", "C2", "2017-07-01", "2018-01-01"),
                legal_status("LAC12-L1-STILL-OPEN", "LAC12", "L1", "2018-04-06"),
                legal_status("LAC12-L1-OPEN-3-DAYS", "LAC12", "L1", "2018-04-07"),
            ],
            [
                (STATUSES, "LAC12-L1-4-DAYS"),
                (STATUSES, "LAC12-L2-22-DAYS"),
                (STATUSES, "LAC12-L3-8-DAYS"),
                (STATUSES, "LAC12-L1-STILL-OPEN"),
            ],
        ),
        case(
            "LAC-13",
            [
                person("LAC13"),
                *[
                    placement(f"LAC13-P{number}", "LAC13", start, end)
                    for number, start, end in (
                        (1, "2017-01-01", "2017-04-01"),
                        (2, "2017-04-01", "2017-06-01"),
                        (3, "2017-06-01", "2017-07-01"),
                        (4, "2017-07-01", "2017-08-01"),
                    )
                ],
                *[
                    episode(
                        f"LAC13-{name}",
                        "LAC13",
                        start,
                        end,
                        began=began,
                        ended=ended,
                        status=status,
                        clae_cla_placement_id=f"LAC13-P{number}",
                    )
                    for name, start, end, began, ended, status, number in (
                        ("START", "2017-01-01", "2017-02-01", "S", "X1", "V2", 1),
                        ("L-CHANGED", "2017-02-01", "2017-03-01", "L", "X1", "C1", 1),
                        ("L-UNCHANGED", "2017-03-01", "2017-04-01", "L", "X1", "C1", 1),
                        ("P-MOVED", "2017-04-01", "2017-05-01", "P", "X1", "C1", 2),
                        ("P-NOT-MOVED", "2017-05-01", "2017-05-10", "P", "X1", "C1", 2),
                        ("P-NO-STATUS", "2017-05-10", "2017-05-20", "L", "X1", "", 2),
                        ("B-STAYED", "2017-05-20", "2017-06-01", "B", "X1", "C2", 2),
                        ("B-BOTH", "2017-06-01", "2017-06-10", "B", "X1", "V2", 3),
                        ("P-STATUS-TOO", "2017-07-01", "2017-08-01", "P", "E4A", "C2", 4),
                        ("U-IN-PLACE", "2017-06-10", "2017-07-01", "U", "X1", "V2", 3),
                    )
                ],
                person("LAC13-B"),
                *[
                    placement(
                        f"LAC13-B{number}", "LAC13-B", start, end, kind, x_clap_carer_id="LAC13-C"
                    )
                    for number, start, end, kind in (
                        (1, "2017-01-01", "2017-02-01", "U4"),
                        (2, "2017-02-01", "2017-03-01", "U4"),
                        (3, "2017-03-01", "2017-04-01", "U6"),
                    )
                ],
                *[
                    episode(
                        f"LAC13-{name}",
                        "LAC13-B",
                        start,
                        end,
                        began=began,
                        ended=ended,
                        clae_cla_placement_id=f"LAC13-B{number}",
                    )
                    for name, start, end, began, ended, number in (
                        ("FOSTERED", "2017-01-01", "2017-02-01", "S", "X1", 1),
                        ("P-SAME-CARER", "2017-02-01", "2017-03-01", "P", "X1", 2),
                        ("P-OTHER-TYPE", "2017-03-01", "2017-04-01", "P", "X1", 3),
                        # an overlap does not say what changed
                        ("L-TOO-EARLY", "2017-03-20", "2017-05-01", "L", "E4A", 3),
                    )
                ],
            ],
            [
                (EPISODES, "LAC13-P-SAME-CARER"),
                (EPISODES, "LAC13-L-UNCHANGED"),
                (EPISODES, "LAC13-P-NOT-MOVED"),
                (EPISODES, "LAC13-B-STAYED"),
                (EPISODES, "LAC13-P-STATUS-TOO"),
            ],
        ),
        case(
            "LAC-16",
            [
                person("LAC16"),
                placement("LAC16-U4", "LAC16", "2017-01-01"),
                episode("LAC16-NONE", "LAC16", "2017-01-01", status=""),
                person("LAC16-B"),
                placement("LAC16-U4-B", "LAC16-B", "2017-01-01"),
                legal_status("LAC16-OVER", "LAC16-B", "C2", "2017-01-01", "2018-04-10"),
                episode("LAC16-STATUS-OVER", "LAC16-B", "2017-01-01", status=""),
                person("LAC16-C"),
                placement("LAC16-U4-C", "LAC16-C", "2017-01-01"),
                legal_status("LAC16-OPEN", "LAC16-C", "C2", "2017-01-01"),
                episode("LAC16-STATUS-OPEN", "LAC16-C", "2017-01-01", status=""),
                person("LAC16-D"),
                placement("LAC16-U4-D", "LAC16-D", "2017-01-01"),
                episode("LAC16-OWN-STATUS", "LAC16-D", "2017-01-01"),
                person("LAC16-F", pers_dob="2000-04-10"),
                placement("LAC16-U4-F", "LAC16-F", "2017-01-01"),
                episode("LAC16-EIGHTEEN-TODAY", "LAC16-F", "2017-01-01", status=""),
                person("LAC16-G"),
                episode("LAC16-ENDED-TODAY", "LAC16-G", "2017-01-01", "2018-04-10", status=""),
                person("LAC16-E"),
                episode("LAC16-ENDED", "LAC16-E", "2017-01-01", "2017-06-01", status=""),
            ],
            [(EPISODES, "LAC16-NONE"), (EPISODES, "LAC16-STATUS-OVER")],
        ),
        case(
            "LAC-17",
            [
                person("LAC17", pers_dob="2007-06-02"),
                legal_status("LAC17-J1-AGED-9", "LAC17", "J1", "2017-06-01", "2017-06-10"),
                legal_status("LAC17-J2-AGED-10", "LAC17", "J2", "2017-06-02", "2017-06-10"),
                legal_status("LAC17-C2-AGED-9", "LAC17", "C2", "2017-01-01", "2017-06-10"),
                legal_status("LAC17-J2-AGED-9", "LAC17", "J2", "2017-06-01", "2017-06-10"),
                legal_status("LAC17-J3-AGED-9", "LAC17", "J3", "2017-06-01", "2017-06-10"),
                person("LAC17-B", pers_dob=""),
                legal_status("LAC17-AGE-UNKNOWN", "LAC17-B", "J3", "2017-06-01", "2017-06-10"),
            ],
            [(STATUSES, f"LAC17-{code}-AGED-9") for code in ("J1", "J2", "J3")],
        ),
        case(
            "LAC-18",
            [
                person("LAC18"),
                legal_status("LAC18-NO-START", "LAC18", "C2", ""),
                legal_status("LAC18-BACKWARDS", "LAC18", "C2", "2017-03-10", "2017-03-01"),
                legal_status("LAC18-ONE-DAY", "LAC18", "C2", "2017-03-10", "2017-03-10"),
            ],
            [(STATUSES, "LAC18-NO-START"), (STATUSES, "LAC18-BACKWARDS")],
        ),
    ]


def placement_cases() -> list[Case]:
    """PLC: placements."""
    return [
        case(
            "PLC-01",
            [
                person("PLC01"),
                placement("PLC01-NO-START", "PLC01", ""),
                placement("PLC01-BACKWARDS", "PLC01", "2017-03-10", "2017-03-01"),
                placement("PLC01-SAME-DAY", "PLC01", "2017-03-10", "2017-03-10"),
            ],
            [(PLACEMENTS, "PLC01-NO-START"), (PLACEMENTS, "PLC01-BACKWARDS")],
        ),
        case(
            "PLC-02",
            [
                person("PLC02"),
                placement("PLC02-BEFORE", "PLC02", "2017-01-01", "2018-02-01"),
                placement("PLC02-ENDED", "PLC02", "2018-02-01", "2018-04-10"),
                episode("PLC02-OPEN", "PLC02", "2017-01-01"),
                person("PLC02-B"),
                episode("PLC02-NEVER-PLACED", "PLC02-B", "2017-01-01"),
                person("PLC02-C"),
                placement("PLC02-FIRST", "PLC02-C", "2017-01-01"),
                placement("PLC02-SECOND", "PLC02-C", "2018-01-01"),
                episode("PLC02-TWICE-PLACED", "PLC02-C", "2017-01-01"),
                person("PLC02-D"),
                placement("PLC02-KEPT-OPEN", "PLC02-D", "2017-01-01"),
                placement("PLC02-HOSPITAL", "PLC02-D", "2018-04-01", "", "T1"),
                episode("PLC02-IN-HOSPITAL", "PLC02-D", "2017-01-01"),
                person("PLC02-H"),
                placement("PLC02-UNTIL-TODAY", "PLC02-H", "2017-01-01", "2018-04-10"),
                placement("PLC02-ONLY-ONE", "PLC02-H", "2018-01-01"),
                episode("PLC02-PLACED", "PLC02-H", "2017-01-01"),
                person("PLC02-I", pers_dob="2000-04-10"),
                episode("PLC02-EIGHTEEN-TODAY", "PLC02-I", "2017-01-01"),
                person("PLC02-J"),
                episode("PLC02-ENDED-TODAY", "PLC02-J", "2017-01-01", "2018-04-10"),
                person("PLC02-E"),
                placement("PLC02-LEFT", "PLC02-E", "2017-01-01", "2017-06-01"),
                episode("PLC02-LEFT-CARE", "PLC02-E", "2017-01-01", "2017-06-01"),
                # on some systems a placement names no child
                person("PLC02-F"),
                placement("PLC02-NAMELESS", "", "2017-01-01"),
                episode(
                    "PLC02-NAMES-IT",
                    "PLC02-F",
                    "2017-01-01",
                    clae_cla_placement_id="PLC02-NAMELESS",
                ),
                person("PLC02-G"),
                episode("PLC02-OTHER-LA", "PLC02-G", "2017-01-01", x_clae_is_other_la="Y"),
            ],
            [
                (PLACEMENTS, "PLC02-ENDED"),
                (EPISODES, "PLC02-NEVER-PLACED"),
                (PLACEMENTS, "PLC02-SECOND"),
            ],
        ),
        case(
            "PLC-03",
            [
                person("PLC03"),
                placement("PLC03-T4-20-DAYS", "PLC03", "2017-01-01", "2017-01-21", "T4"),
                placement("PLC03-T4-7-DAYS", "PLC03", "2017-02-01", "2017-02-08", "T4"),
                placement("PLC03-T1-42-DAYS", "PLC03", "2017-03-01", "2017-04-12", "T1"),
                placement("PLC03-T1-43-DAYS", "PLC03", "2017-05-01", "2017-06-13", "T1"),
                placement("PLC03-T3-21-DAYS", "PLC03", "2016-07-01", "2016-07-22", "T3"),
                placement("PLC03-T3-22-DAYS", "PLC03", "2016-08-01", "2016-08-23", "T3"),
                placement("PLC03-T3-THIRD", "PLC03", "2016-10-01", "2016-10-08", "T3"),
                placement("PLC03-T3-YEAR-LATER", "PLC03", "2017-08-02", "2017-08-09", "T3"),
                person("PLC03-B"),
                *[
                    placement(f"PLC03-{name}", "PLC03-B", start, end, kind)
                    for name, start, end, kind in (
                        ("FIRST", "2017-01-01", "2017-01-05", "T4"),
                        ("U4", "2017-01-05", "2017-04-01", "U4"),
                        ("BETWEEN", "2017-02-01", "2017-02-05", "T4"),
                        ("NO-RETURN", "2017-04-01", "2017-04-05", "T4"),
                        ("K2", "2017-04-05", "2017-06-01", "K2"),
                        ("LAST", "2017-06-01", "2017-06-05", "T4"),
                    )
                ],
                *[
                    episode(
                        f"PLC03-{start}",
                        "PLC03-B",
                        start,
                        end,
                        began=began,
                        ended=ended,
                        clae_cla_placement_id=f"PLC03-{name}",
                    )
                    for name, start, end, began, ended in (
                        ("FIRST", "2017-01-01", "2017-01-05", "S", "X1"),
                        ("U4", "2017-01-05", "2017-02-01", "P", "X1"),
                        ("BETWEEN", "2017-02-01", "2017-02-05", "P", "X1"),
                        ("U4", "2017-02-05", "2017-04-01", "P", "X1"),
                        ("NO-RETURN", "2017-04-01", "2017-04-05", "P", "X1"),
                        ("K2", "2017-04-05", "2017-06-01", "P", "X1"),
                        ("LAST", "2017-06-01", "2017-06-05", "P", "E4A"),
                    )
                ],
                person("PLC03-C"),
                placement("PLC03-STILL-THERE", "PLC03-C", "2018-04-02", "", "T4"),
                placement("PLC03-ONE-WEEK", "PLC03-C", "2018-04-03", "", "T4"),
            ],
            [
                (PLACEMENTS, "PLC03-T4-20-DAYS"),
                (PLACEMENTS, "PLC03-T1-43-DAYS"),
                (PLACEMENTS, "PLC03-T3-22-DAYS"),
                (PLACEMENTS, "PLC03-T3-THIRD"),
                (PLACEMENTS, "PLC03-FIRST"),
                (PLACEMENTS, "PLC03-NO-RETURN"),
                (PLACEMENTS, "PLC03-LAST"),
                (PLACEMENTS, "PLC03-STILL-THERE"),
            ],
        ),
        case(
            "PLC-04",
            [
                person("PLC04"),
                *[
                    placement(
                        f"PLC04-{kind}-{provider or 'NONE'}",
                        "PLC04",
                        "2017-01-01",
                        "2017-01-08",
                        kind,
                        clap_cla_placement_provider=provider,
                    )
                    for kind, provider in (
                        ("U4", "PR0"),
                        ("P1", "PR0"),
                        ("P1", "PR1"),
                        ("P1", "PR5"),
                        ("R2", "PR1"),
                        ("R2", "PR3"),
                        ("R5", "PR2"),
                        ("R5", "PR4"),
                        ("K2", "PR3"),
                        ("K2", "PR5"),
                        ("U4", ""),
                        ("T4", ""),
                        ("Z1", ""),
                        ("U4", "PR9"),
                        ("K1", "PR2"),
                        ("R5", "PR3"),
                        ("P1", "PR4"),
                        ("P1", "PR3"),
                        ("P1", "PR2"),
                        ("P1", ""),
                        *[(kind, "PR3") for kind in NOT_BY_OTHER_PUBLIC_BODIES],
                    )
                ],
            ],
            [
                (PLACEMENTS, f"PLC04-{name}")
                for name in (
                    "U4-PR0",
                    "P1-PR1",
                    "P1-PR5",
                    "R2-PR1",
                    "R5-PR2",
                    "K2-PR3",
                    "U4-NONE",
                    "U4-PR9",
                    "P1-PR4",
                    "P1-PR3",
                    "P1-PR2",
                    "P1-NONE",
                    *[f"{kind}-PR3" for kind in NOT_BY_OTHER_PUBLIC_BODIES],
                )
            ],
        ),
        case(
            "PLC-05",
            [
                person("PLC05"),
                *[
                    placement(
                        f"PLC05-{kind}-{urn or 'NONE'}",
                        "PLC05",
                        "2017-01-01",
                        "2017-01-08",
                        kind,
                        clap_cla_placement_urn=urn,
                    )
                    for kind, urn in (
                        ("K2", ""),
                        ("K2", "SC123456"),
                        ("K2", "1234567"),
                        ("K2", "XXXXXXX"),
                        ("K2", "12345"),
                        ("K2", "SC12345"),
                        ("K2", "SCABCDEF"),
                        ("P1", ""),
                        ("P1", "1234567"),
                        ("T4", ""),
                        ("U4", ""),
                        *[(kind, "") for kind in ("H5", "P2", "P3", "R1", "R2", "R5", "Z1")],
                        *[(f"T{number}", "") for number in range(4)],
                    )
                ],
            ],
            [
                (PLACEMENTS, f"PLC05-{name}")
                for name in (
                    "K2-NONE",
                    "K2-12345",
                    "K2-SC12345",
                    "K2-SCABCDEF",
                    "P1-1234567",
                    "U4-NONE",
                )
            ],
        ),
        case(
            "PLC-06",
            [
                person("PLC06"),
                *[
                    placement(
                        f"PLC06-{name}",
                        "PLC06",
                        start,
                        end,
                        kind,
                        clap_cla_placement_change_reason=reason,
                    )
                    for name, start, end, kind, reason in (
                        ("NOT-SAID", "2017-01-01", "2017-02-01", "U4", ""),
                        ("SAID", "2017-02-01", "2017-03-01", "U4", "STAND"),
                        ("BEFORE-HOSPITAL", "2017-03-01", "2017-04-01", "U4", "STAND"),
                        ("HOSPITAL", "2017-04-01", "2017-04-05", "T1", "OTHER"),
                        ("UNKNOWN", "2017-04-05", "2017-06-01", "U4", "?"),
                        ("LEFT-CARE", "2017-06-01", "2017-07-01", "U4", ""),
                    )
                ],
                *[
                    episode(
                        f"PLC06-{start}",
                        "PLC06",
                        start,
                        end,
                        began=began,
                        ended=ended,
                        clae_cla_placement_id=f"PLC06-{name}",
                    )
                    for name, start, end, began, ended in (
                        ("NOT-SAID", "2017-01-01", "2017-02-01", "S", "X1"),
                        ("SAID", "2017-02-01", "2017-03-01", "P", "X1"),
                        ("BEFORE-HOSPITAL", "2017-03-01", "2017-04-01", "P", "X1"),
                        ("HOSPITAL", "2017-04-01", "2017-04-05", "P", "X1"),
                        ("UNKNOWN", "2017-04-05", "2017-06-01", "P", "X1"),
                        ("LEFT-CARE", "2017-06-01", "2017-07-01", "P", "E4A"),
                    )
                ],
                person("PLC06-B"),
                placement(
                    "PLC06-STILL-THERE",
                    "PLC06-B",
                    "2017-01-01",
                    clap_cla_placement_change_reason="STAND",
                ),
                episode("PLC06-OPEN", "PLC06-B", "2017-01-01"),
                person("PLC06-C"),
                placement("PLC06-SAME-PLACE", "PLC06-C", "2017-01-01", "2017-06-01"),
                episode("PLC06-S", "PLC06-C", "2017-01-01", "2017-03-01", ended="X1"),
                episode("PLC06-L", "PLC06-C", "2017-03-01", "2017-06-01", began="L", status="C1"),
            ],
            [
                (PLACEMENTS, f"PLC06-{name}")
                for name in ("NOT-SAID", "BEFORE-HOSPITAL", "HOSPITAL", "UNKNOWN", "STILL-THERE")
            ],
        ),
        case(
            "PLC-07",
            [
                row
                for kind, age in (("P2", 15), ("P3", 14), ("H5", 14), ("R5", 10), ("S1", 4))
                for row in (
                    person(f"PLC07-{kind}", pers_dob=f"{2017 - age}-06-01"),
                    placement(
                        f"PLC07-{kind}-DAY-BEFORE",
                        f"PLC07-{kind}",
                        "2017-05-31",
                        "2017-06-01",
                        kind,
                    ),
                    placement(
                        f"PLC07-{kind}-BIRTHDAY", f"PLC07-{kind}", "2017-06-01", "2017-07-01", kind
                    ),
                )
            ]
            + [
                person("PLC07-UNKNOWN", pers_dob=""),
                placement("PLC07-AGE-UNKNOWN", "PLC07-UNKNOWN", "2017-06-01", "2017-07-01", "P2"),
            ],
            [(PLACEMENTS, f"PLC07-{kind}-DAY-BEFORE") for kind in ("P2", "P3", "H5", "R5", "S1")],
        ),
        case(
            "PLC-08",
            [
                person("PLC08"),
                *[
                    placement(
                        f"PLC08-{name}",
                        "PLC08",
                        "2017-01-01",
                        "2017-01-05",
                        kind,
                        clap_cla_placement_postcode=postcode,
                    )
                    for name, kind, postcode in (
                        ("NONE", "U4", ""),
                        ("INVALID", "U4", "NORWICH"),
                        ("SPACELESS", "U4", "nr11aa"),
                        ("LONDON", "U4", "EC1A 1BB"),
                        ("HOSPITAL", "T1", ""),
                    )
                ],
            ],
            [(PLACEMENTS, "PLC08-NONE"), (PLACEMENTS, "PLC08-INVALID")],
        ),
        case(
            "PLC-09",
            [
                person("PLC09"),
                placement(
                    "PLC09-NO-CARER", "PLC09", "2017-01-01", "2017-02-01", x_clap_carer_id=""
                ),
                placement("PLC09-CARER", "PLC09", "2017-02-01", "2017-03-01"),
                placement("PLC09-HOME", "PLC09", "2017-03-01", "2017-04-01", "K2"),
                *[
                    placement(
                        f"PLC09-U{number}",
                        "PLC09",
                        "2017-05-01",
                        "2017-06-01",
                        f"U{number}",
                        x_clap_carer_id="",
                    )
                    for number in range(1, 7)
                ],
            ],
            [
                (PLACEMENTS, "PLC09-NO-CARER"),
                *[(PLACEMENTS, f"PLC09-U{number}") for number in range(1, 7)],
            ],
        ),
    ]


CASES: list[Case] = [
    *cp_plan_cases(),
    *cp_contact_cases(),
    *cin_plan_cases(),
    *episode_cases(),
    *status_cases(),
    *placement_cases(),
]
