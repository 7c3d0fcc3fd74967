"""Examples of histories no rule foresees: ends after 18, far-off dates, care leavers."""

from __future__ import annotations

from tests.cases.example import (
    Example,
    Failures,
    Row,
    Value,
    care_episode,
    people,
    protection_plan,
    referral,
)


def leaver(row: str, person: str, category: str, start: str = "2018-03-01") -> Row:
    return {
        "clea_table_id": row,
        "clea_person_id": person,
        "x_clea_eligibility_code": category,
        "x_clea_from_date": start,
        "x_clea_as_at_date": "2018-03-31",
    }


LIVES = (
    Example(
        "several_open_rows_of_a_care_leaver",
        "G65",
        {
            # in care from 15 to past 16: relevant or former relevant where nothing is recorded
            "ssd_person": people(*(f"P{n}" for n in range(1, 8)), born="2000-02-02"),
            "ssd_cla_episodes": [
                care_episode(f"E{n}", f"P{n}", "2015-03-01", "2017-03-01", "E4A")
                for n in range(1, 8)
            ],
            "ssd_care_leavers": [
                leaver("A1", "P1", "REL"),
                leaver("A2", "P1", "FREL", "2018-02-01"),
                leaver("B1", "P2", "QUAL"),
                leaver("B2", "P2", ""),
                leaver("C1", "P3", "", "2018-03-02"),
                leaver("C2", "P3", "NONE"),
                leaver("D1", "P4", "NULL"),
                leaver("D2", "P4", "", "2018-03-02"),
                leaver("E1", "P5", "ELIG"),
                leaver("E2", "P5", "REL"),
                leaver("F1", "P6", "none"),
                # the other row begins after the month
                leaver("G1", "P7", ""),
                leaver("G2", "P7", "QUAL", "2018-04-01"),
            ],
        },
        # P1, P4, P5, P7
        [Value("8.1", 4)],
    ),
    Example(
        "ends_after_the_eighteenth_birthday",
        "G25 and section 22",
        {
            "ssd_person": [
                *people("TURNED", "ENDED", "LATER", "CAME", born="2000-03-15"),
                *people("OLD", born="1918-02-05"),
                *people("UNBORN", born="", pers_expected_dob="2018-05-01"),
                *people("NOT_YET", born="2018-06-01"),
            ],
            "ssd_cla_episodes": [
                care_episode("E1", "TURNED", "2016-01-04"),
                care_episode("E2", "ENDED", "2016-01-04", "2018-03-15", "E4A"),
                care_episode("E3", "LATER", "2016-01-04", "2018-03-20", "E4A"),
                care_episode("E4", "CAME", "2018-03-20"),
                care_episode("E5", "OLD", "1920-01-01"),
                care_episode("E6", "UNBORN", "2018-02-01"),
                care_episode("E7", "NOT_YET", "2018-02-01"),
                care_episode("E8", "UNKNOWN", "1753-01-02"),
                care_episode("E9", "UNKNOWN", "9999-12-30"),
            ],
            "ssd_cp_plans": [
                protection_plan("L1", "TURNED", "2016-01-04"),
                protection_plan("L2", "ENDED", "2016-01-04", "2018-03-15"),
                protection_plan("L3", "LATER", "2016-01-04", "2018-03-20"),
                protection_plan("L4", "CAME", "2018-03-20", "2018-03-20"),
                protection_plan("L5", "OLD", "1753-01-02", "2018-03-31"),
                protection_plan("L6", "UNBORN", "2018-02-01"),
                protection_plan("L7", "NOT_YET", "2018-02-01"),
                protection_plan("L8", "", "2018-02-01"),
                protection_plan("L9", "UNKNOWN", "2018-02-01", "2299-12-31"),
            ],
            "ssd_cin_episodes": [
                referral("R1", "TURNED", "2016-01-04"),
                referral("R2", "OLD", "1753-01-02", "9999-12-30"),
                referral("R3", "UNKNOWN", "1899-12-29"),
            ],
        },
        # the one whose age is not known
        [Value("7.1", 1)],
        [Failures("GEN-01", 0)],
    ),
    Example(
        "support_in_a_locality_whose_requests_have_no_team",
        "1.6 and section 10",
        {
            "ssd_department": [
                {"dept_team_id": "T1", "dept_team_name": "Team", "x_dept_team_type_code": "EHFF"}
            ],
            "ssdx_team_localities": [
                {
                    "tloc_team_id": "T1",
                    "tloc_locality_code": "NORTH",
                    "tloc_valid_from": "2010-01-01",
                }
            ],
            "ssdx_early_help_requests": [
                {"ehrq_request_id": f"Q{n}", "ehrq_request_date": "2018-03-05"} for n in range(4)
            ],
            "ssdx_early_help_cases": [
                {
                    "ehcs_case_id": "EH1",
                    "ehcs_case_type_code": "LEAD",
                    "ehcs_opened_date": "2018-03-08",
                    "ehcs_team_id": "T1",
                }
            ],
        },
        # NORTH has the case and none of the requests: a count, so that it is recorded by locality
        [Value("1.6", 25)],
    ),
)
