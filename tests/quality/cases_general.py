"""Cases of the rules that apply to every table (GEN), and of the rules about people (PER)."""

from __future__ import annotations

import hashlib

from vital_signs.landing.contract import load_contract

from tests.quality.cases import Case, Row, case, person, referral

CONTACTS, REFERRALS, VISITS = "ssd_contacts", "ssd_cin_episodes", "ssd_cp_visits"
PEOPLE, S47, PEPS = "ssd_person", "ssd_s47_enquiry", "ssdx_personal_education_plans"


def contact(contact_id: str, person_id: str, day: str, **columns: str) -> tuple[str, Row]:
    row = {
        "cont_contact_id": contact_id,
        "cont_person_id": person_id,
        "cont_contact_date": day,
        "cont_contact_source_code": "6",
        "x_cont_outcome_code": "ADVICE",
    }
    return CONTACTS, row | columns


def enquiry(s47_id: str, person_id: str, day: str, **columns: str) -> tuple[str, Row]:
    row = {"s47e_s47_enquiry_id": s47_id, "s47e_person_id": person_id, "s47e_s47_start_date": day}
    return S47, row | columns


def placement(
    placement_id: str, person_id: str, start: str, end: str, kind: str
) -> tuple[str, Row]:
    return "ssd_cla_placement", {
        "clap_cla_placement_id": placement_id,
        "clap_person_id": person_id,
        "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_type": kind,
        "clap_cla_placement_provider": "PR1",
    }


def education_plan(plan_id: str, person_id: str, meeting: str) -> tuple[str, Row]:
    return PEPS, {
        "pepl_pep_id": plan_id,
        "pepl_person_id": person_id,
        "pepl_pep_date": meeting,
        "pepl_completed_date": "2018-03-06",
        "pepl_next_due_date": "2018-09-06",
        "pepl_status_code": "COMPLETED",
    }


def made_key(table: str, row: Row) -> str:
    """The key that staging makes for a row without one, from the hash of what it says."""
    (columns,) = (entry.columns for entry in load_contract() if entry.name == table)
    text = chr(31).join(row.get(column, "") for column in columns)
    return f"NO-ID-{hashlib.md5(text.encode()).hexdigest()}"


WITHOUT_DAY = {"tloc_team_id": "T1", "tloc_locality_code": "SOUTH"}
WITHOUT_ID = person("")[1]

CASES: list[Case] = [
    case("PER-01", [person(""), person("PER01M")], [(PEOPLE, made_key(PEOPLE, WITHOUT_ID))]),
    case(
        "GEN-01",
        [
            person("GEN01"),
            referral("GEN01A", "GEN01", "2016-01-04", cine_close_date="1900-01-01"),
            referral("GEN01B", "GEN01", "2016-02-04", cine_close_date="9999-12-31"),
            referral("GEN01D", "GEN01", "2016-04-04", cine_close_date="1753-01-01"),
            referral("GEN01F", "GEN01", "2016-06-04", cine_close_date="1900-01-01 00:00:00"),
            # a year of two digits stands for no date of the case system: GEN-16
            referral("GEN01E", "GEN01", "2016-05-04", cine_close_date="18-03-29"),
            # the day after the sentinel is a date like any other
            referral(
                "GEN01C",
                "GEN01",
                "2016-03-04",
                cine_close_date="2016-05-02",
                cine_close_reason="RC7",
            ),
        ],
        [(REFERRALS, f"GEN01{letter}") for letter in "ABDF"],
    ),
    case(
        "GEN-02",
        [
            person("GEN02"),
            contact("GEN02A", "GEN02", "03/31/2018"),
            contact("GEN02B", "GEN02", "2018-02-29"),
            contact("GEN02C", "GEN02", "2016-02-29"),
            contact("GEN02D", "GEN02", "2018-03-29T23:59:00"),
            # reads as the year 18; nor is it missing as well (CON-01)
            contact("GEN02E", "GEN02", "18-03-29"),
        ],
        [(CONTACTS, "GEN02A"), (CONTACTS, "GEN02B"), (CONTACTS, "GEN02E")],
    ),
    # it is not by the meeting's date that an education plan counts, so that the plan stays
    case(
        "GEN-02",
        [
            person("GEN02P"),
            education_plan("GEN02P1", "GEN02P", "05.03.2018"),
            education_plan("GEN02P2", "GEN02P", "2018-03-05"),
        ],
        [(PEPS, "GEN02P1")],
    ),
    case(
        "GEN-03",
        [
            person("GEN03"),
            referral("GEN03A", "GEN03", "2016-01-04", cine_close_date="04/05/2018"),
            # a day over 12 cannot be a month: GEN-16
            referral("GEN03B", "GEN03", "2016-02-04", cine_close_date="13/05/2018"),
        ],
        [(REFERRALS, "GEN03A")],
    ),
    case(
        "GEN-04",
        [
            person("GEN04"),
            contact("GEN04A", "GEN04", "2018-04-11"),
            contact("GEN04B", "GEN04", "2018-04-10"),
            # a planned health check may lie ahead
            (
                "ssd_cla_health",
                {
                    "clah_health_check_id": "GEN04C",
                    "clah_person_id": "GEN04",
                    "clah_health_check_type": "DENTAL",
                    "clah_health_check_date": "2018-05-02",
                    "clah_health_check_status": "PLANNED",
                },
            ),
        ],
        [(CONTACTS, "GEN04A")],
    ),
    case(
        "GEN-05",
        [
            person("GEN05", pers_dob="2017-10-08"),
            # 280 days are 40 weeks: 2017-01-01 is 280 days before 2017-10-08
            contact("GEN05A", "GEN05", "2016-12-31"),
            contact("GEN05B", "GEN05", "2017-01-01"),
            person("GEN05N", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
            contact("GEN05C", "GEN05N", "2016-01-04"),
        ],
        [(CONTACTS, "GEN05A")],
    ),
    case(
        "GEN-06",
        [
            person("GEN06"),
            referral("GEN06A", "GEN06", "2016-01-04", cine_referral_team="SSD_PH"),
            referral("GEN06B", "GEN06", "2016-02-04", cine_referral_worker_id="#n/a"),
            referral("GEN06C", "GEN06", "2016-03-04", cine_referral_team=""),
        ],
        [(REFERRALS, "GEN06A"), (REFERRALS, "GEN06B")],
    ),
    case(
        "GEN-07",
        [
            person("GEN07"),
            referral("GEN07A", "GEN07", "2016-01-04", cine_referral_source_code="9Z"),
            referral("GEN07B", "GEN07", "2016-02-04", cine_referral_source_code=" 1a "),
        ],
        [(REFERRALS, "GEN07A")],
    ),
    case(
        "GEN-08",
        [
            person("GEN08"),
            placement("GEN08A", "GEN08", "2018-02-01", "2018-02-20", "K3"),
            placement("GEN08B", "GEN08", "2018-02-20", "2018-03-20", "H5"),
            placement("GEN08C", "GEN08", "2018-03-20", "2018-04-02", "U4"),
        ],
        [("ssd_cla_placement", "GEN08A")],
    ),
    case(
        "GEN-09",
        [
            person("GEN09"),
            contact("GEN09A", " gen09", "2016-01-04"),
            contact("GEN09B", "GEN09", "2016-01-05"),
        ],
        [(CONTACTS, "GEN09A")],
    ),
    case(
        "GEN-10",
        [
            person("GEN10"),
            contact("GEN10A", "GEN10", "2016-01-04"),
            contact("GEN10A", "GEN10", "2016-01-05"),
            contact("GEN10B", "GEN10", "2016-02-05"),
        ],
        [(CONTACTS, "GEN10A")],
    ),
    case(
        "GEN-11",
        [
            person("GEN11"),
            contact("GEN11A", "GEN11", "2016-01-04"),
            contact("GEN11A", "GEN11", "2016-01-04"),
            contact("GEN11B", "GEN11", "2016-02-04"),
        ],
        [(CONTACTS, "GEN11A")],
    ),
    case(
        "GEN-12",
        [
            person("GEN12"),
            referral(
                "GEN12A",
                "GEN12",
                "2016-01-04",
                cine_close_date="2016-01-04",
                cine_close_reason="RC7",
            ),
            referral(
                "GEN12B",
                "GEN12",
                "2016-01-04",
                cine_close_date="2016-02-04",
                cine_close_reason="RC7",
            ),
            referral("GEN12C", "GEN12", "2016-02-04"),
        ],
        [(REFERRALS, "GEN12B")],
    ),
    case(
        "GEN-13",
        [
            person("GEN13"),
            enquiry("GEN13A", "GEN13", "2018-04-04", s47e_s47_nfa="Yes - see notes"),
            enquiry("GEN13B", "GEN13", "2018-04-05", s47e_s47_nfa="yes"),
        ],
        [(S47, "GEN13A")],
    ),
    case(
        "GEN-14",
        [
            person("GEN14"),
            contact("GEN14A", "GEN14", "2016-01-04", cont_contact_outcome_json="{1A:"),
            contact("GEN14B", "GEN14", "2016-01-05", cont_contact_outcome_json="see notes"),
            contact("GEN14C", "GEN14", "2016-01-06", cont_contact_outcome_json='[{"a": "Y"}]'),
        ],
        [(CONTACTS, "GEN14A"), (CONTACTS, "GEN14B")],
    ),
    case(
        "GEN-15",
        [
            person("GEN15"),
            referral(
                "GEN15A",
                "GEN15",
                "2016-01-04",
                cine_close_date="2018-04-11",
                cine_close_reason="RC7",
            ),
            person("GEN15M"),
            referral(
                "GEN15B",
                "GEN15M",
                "2016-01-04",
                cine_close_date="2018-04-10",
                cine_close_reason="RC7",
            ),
        ],
        [(REFERRALS, "GEN15A")],
    ),
    case(
        "GEN-16",
        [
            person("GEN16"),
            referral("GEN16A", "GEN16", "2016-01-04", cine_close_date="31.13.2017"),
            referral("GEN16B", "GEN16", "2016-02-04"),
            referral("GEN16C", "GEN16", "2016-03-04", cine_close_date="1752-12-31"),
            # the oldest day that stands for no date: GEN-01
            referral("GEN16D", "GEN16", "2016-04-04", cine_close_date="1753-01-01"),
        ],
        [(REFERRALS, "GEN16A"), (REFERRALS, "GEN16C")],
    ),
    case(
        "GEN-18",
        [
            person("GEN17"),
            referral("GEN17R", "GEN17", "2018-04-03"),
            enquiry("GEN17A", "GEN17", "2018-04-04", s47e_referral_id="NOWHERE"),
            enquiry("GEN17B", "GEN17", "2018-04-05", s47e_referral_id=" gen17r"),
            enquiry("GEN17C", "GEN17", "2018-04-06"),
        ],
        [(S47, "GEN17A")],
    ),
    case(
        "WRK-13",
        [
            ("ssdx_team_localities", WITHOUT_DAY),
            (
                "ssdx_team_localities",
                {
                    "tloc_team_id": "T2",
                    "tloc_locality_code": "SOUTH",
                    "tloc_valid_from": "2010-01-01",
                },
            ),
        ],
        [("ssdx_team_localities", made_key("ssdx_team_localities", WITHOUT_DAY))],
    ),
    case(
        "PER-02",
        [person("PER02"), person("PER02", pers_dob="2011-05-01"), person("PER02M")],
        [(PEOPLE, "PER02")],
    ),
    case(
        "PER-03",
        [person("PER-03"), person("PER03" + "X" * 15), person("PER03" + "X" * 16)],
        [(PEOPLE, "PER-03"), (PEOPLE, "PER03" + "X" * 16)],
    ),
    case(
        "PER-04",
        [
            person("PER04A", pers_dob=""),
            person("PER04B", pers_expected_dob="2010-05-04"),
            person("PER04C", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
        ],
        [(PEOPLE, "PER04A"), (PEOPLE, "PER04B")],
    ),
    case(
        "PER-05",
        [
            person("PER05", pers_dob="31/02/2010"),
            person("PER05M", pers_dob="2012-02-29"),
            # the year has two digits
            person("PER05B", pers_dob="10-02-28"),
        ],
        [(PEOPLE, "PER05"), (PEOPLE, "PER05B")],
    ),
    case(
        "PER-06",
        [person("PER06A", pers_dob="2018-04-11"), person("PER06B", pers_dob="2018-04-10")],
        [(PEOPLE, "PER06A")],
    ),
    case(
        "PER-07",
        [
            # 26 on the day of the extract, and on the day after it
            person("PER07A", pers_dob="1992-04-10"),
            referral("PER07A1", "PER07A", "2016-01-04"),
            person("PER07B", pers_dob="1992-04-11"),
            referral("PER07B1", "PER07B", "2016-01-04"),
            person("PER07C", pers_dob="1985-01-01"),
            referral(
                "PER07C1",
                "PER07C",
                "2016-01-04",
                cine_close_date="2016-02-01",
                cine_close_reason="RC7",
            ),
        ],
        [(PEOPLE, "PER07A")],
    ),
    case(
        "PER-08",
        [
            person("PER08A", pers_sex=""),
            person("PER08B", pers_sex="X"),
            person("PER08C", pers_sex="1"),
            person("PER08D", pers_sex="", pers_dob="", pers_expected_dob="2018-06-01"),
        ],
        [(PEOPLE, "PER08A"), (PEOPLE, "PER08B")],
    ),
    case(
        "PER-09",
        [
            person("PER09A", pers_dob="", pers_expected_dob="2018-06-01"),
            person("PER09B", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
            person("PER09C"),
        ],
        [(PEOPLE, "PER09A")],
    ),
    case(
        "PER-10",
        [
            person("PER10A", pers_ethnicity="WHITE B"),
            person("PER10B", pers_ethnicity=""),
            person("PER10C", pers_ethnicity="nobt"),
        ],
        [(PEOPLE, "PER10A"), (PEOPLE, "PER10B")],
    ),
    case(
        "PER-11",
        [
            person("PER11A", pers_death_date="2010-04-30"),
            person("PER11B", pers_death_date="2010-05-01"),
        ],
        [(PEOPLE, "PER11A")],
    ),
    case(
        "PER-12",
        [
            person("PER12A", pers_death_date="2018-02-01"),
            contact("PER12A1", "PER12A", "2018-02-02"),
            contact("PER12A2", "PER12A", "2018-02-01"),
            person("PER12B", pers_death_date="2018-02-01"),
            referral(
                "PER12B1",
                "PER12B",
                "2018-01-02",
                cine_close_date="2018-02-02",
                cine_close_reason="RC2",
            ),
        ],
        [(CONTACTS, "PER12A1"), (REFERRALS, "PER12B1")],
    ),
    case(
        "PER-13",
        [
            contact("PER13A", "PER13GHOST", "2018-02-02"),
            contact("PER13B", "", "2018-02-03"),
            # nobody but this review names the person
            (
                "ssdx_plan_reviews",
                {
                    "plrv_plan_type_code": "CIN",
                    "plrv_plan_id": "PER13P",
                    "plrv_review_date": "2018-02-02",
                    "plrv_person_id": "PER13ALONE",
                },
            ),
            # what is known of a record merged into another is known of that one (G26)
            person("PER13M", x_pers_merged_into_id="PER13S"),
            contact("PER13C", "PER13S", "2018-02-04"),
        ],
        [(CONTACTS, "PER13A"), ("ssdx_plan_reviews", "CIN PER13P 2018-02-02")],
    ),
    case(
        "PER-15",
        [
            person("PER15A", pers_upn="P820200112001"),
            person("PER15B", pers_upn="p820200112001"),
            person("PER15C"),
        ],
        [(PEOPLE, "PER15B")],
    ),
    case(
        "PER-16",
        [
            person("PER16A", pers_upn="Z12345"),
            # the check letter of the number above, changed
            person("PER16B", pers_upn="A820200112002"),
            person("PER16C", pers_upn="D820200112002"),
        ],
        [(PEOPLE, "PER16A"), (PEOPLE, "PER16B")],
    ),
    case(
        "PER-17",
        [
            person("PER17A", x_pers_merged_into_id="PER17B"),
            person("PER17B", x_pers_merged_into_id="PER17A"),
            person("PER17C", x_pers_merged_into_id="PER17C"),
            person("PER17D", x_pers_merged_into_id="PER17E"),
            person("PER17E"),
        ],
        [(PEOPLE, "PER17A"), (PEOPLE, "PER17B"), (PEOPLE, "PER17C")],
    ),
]
