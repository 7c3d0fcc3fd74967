"""Cases of rules that ask which referral something belongs to, over more than one link (G72)."""

from __future__ import annotations

from tests.quality.cases import Case, Row, case, person, referral
from tests.quality.cases_care import cin_plan, cp_plan, cp_review, cp_visit, episode
from tests.quality.cases_need import CANCELLED_ENQUIRY, assessment, authorised, conference, enquiry

REFERRALS, CONFERENCES, CP_PLANS = "ssd_cin_episodes", "ssd_initial_cp_conference", "ssd_cp_plans"
# Referrals of these cases were received on the first day and closed on the last.
RECEIVED, CLOSED, AFTER = "2018-02-10", "2018-03-01", "2018-03-02"
Rows = list[tuple[str, Row]]


def under_referral(name: str, *rows: tuple[str, Row], nfa: str = "N", reason: str = "RC1") -> Rows:
    return [
        person(name),
        referral(
            f"{name}R",
            name,
            RECEIVED,
            cine_close_date=CLOSED,
            cine_close_reason=reason,
            cine_referral_nfa=nfa,
        ),
        *rows,
    ]


def s47(name: str, referral_id: str | None = None, **columns: str) -> tuple[str, Row]:
    """An enquiry of the days before the referral was closed, under it unless told otherwise."""
    under = f"{name}R" if referral_id is None else referral_id
    return enquiry(f"{name}S", name, "2018-02-20", "2018-02-28", s47e_referral_id=under, **columns)


def cpc(name: str, held: str, **columns: str) -> tuple[str, Row]:
    """A conference that names its enquiry and no referral."""
    links = {"icpc_s47_enquiry_id": f"{name}S"}
    return conference(f"{name}C", name, held, **(links | columns))


def plan(name: str, start: str, end: str = "", **columns: str) -> tuple[str, Row]:
    """A plan that names its conference and no referral."""
    links = {"cppl_icpc_id": f"{name}C"}
    return cp_plan(f"{name}P", name, start, end, **(links | columns))


def cin_review(name: str, day: str, kind: str = "CIN") -> tuple[str, Row]:
    return "ssdx_plan_reviews", {
        "plrv_plan_type_code": kind,
        "plrv_plan_id": f"{name}N",
        "plrv_review_date": day,
        "plrv_person_id": name,
    }


def after_closure() -> list[Case]:
    """REF-11, one day past the closure and on the day itself."""
    late: dict[str, Rows] = {
        "LATEA": [s47("LATEA"), cpc("LATEA", AFTER)],
        "LATEB": [s47("LATEB"), cpc("LATEB", AFTER, icpc_referral_id="LATEBR")],
        # a cancelled enquiry leads on all the same
        "LATEC": [s47("LATEC", **CANCELLED_ENQUIRY), cpc("LATEC", AFTER)],
        # a plan through its conference through its enquiry
        "LATED": [s47("LATED"), cpc("LATED", CLOSED), plan("LATED", AFTER)],
        "LATEE": [s47("LATEE"), cpc("LATEE", CLOSED), plan("LATEE", CLOSED, AFTER)],
        # the conference names the plan
        "LATEF": [
            s47("LATEF"),
            cpc("LATEF", CLOSED, icpc_cp_plan_id="LATEFP"),
            plan("LATEF", AFTER, cppl_icpc_id=""),
        ],
        # three links further
        "LATEG": [
            s47("LATEG"),
            cpc("LATEG", CLOSED),
            plan("LATEG", CLOSED),
            cp_review("LATEGV", "LATEG", "LATEGP", AFTER),
        ],
        "LATEH": [
            plan("LATEH", CLOSED, cppl_icpc_id="", cppl_referral_id="LATEHR"),
            cp_visit("LATEHV", "LATEH", AFTER, cppv_cp_plan_id="LATEHP"),
        ],
        "LATEI": [
            cin_plan("LATEIN", "LATEI", RECEIVED, CLOSED, cinp_referral_id="LATEIR"),
            cin_review("LATEI", AFTER),
        ],
        "LATEJ": [episode("LATEJE", "LATEJ", AFTER, clae_referral_id="LATEJR")],
    }
    in_time: dict[str, Rows] = {
        "TIMEA": [s47("TIMEA"), cpc("TIMEA", CLOSED)],
        "TIMED": [s47("TIMED"), cpc("TIMED", CLOSED), plan("TIMED", CLOSED)],
        "TIMEG": [
            s47("TIMEG"),
            cpc("TIMEG", CLOSED),
            plan("TIMEG", CLOSED),
            cp_review("TIMEGV", "TIMEG", "TIMEGP", CLOSED),
            cp_visit("TIMEGW", "TIMEG", CLOSED, cppv_cp_plan_id="TIMEGP"),
        ],
        "TIMEI": [
            cin_plan("TIMEIN", "TIMEI", RECEIVED, CLOSED, cinp_referral_id="TIMEIR"),
            cin_review("TIMEI", CLOSED),
            # the same id in another table of plans
            cin_review("TIMEI", AFTER, kind="CARE"),
        ],
        "TIMEJ": [episode("TIMEJE", "TIMEJ", CLOSED, clae_referral_id="TIMEJR")],
        # no link, or one that leads nowhere
        "TIMEK": [s47("TIMEK", ""), cpc("TIMEK", AFTER)],
        "TIMEL": [cpc("TIMEL", AFTER)],
        "TIMEM": [plan("TIMEM", AFTER)],
        # another referral of the child
        "TIMEN": [
            referral("TIMENX", "TIMEN", CLOSED),
            s47("TIMEN", "TIMENX"),
            cpc("TIMEN", AFTER),
        ],
        # the conference's own link comes first
        "TIMEO": [
            referral("TIMEOX", "TIMEO", CLOSED),
            s47("TIMEO"),
            cpc("TIMEO", AFTER, icpc_referral_id="TIMEOX"),
        ],
        # planned or cancelled, nothing was done
        "TIMEP": [s47("TIMEP"), cpc("TIMEP", AFTER, x_icpc_status_code="PLANNED")],
        "TIMEQ": [s47("TIMEQ"), cpc("TIMEQ", AFTER, x_icpc_status_code="CANCELLED")],
        "TIMER": [
            s47("TIMER"),
            cpc("TIMER", CLOSED),
            plan("TIMER", CLOSED),
            cp_review("TIMERV", "TIMER", "TIMERP", ""),
        ],
        # another council's plan, and what was done under it
        "TIMES": [
            s47("TIMES"),
            cpc("TIMES", CLOSED),
            plan("TIMES", AFTER, cppl_cp_plan_ola="Y"),
            cp_visit("TIMESV", "TIMES", AFTER, cppv_cp_plan_id="TIMESP"),
        ],
    }
    return [
        case("REF-11", under_referral(name, *rows), [(REFERRALS, f"{name}R")])
        for name, rows in late.items()
    ] + [case("REF-11", under_referral(name, *rows), []) for name, rows in in_time.items()]


def other_rules() -> list[Case]:
    """Other rules that use the referral of a conference or plan."""
    no_plan = cpc("NOFUR1", CLOSED, icpc_referral_id="NOFUR1R", icpc_s47_enquiry_id="")
    return [
        case(
            "REF-08",
            [
                *under_referral("NOFUR1", no_plan, nfa="Y"),
                # nothing but a plan, of a cancelled conference of a cancelled enquiry
                *under_referral(
                    "NOFUR2",
                    s47("NOFUR2", **CANCELLED_ENQUIRY),
                    cpc("NOFUR2", CLOSED, x_icpc_status_code="CANCELLED"),
                    plan("NOFUR2", CLOSED),
                    nfa="Y",
                ),
                *under_referral(
                    "NOFUR3",
                    s47("NOFUR3", **CANCELLED_ENQUIRY),
                    cpc("NOFUR3", CLOSED, x_icpc_status_code="CANCELLED"),
                    nfa="Y",
                ),
            ],
            [(REFERRALS, "NOFUR1R"), (REFERRALS, "NOFUR2R")],
        ),
        case(
            "REF-10",
            [
                *under_referral(
                    "ENDED1",
                    assessment("ENDED1A", "ENDED1", "ENDED1R", RECEIVED, **authorised(CLOSED)),
                    s47("ENDED1", **CANCELLED_ENQUIRY),
                    cpc("ENDED1", CLOSED),
                    reason="RC8",
                ),
                *under_referral(
                    "ENDED2",
                    assessment("ENDED2A", "ENDED2", "ENDED2R", RECEIVED, **authorised(CLOSED)),
                    s47("ENDED2", ""),
                    cpc("ENDED2", CLOSED),
                    reason="RC8",
                ),
            ],
            [(REFERRALS, "ENDED1R")],
        ),
        case(
            "ICP-02",
            [
                person("ICPLINK"),
                referral("ICPLINKR", "ICPLINK", "2018-03-05"),
                enquiry("ICPLINKS", "ICPLINK", "2018-03-01", s47e_referral_id="ICPLINKR"),
                conference("ICPLINK1", "ICPLINK", "2018-03-02", icpc_s47_enquiry_id="ICPLINKS"),
                conference("ICPLINK2", "ICPLINK", "2018-03-05", icpc_s47_enquiry_id="ICPLINKS"),
                # no link
                conference("ICPLINK3", "ICPLINK", "2018-03-01"),
            ],
            [(CONFERENCES, "ICPLINK1")],
        ),
        case(
            "CPP-08",
            [
                person("CPPLINK"),
                # an earlier referral of the child is not the one that the plan came from
                referral(
                    "CPPLINKX",
                    "CPPLINK",
                    "2016-02-01",
                    cine_close_date="2016-06-01",
                    cine_close_reason="RC7",
                ),
                referral("CPPLINKR", "CPPLINK", "2018-03-05"),
                enquiry("CPPLINKS", "CPPLINK", "2018-03-01", s47e_referral_id="CPPLINKR"),
                conference("CPPLINKC", "CPPLINK", "2018-03-06", icpc_s47_enquiry_id="CPPLINKS"),
                cp_plan("CPPLINK1", "CPPLINK", "2018-03-04", cppl_icpc_id="CPPLINKC"),
                cp_plan("CPPLINK2", "CPPLINK", "2018-03-05", cppl_icpc_id="CPPLINKC"),
                cp_plan("CPPLINK3", "CPPLINK", "2018-03-03"),
            ],
            [(CP_PLANS, "CPPLINK1")],
        ),
    ]


CASES: list[Case] = [*after_closure(), *other_rules()]
