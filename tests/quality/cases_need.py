"""Cases of the rules about early help, contacts, referrals, assessments, enquiries, conferences.

On 10 April 2018 the bank holidays that matter are 30 March and 2 April: from 29 March it is the 6th
working day, from 3 April the 5th, from 16 March the 15th.
"""

from __future__ import annotations

from tests.quality.cases import Case, Row, case, person, referral

REQUESTS = "ssdx_early_help_requests"
EH_CASES = "ssdx_early_help_cases"
EPISODES = "ssd_early_help_episodes"
CONTACTS = "ssd_contacts"
REFERRALS = "ssd_cin_episodes"
ASSESSMENTS = "ssd_cin_assessments"
ENQUIRIES = "ssd_s47_enquiry"
CONFERENCES = "ssd_initial_cp_conference"
CP_PLANS = "ssd_cp_plans"
TableRow = tuple[str, Row]


def request(request_id: str, received: str, **columns: str) -> TableRow:
    """A request that was decided and not allocated."""
    row = {
        "ehrq_request_id": request_id,
        "ehrq_request_date": received,
        "ehrq_team_id": "T1",
        "ehrq_outcome_code": "NOT_ALLOCATED",
        "ehrq_status_code": "DECIDED",
    }
    return REQUESTS, row | columns


def eh_case(case_id: str, opened: str, **columns: str) -> TableRow:
    """An open case led by early help."""
    row = {
        "ehcs_case_id": case_id,
        "ehcs_case_type_code": "LEAD",
        "ehcs_origin_code": "REQUEST",
        "ehcs_opened_date": opened,
        "ehcs_team_id": "T1",
    }
    return EH_CASES, row | columns


def episode(episode_id: str, person_id: str, case_id: str, joined: str, **columns: str) -> TableRow:
    """A child's membership of an early help case; it lasts unless an end is given."""
    row = {
        "earl_episode_id": episode_id,
        "earl_person_id": person_id,
        "x_earl_case_id": case_id,
        "earl_episode_start_date": joined,
    }
    return EPISODES, row | columns


def contact(contact_id: str, person_id: str, received: str, **columns: str) -> TableRow:
    """A contact from the police that led to nothing."""
    row = {
        "cont_contact_id": contact_id,
        "cont_person_id": person_id,
        "cont_contact_date": received,
        "cont_contact_source_code": "6",
        "x_cont_outcome_code": "NFA",
    }
    return CONTACTS, row | columns


def assessment(
    assessment_id: str, person_id: str, referral_id: str, start: str, **columns: str
) -> TableRow:
    """An assessment that is open."""
    row = {
        "cina_assessment_id": assessment_id,
        "cina_person_id": person_id,
        "cina_referral_id": referral_id,
        "cina_assessment_start_date": start,
        "cina_assessment_team": "T1",
        "x_cina_status_code": "OPEN",
    }
    return ASSESSMENTS, row | columns


def authorised(day: str, outcome: str = "CLOSE") -> Row:
    return {
        "cina_assessment_auth_date": day,
        "x_cina_outcome_code": outcome,
        "x_cina_status_code": "AUTHORISED",
    }


CANCELLED_ASSESSMENT = {"x_cina_status_code": "CANCELLED"}


def enquiry(s47_id: str, person_id: str, start: str, end: str = "", **columns: str) -> TableRow:
    """An enquiry under no referral; completed, with concerns that proved unfounded, if it ends."""
    row = {
        "s47e_s47_enquiry_id": s47_id,
        "s47e_person_id": person_id,
        "s47e_s47_start_date": start,
        "s47e_s47_end_date": end,
        "s47e_s47_completed_by_team": "T1",
        "x_s47e_status_code": "COMPLETED" if end else "OPEN",
        "x_s47e_outcome_code": "NOT_SUBST" if end else "",
    }
    return ENQUIRIES, row | columns


CANCELLED_ENQUIRY = {"x_s47e_status_code": "CANCELLED"}


def conference(conference_id: str, person_id: str, held: str, **columns: str) -> TableRow:
    """A conference that was held and decided against a plan, eight days after the strategy."""
    row = {
        "icpc_icpc_id": conference_id,
        "icpc_person_id": person_id,
        "icpc_icpc_date": held,
        "icpc_icpc_transfer_in": "N",
        "icpc_icpc_outcome_cp_flag": "N",
        "icpc_icpc_team": "T1",
        "x_icpc_strategy_discussion_date": "2018-02-26" if held >= "2018-02-26" else "",
        "x_icpc_status_code": "HELD",
    }
    return CONFERENCES, row | columns


def cin_plan(
    plan_id: str, person_id: str, referral_id: str, start: str, **columns: str
) -> TableRow:
    row = {
        "cinp_cin_plan_id": plan_id,
        "cinp_person_id": person_id,
        "cinp_referral_id": referral_id,
        "cinp_cin_plan_start_date": start,
        "cinp_cin_plan_team": "T1",
    }
    return "ssd_cin_plans", row | columns


def cp_plan(plan_id: str, person_id: str, start: str, **columns: str) -> TableRow:
    row = {
        "cppl_cp_plan_id": plan_id,
        "cppl_person_id": person_id,
        "cppl_cp_plan_start_date": start,
        "cppl_cp_plan_initial_category": "NEG",
        "cppl_cp_plan_latest_category": "NEG",
        "cppl_cp_plan_ola": "N",
        "x_cppl_previous_plan_count": "0",
    }
    return CP_PLANS, row | columns


def closed(day: str, reason: str = "RC7") -> Row:
    return {"cine_close_date": day, "cine_close_reason": reason}


def merged(person_id: str, into: str) -> TableRow:
    return person(person_id, x_pers_merged_into_id=into)


EARLY_HELP = [
    case(
        "EHP-01",
        [
            request("EHP01R1", ""),
            request("EHP01R2", "1900-01-01"),
            request("EHP01R3", "2018-03-10"),
        ],
        [(REQUESTS, "EHP01R1"), (REQUESTS, "EHP01R2")],
    ),
    case(
        "EHP-02",
        [
            eh_case("EHP02C1", "2018-03-10", ehcs_closed_date="2018-03-01"),
            eh_case("EHP02C2", "2018-03-10", ehcs_closed_date="2018-03-10"),
            eh_case("EHP02C3", "2018-03-10"),
            person("EHP02P1"),
            episode(
                "EHP02E1", "EHP02P1", "EHP02C2", "2018-03-10", earl_episode_end_date="2018-03-01"
            ),
            episode(
                "EHP02E2", "EHP02P1", "EHP02C3", "2018-03-10", earl_episode_end_date="2018-03-11"
            ),
        ],
        [(EH_CASES, "EHP02C1"), (EPISODES, "EHP02E1")],
    ),
    case(
        "EHP-03",
        [
            request("EHP03R1", "2018-03-10", ehrq_outcome_code="ALLOCATED"),
            request(
                "EHP03R2",
                "2018-03-10",
                ehrq_outcome_code="ALLOCATED",
                ehrq_allocation_date="2018-03-12",
            ),
            request("EHP03R3", "2018-03-10", ehrq_outcome_code="ALLOCATED"),
            eh_case("EHP03C3", "2018-03-12", ehcs_request_id="EHP03R3"),
            request(
                "EHP03R4", "2018-03-10", ehrq_outcome_code="ALLOCATED", ehrq_family_id="EHP03F4"
            ),
            eh_case("EHP03C4", "2018-03-10", ehcs_family_id="EHP03F4"),
            request(
                "EHP03R5", "2018-03-10", ehrq_outcome_code="ALLOCATED", ehrq_family_id="EHP03F5"
            ),
            eh_case("EHP03C5", "2018-03-09", ehcs_family_id="EHP03F5"),
            request("EHP03R6", "2018-03-10"),
            request(
                "EHP03R7",
                "2018-03-10",
                ehrq_outcome_code="ALLOCATED",
                ehrq_status_code="DUPLICATE",
            ),
        ],
        [(REQUESTS, "EHP03R1"), (REQUESTS, "EHP03R5")],
    ),
    case(
        "EHP-04",
        [
            request("EHP04R1", "2018-03-10", ehrq_allocation_date="2018-03-08"),
            request("EHP04R2", "2018-03-10", ehrq_allocation_date="2018-03-10"),
            request("EHP04R3", "2018-03-10"),
            request(
                "EHP04R4",
                "2018-03-10",
                ehrq_allocation_date="2018-03-08",
                ehrq_status_code="ERROR",
            ),
        ],
        [(REQUESTS, "EHP04R1")],
    ),
    case(
        "EHP-05",
        [
            eh_case("EHP05C1", "2018-01-01"),
            eh_case("EHP05C2", "2018-02-01"),
            eh_case("EHP05C3", "2018-02-01", ehcs_case_type_code="SW_SUPPORT"),
            person("EHP05P1"),
            episode("EHP05E1", "EHP05P1", "EHP05C1", "2018-01-01"),
            episode("EHP05E2", "EHP05P1", "EHP05C2", "2018-02-01"),
            # a child led by one service and supported beside another
            person("EHP05P2"),
            episode("EHP05E3", "EHP05P2", "EHP05C1", "2018-01-01"),
            episode("EHP05E4", "EHP05P2", "EHP05C3", "2018-02-01"),
            # closed on the day of the extract
            person("EHP05P3"),
            episode(
                "EHP05E5", "EHP05P3", "EHP05C1", "2018-01-01", earl_episode_end_date="2018-04-10"
            ),
            episode("EHP05E6", "EHP05P3", "EHP05C2", "2018-02-01"),
            person("EHP05P4"),
            episode("EHP05E7", "EHP05P4", "EHP05C1", "2018-01-01", earl_episode_organisation="ONE"),
            episode("EHP05E8", "EHP05P4", "EHP05C2", "2018-02-01", earl_episode_organisation="TWO"),
            # one child under two records
            person("EHP05P5"),
            merged("EHP05P6", into="EHP05P5"),
            episode("EHP05E9", "EHP05P5", "EHP05C2", "2018-02-01"),
            episode("EHP05E10", "EHP05P6", "EHP05C1", "2018-01-01"),
            # both closed on the day of the extract
            person("EHP05P7"),
            episode(
                "EHP05E11", "EHP05P7", "EHP05C1", "2018-01-01", earl_episode_end_date="2018-04-10"
            ),
            episode(
                "EHP05E12", "EHP05P7", "EHP05C2", "2018-02-01", earl_episode_end_date="2018-04-10"
            ),
        ],
        [(EPISODES, "EHP05E2"), (EPISODES, "EHP05E9")],
    ),
    case(
        "EHP-06",
        [
            person("EHP06P1"),
            person("EHP06P2"),
            eh_case("EHP06C1", "2018-01-01"),
            episode("EHP06E1", "EHP06P1", "", "2018-01-01"),
            episode("EHP06E2", "EHP06P2", "EHP06C1", "2018-01-01"),
        ],
        [(EPISODES, "EHP06E1")],
    ),
    case(
        "EHP-07",
        [
            row
            for number, origin, received, closing in (
                ("1", "STEP_DOWN", "", ""),
                ("2", "STEP_DOWN", "2018-01-10", "2018-02-01"),
                ("3", "STEP_DOWN", "2018-01-10", "2018-01-31"),
                ("4", "STEP_DOWN", "2018-01-10", "2018-03-01"),
                ("5", "STEP_DOWN", "2018-01-10", "2018-03-20"),
                ("6", "STEP_DOWN", "2018-01-10", ""),
                ("7", "STEP_DOWN", "2018-03-02", "2018-03-20"),
                ("8", "REQUEST", "", ""),
                ("9", "", "", ""),
            )
            for row in [
                person(f"EHP07P{number}"),
                eh_case(f"EHP07C{number}", "2018-03-01", ehcs_origin_code=origin),
                episode(f"EHP07E{number}", f"EHP07P{number}", f"EHP07C{number}", "2018-03-01"),
                *(
                    [
                        referral(
                            f"EHP07R{number}",
                            f"EHP07P{number}",
                            received,
                            **(closed(closing) if closing else {}),
                        )
                    ]
                    if received
                    else []
                ),
            ]
        ]
        + [
            # nobody is known to be in it
            eh_case("EHP07C10", "2018-03-01", ehcs_origin_code="STEP_DOWN"),
            # the referral is of a brother
            person("EHP07P11"),
            eh_case("EHP07C11", "2018-03-01", ehcs_origin_code="STEP_DOWN"),
            episode("EHP07E11", "EHP07P11", "EHP07C11", "2018-03-01"),
            person("EHP07P12"),
            episode("EHP07E12", "EHP07P12", "EHP07C11", "2018-03-01"),
            referral("EHP07R12", "EHP07P12", "2018-01-10", **closed("2018-02-20")),
        ],
        [(EH_CASES, f"EHP07C{number}") for number in ("1", "3", "7", "10")],
    ),
    case(
        "EHP-08",
        [
            row
            for number, case_type, received, closing in (
                ("1", "SW_SUPPORT", "2018-01-10", "2018-02-20"),
                ("2", "SW_SUPPORT", "2018-01-10", "2018-03-01"),
                ("3", "SW_SUPPORT", "2018-01-10", "2018-03-02"),
                ("4", "SW_SUPPORT", "2018-03-01", ""),
                ("5", "SW_SUPPORT", "2018-03-02", ""),
                ("6", "SW_SUPPORT", "", ""),
                ("7", "LEAD", "", ""),
            )
            for row in [
                person(f"EHP08P{number}"),
                eh_case(f"EHP08C{number}", "2018-03-01", ehcs_case_type_code=case_type),
                episode(f"EHP08E{number}", f"EHP08P{number}", f"EHP08C{number}", "2018-03-01"),
                *(
                    [
                        referral(
                            f"EHP08R{number}",
                            f"EHP08P{number}",
                            received,
                            **(closed(closing) if closing else {}),
                        )
                    ]
                    if received
                    else []
                ),
            ]
        ],
        [(EH_CASES, f"EHP08C{number}") for number in ("1", "2", "5", "6")],
    ),
    case(
        "EHP-09",
        [
            eh_case("EHP09C1", ""),
            eh_case("EHP09C2", "2018-03-01"),
            person("EHP09P1"),
            episode("EHP09E1", "EHP09P1", "EHP09C2", ""),
            episode("EHP09E2", "EHP09P1", "EHP09C2", "2018-03-01"),
        ],
        [(EH_CASES, "EHP09C1"), (EPISODES, "EHP09E1")],
    ),
]

FRONT_DOOR = [
    case(
        "CON-01",
        [
            person("CON01P1"),
            contact("CON01C1", "CON01P1", ""),
            contact("CON01C2", "CON01P1", "2018-03-01"),
        ],
        [(CONTACTS, "CON01C1")],
    ),
    case(
        "CON-02",
        [
            person("CON02P1"),
            contact("CON02C1", "CON02P1", "2018-03-01", cont_contact_source_code=""),
            contact("CON02C2", "CON02P1", "2018-03-02", cont_contact_source_code="POLICE - MARAC?"),
            contact("CON02C3", "CON02P1", "2018-03-03", cont_contact_source_code="N/A"),
            contact("CON02C4", "CON02P1", "2018-03-04", cont_contact_source_code="2a"),
        ],
        [(CONTACTS, f"CON02C{number}") for number in "123"],
    ),
    case(
        "CON-03",
        [
            person("CON03P1"),
            person("CON03P2"),
            merged("CON03P3", into="CON03P2"),
            contact("CON03C1", "CON03P1", "2018-03-01"),
            contact("CON03C2", "CON03P1", "2018-03-01"),
            contact("CON03C3", "CON03P1", "2018-03-01", cont_contact_source_code="2A"),
            contact("CON03C4", "CON03P1", "2018-03-02"),
            contact("CON03C5", "CON03P1", "2018-03-03", cont_contact_source_code=""),
            contact("CON03C6", "CON03P1", "2018-03-03", cont_contact_source_code=""),
            contact("CON03C7", "CON03P2", "2018-03-01"),
            contact("CON03C8", "CON03P3", "2018-03-01T10:30:00"),
        ],
        [(CONTACTS, "CON03C2"), (CONTACTS, "CON03C8")],
    ),
    case(
        "CON-04",
        [
            row
            for number, day, outcome, referred in (
                ("1", "2018-03-05", "REFERRAL", ""),
                # the fifth working day, and the one after it
                ("2", "2018-03-05", "REFERRAL", "2018-03-12"),
                ("3", "2018-03-05", "REFERRAL", "2018-03-13"),
                # the weekend after the fifth
                ("4", "2018-03-02", "REFERRAL", "2018-03-10"),
                # five working days are not over, and are
                ("5", "2018-04-03", "REFERRAL", ""),
                ("6", "2018-03-29", "REFERRAL", ""),
                ("7", "2018-03-05", "NFA", ""),
                ("8", "2018-03-05", "", ""),
                ("9", "2018-03-05", "REFERRAL", "2018-03-04"),
                ("11", "2018-03-05", "REFERRAL", "2018-03-05"),
            )
            for row in [
                person(f"CON04P{number}"),
                contact(f"CON04C{number}", f"CON04P{number}", day, x_cont_outcome_code=outcome),
                *([referral(f"CON04R{number}", f"CON04P{number}", referred)] if referred else []),
            ]
        ]
        + [
            person("CON04P10"),
            referral("CON04R10", "CON04P10", "2018-03-20"),
            contact(
                "CON04C10",
                "CON04P10",
                "2018-03-05",
                x_cont_outcome_code="REFERRAL",
                x_cont_referral_id="CON04R10",
            ),
        ],
        [(CONTACTS, f"CON04C{number}") for number in "1369"],
    ),
    case(
        "CON-05",
        [
            person("CON05P1"),
            referral("CON05R1", "CON05P1", "2018-03-01", **closed("2018-03-05")),
            referral("CON05R2", "CON05P1", "2018-03-10", **closed("2018-03-07")),
            contact("CON05C1", "CON05P1", "2018-03-01", x_cont_referral_id="CON05R404"),
            contact("CON05C2", "CON05P1", "2018-02-28", x_cont_referral_id=" con05r1"),
            # what it leads to is set aside, but there
            contact("CON05C3", "CON05P1", "2018-02-27", x_cont_referral_id="CON05R2"),
            contact("CON05C4", "CON05P1", "2018-02-26"),
        ],
        [(CONTACTS, "CON05C1")],
        along=["REF-02"],
    ),
    case(
        "CON-06",
        [
            person("CON06P1"),
            referral("CON06R1", "CON06P1", "2018-03-01"),
            contact("CON06C1", "CON06P1", "2018-03-05", x_cont_referral_id="CON06R1"),
            contact("CON06C2", "CON06P1", "2018-03-01", x_cont_referral_id="CON06R1"),
            contact("CON06C3", "CON06P1", "2018-02-28", x_cont_referral_id="CON06R1"),
            contact("CON06C4", "CON06P1", "2018-03-06"),
        ],
        [(CONTACTS, "CON06C1")],
    ),
]

REFERRAL_RULES = [
    case(
        "REF-01",
        [
            person("REF01P1"),
            referral("REF01R1", "REF01P1", ""),
            referral("REF01R2", "REF01P1", "2018-03-01"),
        ],
        [(REFERRALS, "REF01R1")],
    ),
    case(
        "REF-02",
        [
            person("REF02P1"),
            referral("REF02R1", "REF02P1", "2018-03-10", **closed("2018-03-01")),
            referral("REF02R2", "REF02P1", "2018-03-10", **closed("2018-03-10")),
            referral("REF02R3", "REF02P1", "2018-03-11"),
        ],
        [(REFERRALS, "REF02R1")],
    ),
    case(
        "REF-03",
        [
            row
            for number, columns in (
                ("1", {"cine_close_reason": "RC7"}),
                ("2", {"cine_close_date": "2018-03-20"}),
                ("3", closed("2018-03-20")),
                ("4", {}),
            )
            for row in [
                person(f"REF03P{number}"),
                referral(f"REF03R{number}", f"REF03P{number}", "2018-03-01", **columns),
            ]
        ],
        [(REFERRALS, "REF03R1"), (REFERRALS, "REF03R2")],
    ),
    case(
        "REF-04",
        [
            row
            for number, reason in (("1", "RC12"), ("2", "RC7"), ("3", "rc7 "))
            for row in [
                person(f"REF04P{number}"),
                referral(
                    f"REF04R{number}",
                    f"REF04P{number}",
                    "2018-03-01",
                    **closed("2018-03-20", reason),
                ),
            ]
        ],
        [(REFERRALS, "REF04R1")],
    ),
    case(
        "REF-05",
        [
            person("REF05P1"),
            referral("REF05R1", "REF05P1", "2018-02-01"),
            referral("REF05R2", "REF05P1", "2018-03-01"),
            person("REF05P2"),
            referral("REF05R3", "REF05P2", "2018-02-01", cine_referral_nfa="Y"),
            referral("REF05R4", "REF05P2", "2018-03-01"),
            # closed on the day of the extract
            person("REF05P3"),
            referral("REF05R5", "REF05P3", "2018-02-01", **closed("2018-04-10")),
            referral("REF05R6", "REF05P3", "2018-03-01"),
            person("REF05P4"),
            merged("REF05P5", into="REF05P4"),
            referral("REF05R7", "REF05P4", "2018-03-01"),
            referral("REF05R8", "REF05P5", "2018-02-01"),
            # neither is open and a case
            person("REF05P6"),
            referral("REF05R9", "REF05P6", "2018-02-01"),
            referral("REF05R10", "REF05P6", "2018-03-01", cine_referral_nfa="Y"),
            referral("REF05R11", "REF05P6", "2018-03-02", **closed("2018-03-09")),
        ],
        [(REFERRALS, "REF05R2"), (REFERRALS, "REF05R7")],
    ),
    case(
        "REF-06",
        [
            person("REF06P1"),
            referral("REF06R1", "REF06P1", "2018-01-01", **closed("2018-03-01")),
            referral("REF06R2", "REF06P1", "2018-02-01", **closed("2018-04-01")),
            # received on the day that the last one closed
            person("REF06P2"),
            referral("REF06R3", "REF06P2", "2018-01-01", **closed("2018-03-01")),
            referral("REF06R4", "REF06P2", "2018-03-01", **closed("2018-04-01")),
            # inside one that is still open
            person("REF06P3"),
            referral("REF06R5", "REF06P3", "2018-01-01"),
            referral("REF06R6", "REF06P3", "2018-02-01", **closed("2018-03-01")),
            # both open is REF-05
            person("REF06P4"),
            referral("REF06R7", "REF06P4", "2018-01-01"),
            referral("REF06R8", "REF06P4", "2018-02-01"),
            # neither opens a case
            person("REF06P5"),
            referral("REF06R9", "REF06P5", "2018-01-01", **closed("2018-03-01")),
            referral("REF06R10", "REF06P5", "2018-02-01", **closed("2018-02-01")),
            referral(
                "REF06R11",
                "REF06P5",
                "2018-02-05",
                cine_referral_nfa="Y",
                **closed("2018-02-09"),
            ),
        ],
        [(REFERRALS, "REF06R2"), (REFERRALS, "REF06R6")],
    ),
    case(
        "REF-07",
        [
            row
            for number, flag in (("1", ""), ("2", "Yes - see notes"), ("3", "Y"), ("4", "n"))
            for row in [
                person(f"REF07P{number}"),
                referral(
                    f"REF07R{number}", f"REF07P{number}", "2018-03-01", cine_referral_nfa=flag
                ),
            ]
        ],
        [(REFERRALS, "REF07R1"), (REFERRALS, "REF07R2")],
    ),
    case(
        "REF-08",
        [
            row
            for number, flag in (*((str(n), "Y") for n in range(1, 9)), ("9", "N"))
            for row in [
                person(f"REF08P{number}"),
                referral(
                    f"REF08R{number}", f"REF08P{number}", "2018-03-01", cine_referral_nfa=flag
                ),
            ]
        ]
        + [
            assessment("REF08A1", "REF08P1", "REF08R1", "2018-03-02"),
            enquiry("REF08S2", "REF08P2", "2018-03-28", s47e_referral_id="REF08R2"),
            cin_plan("REF08N3", "REF08P3", "REF08R3", "2018-03-02"),
            cp_plan("REF08L4", "REF08P4", "2018-03-02", cppl_referral_id="REF08R4"),
            assessment("REF08A5", "REF08P5", "REF08R5", "2018-03-02", **CANCELLED_ASSESSMENT),
            enquiry(
                "REF08S6", "REF08P6", "2018-03-28", s47e_referral_id="REF08R6", **CANCELLED_ENQUIRY
            ),
            # another council's plan
            cp_plan(
                "REF08L7",
                "REF08P7",
                "2018-03-02",
                cppl_referral_id="REF08R7",
                cppl_cp_plan_ola="Y",
            ),
            assessment("REF08A9", "REF08P9", "REF08R9", "2018-03-02"),
        ],
        [(REFERRALS, f"REF08R{number}") for number in "1234"],
    ),
    case(
        "REF-09",
        [
            row
            for number, need, flag in (
                ("1", "", "N"),
                ("2", "", "Y"),
                ("3", "N99", "N"),
                ("4", "N1", "N"),
                # no flag does not mean no further action
                ("5", "", ""),
            )
            for row in [
                person(f"REF09P{number}"),
                referral(
                    f"REF09R{number}",
                    f"REF09P{number}",
                    "2018-03-01",
                    cine_referral_nfa=flag,
                    cine_cin_primary_need_code=need,
                ),
            ]
        ],
        [(REFERRALS, f"REF09R{number}") for number in "135"],
    ),
    case(
        "REF-10",
        [
            row
            for number, reason, assessed in (
                ("1", "RC8", True),
                ("2", "RC8", False),
                ("3", "RC8", True),
                ("4", "RC9", True),
                ("5", "RC7", False),
                ("6", "RC9", True),
                ("7", "RC9", False),
                ("8", "", False),
            )
            for row in [
                person(f"REF10P{number}"),
                referral(
                    f"REF10R{number}",
                    f"REF10P{number}",
                    "2018-01-02",
                    **closed("2018-03-20", reason),
                ),
                *(
                    [
                        assessment(
                            f"REF10A{number}",
                            f"REF10P{number}",
                            f"REF10R{number}",
                            "2018-01-03",
                            **authorised("2018-02-01"),
                        )
                    ]
                    if assessed
                    else []
                ),
            ]
        ]
        + [
            cp_plan(
                "REF10L1",
                "REF10P1",
                "2018-02-01",
                cppl_referral_id="REF10R1",
                cppl_cp_plan_end_date="2018-03-01",
            ),
            enquiry("REF10S4", "REF10P4", "2018-01-05", "2018-01-12", s47e_referral_id="REF10R4"),
            enquiry(
                "REF10S6", "REF10P6", "2018-01-05", s47e_referral_id="REF10R6", **CANCELLED_ENQUIRY
            ),
            # a cancelled assessment is none
            assessment("REF10A7", "REF10P7", "REF10R7", "2018-01-03", **CANCELLED_ASSESSMENT),
        ],
        [(REFERRALS, f"REF10R{number}") for number in "1247"],
    ),
    case(
        "REF-11",
        [
            row
            for number in range(1, 11)
            for row in [
                person(f"REF11P{number}"),
                referral(
                    f"REF11R{number}",
                    f"REF11P{number}",
                    "2018-01-02",
                    **(closed("2018-03-01") if number != 8 else {}),
                ),
            ]
        ]
        + [
            enquiry("REF11S1", "REF11P1", "2018-03-05", "2018-03-09", s47e_referral_id="REF11R1"),
            # on the day of the closure
            enquiry("REF11S2", "REF11P2", "2018-02-05", "2018-03-01", s47e_referral_id="REF11R2"),
            assessment("REF11A3", "REF11P3", "REF11R3", "2018-01-03", **authorised("2018-03-02")),
            cp_plan(
                "REF11L4",
                "REF11P4",
                "2018-02-01",
                cppl_referral_id="REF11R4",
                cppl_cp_plan_end_date="2018-03-09",
            ),
            cin_plan(
                "REF11N9",
                "REF11P9",
                "REF11R9",
                "2018-02-01",
                cinp_cin_plan_end_date="2018-03-02",
            ),
            enquiry(
                "REF11S10", "REF11P10", "2018-02-05", "2018-03-02", s47e_referral_id="REF11R10"
            ),
            conference("REF11I5", "REF11P5", "2018-03-05", icpc_referral_id="REF11R5"),
            enquiry(
                "REF11S6", "REF11P6", "2018-03-05", s47e_referral_id="REF11R6", **CANCELLED_ENQUIRY
            ),
            conference(
                "REF11I7",
                "REF11P7",
                "2018-03-05",
                icpc_referral_id="REF11R7",
                icpc_icpc_outcome_cp_flag="",
                x_icpc_status_code="CANCELLED",
            ),
            enquiry("REF11S8", "REF11P8", "2018-03-05", "2018-03-09", s47e_referral_id="REF11R8"),
        ],
        [(REFERRALS, f"REF11R{number}") for number in ("1", "3", "4", "5", "9", "10")],
    ),
    case(
        "REF-12",
        [
            person("REF12P1"),
            referral("REF12R1", "REF12P1", "2018-01-02", **closed("2018-03-01", "RC2")),
            person("REF12P2", pers_death_date="2018-03-01"),
            referral("REF12R2", "REF12P2", "2018-01-02", **closed("2018-03-01", "RC2")),
            person("REF12P3"),
            referral("REF12R3", "REF12P3", "2018-01-02", **closed("2018-03-01")),
            # the record that it was merged into knows
            merged("REF12P4", into="REF12P2"),
            referral("REF12R4", "REF12P4", "2017-01-02", **closed("2017-03-01", "RC2")),
            # of nobody that we know
            referral("REF12R5", "", "2018-01-02", **closed("2018-03-01", "RC2")),
        ],
        [(REFERRALS, "REF12R1")],
    ),
    case(
        "REF-13",
        [
            row
            for number, received, outcome, flag in (
                ("1", "2018-03-29", "", "N"),
                ("2", "2018-04-03", "", "N"),
                ("3", "2018-03-29", "SWA", "N"),
                ("4", "2018-03-29", "", "Y"),
                ("5", "2018-03-29", "", ""),
            )
            for row in [
                person(f"REF13P{number}"),
                referral(
                    f"REF13R{number}",
                    f"REF13P{number}",
                    received,
                    cine_referral_nfa=flag,
                    x_cine_outcome_code=outcome,
                ),
            ]
        ],
        [(REFERRALS, "REF13R1"), (REFERRALS, "REF13R5")],
    ),
]


def assessed(rule: str, numbers: str, received: str, **columns: str) -> list[TableRow]:
    """Children with a referral each, named after a rule and numbered."""
    prefix = rule.replace("-", "")
    return [
        row
        for number in numbers
        for row in [
            person(f"{prefix}P{number}"),
            referral(f"{prefix}R{number}", f"{prefix}P{number}", received, **columns),
        ]
    ]


NFA_AND_SERVICES = '{"OUTCOME_NFA_FLAG": "Y", "OUTCOME_PROV_OF_SERVICES_FLAG": "Y"}'
SERVICES_ALONE = '{"OUTCOME_NFA_FLAG": "N", "OUTCOME_PROV_OF_SERVICES_FLAG": "Y"}'
S47_ENDED_AND_SERVICES = '{"OUTCOME_NFA_S47_END_FLAG": "Y", "OUTCOME_PROV_OF_SERVICES_FLAG": "Y"}'
NFA_AND_CONFERENCE = '{"NFA": "Y", "CP_CONFERENCE": "Y"}'

ASSESSMENT_RULES = [
    case(
        "ASM-01",
        [
            *assessed("ASM-01", "123", "2018-03-01"),
            assessment("ASM01A1", "ASM01P1", "ASM01R1", ""),
            assessment("ASM01A2", "ASM01P2", "ASM01R2", "1900-01-01"),
            assessment("ASM01A3", "ASM01P3", "ASM01R3", "2018-03-01"),
        ],
        [(ASSESSMENTS, "ASM01A1"), (ASSESSMENTS, "ASM01A2")],
    ),
    case(
        "ASM-02",
        [
            *assessed("ASM-02", "12", "2018-03-01"),
            assessment("ASM02A1", "ASM02P1", "ASM02R1", "2018-03-10", **authorised("2018-03-01")),
            assessment("ASM02A2", "ASM02P2", "ASM02R2", "2018-03-10", **authorised("2018-03-10")),
        ],
        [(ASSESSMENTS, "ASM02A1")],
    ),
    case(
        "ASM-03",
        [
            *assessed("ASM-03", "1234", "2018-03-05"),
            assessment("ASM03A1", "ASM03P1", "ASM03R1", "2018-03-01"),
            assessment("ASM03A2", "ASM03P2", "ASM03R2", "2018-03-05"),
            assessment("ASM03A3", "ASM03P3", "ASM03R3", "2018-03-01", **CANCELLED_ASSESSMENT),
            assessment("ASM03A4", "ASM03P4", "", "2018-03-01"),
        ],
        [(ASSESSMENTS, "ASM03A1")],
    ),
    case(
        "ASM-04",
        [
            *assessed("ASM-04", "125", "2018-01-05", **closed("2018-03-20")),
            *assessed("ASM-04", "3", "2018-01-05"),
            *assessed("ASM-04", "4", "2018-01-05", **closed("2018-04-10")),
            assessment("ASM04A1", "ASM04P1", "ASM04R1", "2018-02-05"),
            assessment("ASM04A2", "ASM04P2", "ASM04R2", "2018-02-05", **authorised("2018-03-01")),
            assessment("ASM04A3", "ASM04P3", "ASM04R3", "2018-02-05"),
            # closed on the day of the extract
            assessment("ASM04A4", "ASM04P4", "ASM04R4", "2018-02-05"),
            assessment("ASM04A5", "ASM04P5", "ASM04R5", "2018-02-05", **CANCELLED_ASSESSMENT),
        ],
        [(ASSESSMENTS, "ASM04A1"), (ASSESSMENTS, "ASM04A4")],
    ),
    case(
        "ASM-05",
        [
            *assessed("ASM-05", "123456", "2018-02-01"),
            assessment("ASM05A1", "ASM05P1", "ASM05R1", "2018-02-05"),
            assessment("ASM05A2", "ASM05P1", "ASM05R1", "2018-03-05"),
            # the day that the last one was authorised, and the day before
            assessment("ASM05A3", "ASM05P2", "ASM05R2", "2018-02-05", **authorised("2018-03-05")),
            assessment("ASM05A4", "ASM05P2", "ASM05R2", "2018-03-05"),
            assessment("ASM05A5", "ASM05P3", "ASM05R3", "2018-02-05", **authorised("2018-03-05")),
            assessment("ASM05A6", "ASM05P3", "ASM05R3", "2018-03-04", **authorised("2018-03-06")),
            assessment("ASM05A7", "ASM05P4", "ASM05R4", "2018-02-05", **CANCELLED_ASSESSMENT),
            assessment("ASM05A8", "ASM05P4", "ASM05R4", "2018-03-05"),
            # under another referral, and under none
            assessment("ASM05A9", "ASM05P5", "ASM05R5", "2018-02-05"),
            referral("ASM05R5B", "ASM05P5", "2018-03-01"),
            assessment("ASM05A9B", "ASM05P5", "ASM05R5B", "2018-03-05"),
            assessment("ASM05AA", "ASM05P6", "", "2018-02-05"),
            assessment("ASM05AB", "ASM05P6", "", "2018-03-05"),
        ],
        [(ASSESSMENTS, "ASM05A2"), (ASSESSMENTS, "ASM05A6")],
    ),
    case(
        "ASM-06",
        [
            # on 31 March it is the 46th working day from 24 January, the 45th from 25 January
            *assessed("ASM-06", "1346", "2018-01-24"),
            *assessed("ASM-06", "2", "2018-01-25"),
            assessment("ASM06A1", "ASM06P1", "ASM06R1", "2018-02-05"),
            assessment("ASM06A2", "ASM06P2", "ASM06R2", "2018-02-05"),
            # authorised on the last day of the month, and on the day after
            assessment("ASM06A3", "ASM06P3", "ASM06R3", "2018-02-05", **authorised("2018-03-31")),
            assessment("ASM06A4", "ASM06P4", "ASM06R4", "2018-02-05", **authorised("2018-04-01")),
            person("ASM06P5"),
            assessment("ASM06A5", "ASM06P5", "", "2018-01-24"),
            assessment("ASM06A6", "ASM06P6", "ASM06R6", "2018-02-05", **CANCELLED_ASSESSMENT),
        ],
        [(ASSESSMENTS, f"ASM06A{number}") for number in "145"],
    ),
    case(
        "ASM-07",
        [
            *assessed("ASM-07", "1234", "2018-03-01"),
            assessment(
                "ASM07A1", "ASM07P1", "ASM07R1", "2018-03-05", **authorised("2018-03-20", "")
            ),
            assessment(
                "ASM07A2", "ASM07P2", "ASM07R2", "2018-03-05", **authorised("2018-03-20", "OTHER")
            ),
            assessment("ASM07A3", "ASM07P3", "ASM07R3", "2018-03-05"),
            assessment(
                "ASM07A4",
                "ASM07P4",
                "ASM07R4",
                "2018-03-05",
                **authorised("2018-03-20", "") | CANCELLED_ASSESSMENT,
            ),
        ],
        [(ASSESSMENTS, "ASM07A1")],
    ),
    case(
        "ASM-08",
        [
            row
            for number, outcome, flag, flags, status in (
                ("1", "ONGOING", "Y", "", "AUTHORISED"),
                ("2", "CLOSE", "", NFA_AND_SERVICES, "AUTHORISED"),
                ("3", "CLOSE", "Y", "", "AUTHORISED"),
                ("4", "ONGOING", "N", SERVICES_ALONE, "AUTHORISED"),
                ("5", "ONGOING", "", S47_ENDED_AND_SERVICES, "AUTHORISED"),
                ("6", "STEP_DOWN", "Y", "", "AUTHORISED"),
                ("7", "ONGOING", "Y", "", "CANCELLED"),
                ("8", "CLOSE", "Y", SERVICES_ALONE, "AUTHORISED"),
                ("9", "ONGOING", "", "", "AUTHORISED"),
            )
            for row in [
                *assessed("ASM-08", number, "2018-03-01"),
                assessment(
                    f"ASM08A{number}",
                    f"ASM08P{number}",
                    f"ASM08R{number}",
                    "2018-03-05",
                    **authorised("2018-03-20", outcome)
                    | {
                        "cina_assessment_outcome_nfa": flag,
                        "cina_assessment_outcome_json": flags,
                        "x_cina_status_code": status,
                    },
                ),
            ]
        ],
        [(ASSESSMENTS, f"ASM08A{number}") for number in "1268"],
    ),
    case(
        "ASM-11",
        [
            *assessed("ASM-11", "1234", "2018-03-01"),
            assessment("ASM11A1", "ASM11P1", "ASM11R404", "2018-03-05"),
            assessment("ASM11A2", "ASM11P2", "asm11r2 ", "2018-03-05"),
            assessment("ASM11A3", "ASM11P3", "", "2018-03-05"),
            assessment("ASM11A4", "ASM11P4", "ASM11R404", "2018-03-05", **CANCELLED_ASSESSMENT),
        ],
        [(ASSESSMENTS, "ASM11A1")],
    ),
]

ENQUIRY_RULES = [
    case(
        "S47-01",
        [
            person("S4701P1"),
            enquiry("S4701S1", "S4701P1", "", "2018-03-09"),
            enquiry("S4701S2", "S4701P1", "2018-03-05", "2018-03-09"),
        ],
        [(ENQUIRIES, "S4701S1")],
    ),
    case(
        "S47-02",
        [
            person("S4702P1"),
            enquiry("S4702S1", "S4702P1", "2018-03-10", "2018-03-01"),
            enquiry("S4702S2", "S4702P1", "2018-03-10", "2018-03-10"),
        ],
        [(ENQUIRIES, "S4702S1")],
    ),
    case(
        "S47-03",
        [
            *assessed("S47-03", "1234", "2018-03-05"),
            enquiry("S4703S1", "S4703P1", "2018-03-01", "2018-03-09", s47e_referral_id="S4703R1"),
            enquiry("S4703S2", "S4703P2", "2018-03-05", "2018-03-09", s47e_referral_id="S4703R2"),
            enquiry(
                "S4703S3",
                "S4703P3",
                "2018-03-01",
                "2018-03-09",
                s47e_referral_id="S4703R3",
                **CANCELLED_ENQUIRY,
            ),
            enquiry("S4703S4", "S4703P4", "2018-03-01", "2018-03-09"),
        ],
        [(ENQUIRIES, "S4703S1")],
    ),
    case(
        "S47-04",
        [
            *[person(f"S4704P{number}") for number in "1235"],
            merged("S4704P4", into="S4704P3"),
            enquiry("S4704S1", "S4704P1", "2018-03-20"),
            enquiry("S4704S2", "S4704P1", "2018-03-22"),
            # the day that the last one was completed, and the day before
            enquiry("S4704S3", "S4704P2", "2018-02-01", "2018-02-15"),
            enquiry("S4704S4", "S4704P2", "2018-02-15", "2018-03-01"),
            enquiry("S4704S5", "S4704P2", "2018-02-28", "2018-03-05"),
            enquiry("S4704S6", "S4704P3", "2018-03-01", "2018-03-12"),
            enquiry("S4704S7", "S4704P4", "2018-02-20", "2018-03-02"),
            enquiry("S4704S8", "S4704P5", "2018-03-20", **CANCELLED_ENQUIRY),
            enquiry("S4704S9", "S4704P5", "2018-03-22"),
        ],
        [(ENQUIRIES, f"S4704S{number}") for number in "256"],
    ),
    case(
        "S47-05",
        [
            *[person(f"S4705P{number}") for number in "1234"],
            enquiry("S4705S1", "S4705P1", "2018-03-01", "2018-03-09", x_s47e_outcome_code=""),
            enquiry("S4705S2", "S4705P2", "2018-03-01", "2018-03-09", x_s47e_outcome_code="OTHER"),
            enquiry("S4705S3", "S4705P3", "2018-03-20"),
            enquiry(
                "S4705S4",
                "S4705P4",
                "2018-03-01",
                "2018-03-09",
                x_s47e_outcome_code="",
                x_s47e_status_code="CANCELLED",
            ),
        ],
        [(ENQUIRIES, "S4705S1")],
    ),
    case(
        "S47-06",
        [
            row
            for number, outcome, flag, flags, status in (
                ("1", "SUBST_RISK", "Y", "", "COMPLETED"),
                ("2", "NOT_SUBST", "", NFA_AND_CONFERENCE, "COMPLETED"),
                ("3", "NOT_SUBST", "Y", "", "COMPLETED"),
                ("4", "SUBST_RISK", "N", '{"CP_CONFERENCE": "Y"}', "COMPLETED"),
                ("5", "SUBST_RISK", "Y", "", "CANCELLED"),
                ("6", "SUBST_NO_RISK", "Y", "", "COMPLETED"),
                ("7", "SUBST_RISK", "", "", "COMPLETED"),
                ("8", "OTHER", "Y", '{"CP_CONFERENCE": "Y"}', "COMPLETED"),
            )
            for row in [
                person(f"S4706P{number}"),
                enquiry(
                    f"S4706S{number}",
                    f"S4706P{number}",
                    "2018-03-01",
                    "2018-03-09",
                    x_s47e_outcome_code=outcome,
                    s47e_s47_nfa=flag,
                    s47e_s47_outcome_json=flags,
                    x_s47e_status_code=status,
                ),
            ]
        ],
        [(ENQUIRIES, f"S4706S{number}") for number in "128"],
    ),
    case(
        "S47-07",
        [
            *[person(f"S4707P{number}") for number in "123456789"],
            # sixteen working days, and fifteen
            enquiry("S4707S1", "S4707P1", "2018-03-15"),
            enquiry("S4707S2", "S4707P2", "2018-03-16"),
            # a conference of the enquiry, of the child since, before, and still to come
            enquiry("S4707S3", "S4707P3", "2018-03-01"),
            conference("S4707I3", "S4707P3", "2018-02-27", icpc_s47_enquiry_id="S4707S3"),
            enquiry("S4707S4", "S4707P4", "2018-03-01"),
            conference("S4707I4", "S4707P4", "2018-03-01"),
            enquiry("S4707S5", "S4707P5", "2018-03-01"),
            conference("S4707I5", "S4707P5", "2018-02-28"),
            enquiry("S4707S6", "S4707P6", "2018-03-01"),
            conference(
                "S4707I6",
                "S4707P6",
                "2018-04-20",
                icpc_s47_enquiry_id="S4707S6",
                icpc_icpc_outcome_cp_flag="",
                x_icpc_status_code="PLANNED",
            ),
            # not needed
            enquiry("S4707S7", "S4707P7", "2018-03-01", s47e_s47_nfa="Y"),
            enquiry("S4707S8", "S4707P8", "2018-03-01", x_s47e_outcome_code="SUBST_NO_RISK"),
            enquiry("S4707S9", "S4707P9", "2018-03-01", **CANCELLED_ENQUIRY),
            # long enough ago, but completed
            person("S4707PA"),
            enquiry(
                "S4707SA", "S4707PA", "2018-03-01", "2018-03-28", x_s47e_outcome_code="SUBST_RISK"
            ),
            # on a referral that is closed, and on one that is open
            *assessed("S47-07", "B", "2018-01-05", **closed("2018-04-06")),
            enquiry("S4707SB", "S4707PB", "2018-04-03", s47e_referral_id="S4707RB"),
            *assessed("S47-07", "C", "2018-01-05"),
            enquiry("S4707SC", "S4707PC", "2018-04-03", s47e_referral_id="S4707RC"),
        ],
        [(ENQUIRIES, f"S4707S{number}") for number in "156B"],
    ),
    case(
        "S47-08",
        [
            *assessed("S47-08", "1234", "2018-03-01"),
            enquiry("S4708S1", "S4708P1", "2018-03-05", "2018-03-09", s47e_referral_id="S4708R1"),
            enquiry("S4708S2", "S4708P2", "2018-03-05", "2018-03-09", s47e_referral_id="S4708R2"),
            assessment("S4708A2", "S4708P2", "S4708R2", "2018-03-05"),
            enquiry("S4708S3", "S4708P3", "2018-03-05", "2018-03-09", s47e_referral_id="S4708R3"),
            assessment("S4708A3", "S4708P3", "S4708R3", "2018-03-05", **CANCELLED_ASSESSMENT),
            enquiry("S4708S4", "S4708P4", "2018-03-05", "2018-03-09"),
        ],
        [(ENQUIRIES, "S4708S1"), (ENQUIRIES, "S4708S3")],
    ),
]

NO_STRATEGY = {"x_icpc_strategy_discussion_date": ""}

CONFERENCE_RULES = [
    case(
        "ICP-01",
        [
            row
            for number, held, status, decided in (
                ("1", "", "HELD", ""),
                ("2", "", "PLANNED", "Y"),
                ("3", "", "", "N"),
                ("4", "", "PLANNED", ""),
                ("5", "", "CANCELLED", ""),
                ("6", "2018-03-05", "HELD", "N"),
                ("7", "", "", ""),
                ("8", "", "CANCELLED", "Y"),
            )
            for row in [
                person(f"ICP01P{number}"),
                conference(
                    f"ICP01I{number}",
                    f"ICP01P{number}",
                    held,
                    x_icpc_status_code=status,
                    icpc_icpc_outcome_cp_flag=decided,
                ),
            ]
        ],
        [(CONFERENCES, f"ICP01I{number}") for number in "123"],
    ),
    case(
        "ICP-02",
        [
            *assessed("ICP-02", "123", "2018-03-05"),
            *[person(f"ICP02P{number}") for number in "456"],
            conference(
                "ICP02I1", "ICP02P1", "2018-03-02", icpc_referral_id="ICP02R1", **NO_STRATEGY
            ),
            conference(
                "ICP02I2", "ICP02P2", "2018-03-05", icpc_referral_id="ICP02R2", **NO_STRATEGY
            ),
            conference(
                "ICP02I3",
                "ICP02P3",
                "2018-03-02",
                icpc_referral_id="ICP02R3",
                x_icpc_status_code="PLANNED",
                **NO_STRATEGY,
            ),
            enquiry("ICP02S4", "ICP02P4", "2018-03-05", "2018-03-09"),
            conference(
                "ICP02I4", "ICP02P4", "2018-03-01", icpc_s47_enquiry_id="ICP02S4", **NO_STRATEGY
            ),
            conference(
                "ICP02I5", "ICP02P5", "2018-03-01", x_icpc_strategy_discussion_date="2018-03-02"
            ),
            conference(
                "ICP02I6", "ICP02P6", "2018-03-02", x_icpc_strategy_discussion_date="2018-03-02"
            ),
        ],
        [(CONFERENCES, f"ICP02I{number}") for number in "145"],
    ),
    case(
        "ICP-03",
        [
            row
            for number, held, status in (
                ("1", "2018-03-10", "HELD"),
                ("2", "2018-03-30", "HELD"),
                ("3", "2018-03-12", "HELD"),
                ("4", "2018-03-10", "CANCELLED"),
                ("5", "2018-03-10", ""),
            )
            for row in [
                person(f"ICP03P{number}"),
                conference(
                    f"ICP03I{number}",
                    f"ICP03P{number}",
                    held,
                    x_icpc_status_code=status,
                    icpc_icpc_outcome_cp_flag="",
                ),
            ]
        ],
        [(CONFERENCES, f"ICP03I{number}") for number in "125"],
    ),
    case(
        "ICP-04",
        [
            *[person(f"ICP04P{number}") for number in "12345678"],
            *[
                enquiry(f"ICP04S{number}", f"ICP04P{number}", "2018-03-01", "2018-03-09")
                for number in "1234"
            ],
            # a Sunday; the fifteenth working day after 1 March; the one after it
            *[
                conference(
                    f"ICP04I{number}",
                    f"ICP04P{number}",
                    "2018-03-15",
                    icpc_s47_enquiry_id=f"ICP04S{number}",
                    icpc_icpc_target_date=target,
                    **NO_STRATEGY,
                )
                for number, target in (
                    ("1", "2018-03-18"),
                    ("2", "2018-03-22"),
                    ("3", "2018-03-23"),
                )
            ],
            # the conference's own strategy date comes first
            conference(
                "ICP04I4",
                "ICP04P4",
                "2018-03-15",
                icpc_s47_enquiry_id="ICP04S4",
                icpc_icpc_target_date="2018-03-23",
                x_icpc_strategy_discussion_date="2018-03-02",
            ),
            # no day to count from
            conference(
                "ICP04I5",
                "ICP04P5",
                "2018-03-15",
                icpc_icpc_target_date="2018-03-23",
                **NO_STRATEGY,
            ),
            conference(
                "ICP04I6",
                "ICP04P6",
                "2018-03-15",
                icpc_icpc_target_date="2018-03-24",
                **NO_STRATEGY,
            ),
            conference(
                "ICP04I7",
                "ICP04P7",
                "2018-03-15",
                icpc_icpc_target_date="2018-03-18",
                icpc_icpc_outcome_cp_flag="",
                x_icpc_status_code="CANCELLED",
            ),
            conference("ICP04I8", "ICP04P8", "2018-03-15"),
        ],
        [(CONFERENCES, f"ICP04I{number}") for number in "136"],
    ),
    case(
        "ICP-05",
        [
            *[person(f"ICP05P{number}") for number in "123"],
            conference("ICP05I1", "ICP05P1", "2018-03-05"),
            conference("ICP05I2", "ICP05P1", "2018-03-05"),
            conference("ICP05I3", "ICP05P2", "2018-03-05"),
            conference("ICP05I4", "ICP05P2", "2018-03-06"),
            conference(
                "ICP05I5",
                "ICP05P3",
                "2018-03-05",
                icpc_icpc_outcome_cp_flag="",
                x_icpc_status_code="CANCELLED",
            ),
            conference("ICP05I6", "ICP05P3", "2018-03-05"),
        ],
        [(CONFERENCES, "ICP05I2")],
    ),
    case(
        "ICP-06",
        [
            *[person(f"ICP06P{number}") for number in "12345678"],
            conference("ICP06I1", "ICP06P1", "2018-03-05", icpc_icpc_outcome_cp_flag="Y"),
            cp_plan("ICP06L1", "ICP06P1", "2018-03-08"),
            conference("ICP06I2", "ICP06P2", "2018-03-05", icpc_icpc_outcome_cp_flag="Y"),
            cp_plan("ICP06L2", "ICP06P2", "2018-03-05"),
            conference("ICP06I3", "ICP06P3", "2018-03-05"),
            conference(
                "ICP06I4",
                "ICP06P4",
                "2018-03-05",
                icpc_icpc_outcome_cp_flag="Y",
                x_icpc_status_code="PLANNED",
            ),
            # from here on: plans and conferences in one financial year
            conference("ICP06I5", "ICP06P5", "2016-03-15", **NO_STRATEGY),
            cp_plan("ICP06L5", "ICP06P5", "2017-05-02"),
            conference(
                "ICP06I6",
                "ICP06P6",
                "2017-05-02",
                icpc_icpc_outcome_cp_flag="Y",
                **NO_STRATEGY,
            ),
            cp_plan("ICP06L6", "ICP06P6", "2017-05-02", cppl_cp_plan_end_date="2017-09-01"),
            # goes on from the day that the last one ended
            cp_plan("ICP06L6B", "ICP06P6", "2017-09-01", cppl_cp_plan_end_date="2017-12-01"),
            cp_plan("ICP06L6C", "ICP06P6", "2018-03-31"),
            # before the extract's first conference
            cp_plan("ICP06L7", "ICP06P7", "2010-05-04", cppl_cp_plan_end_date="2010-09-01"),
            # another council's
            cp_plan("ICP06L8", "ICP06P8", "2017-05-02", cppl_cp_plan_ola="Y"),
        ],
        [(CONFERENCES, "ICP06I1"), (CP_PLANS, "ICP06L5"), (CP_PLANS, "ICP06L6C")],
    ),
    case(
        "ICP-07",
        [
            row
            for number, status, decided in (
                ("1", "CANCELLED", "Y"),
                ("2", "CANCELLED", ""),
                ("3", "HELD", "N"),
                ("4", "PLANNED", ""),
            )
            for row in [
                person(f"ICP07P{number}"),
                conference(
                    f"ICP07I{number}",
                    f"ICP07P{number}",
                    "2018-03-05",
                    x_icpc_status_code=status,
                    icpc_icpc_outcome_cp_flag=decided,
                ),
            ]
        ],
        [(CONFERENCES, "ICP07I1")],
    ),
    case(
        "ICP-08",
        [
            *[person(f"ICP08P{number}") for number in "123456"],
            conference("ICP08I1", "ICP08P1", "2018-03-05", **NO_STRATEGY),
            conference("ICP08I2", "ICP08P2", "2018-03-05"),
            enquiry("ICP08S3", "ICP08P3", "2017-01-05", "2017-01-12"),
            conference(
                "ICP08I3", "ICP08P3", "2018-03-05", icpc_s47_enquiry_id="ICP08S3", **NO_STRATEGY
            ),
            # the child's latest enquiry, six months before, and a day more
            enquiry("ICP08S4", "ICP08P4", "2017-09-05", "2017-09-12"),
            conference("ICP08I4", "ICP08P4", "2018-03-05", **NO_STRATEGY),
            enquiry("ICP08S5", "ICP08P5", "2017-09-04", "2017-09-12"),
            conference("ICP08I5", "ICP08P5", "2018-03-05", **NO_STRATEGY),
            conference(
                "ICP08I6", "ICP08P6", "2018-03-05", icpc_icpc_transfer_in="Y", **NO_STRATEGY
            ),
        ],
        [(CONFERENCES, "ICP08I1"), (CONFERENCES, "ICP08I5")],
    ),
]

CASES: list[Case] = [
    *EARLY_HELP,
    *FRONT_DOOR,
    *REFERRAL_RULES,
    *ASSESSMENT_RULES,
    *ENQUIRY_RULES,
    *CONFERENCE_RULES,
]
