"""Cases of two rows for one child that say the same (G71), for each table with such a rule."""

from __future__ import annotations

from tests.cases.respelling import merged_away
from tests.quality.cases import Case, Row, case, person

DAY, NEXT_DAY = "2018-03-05", "2018-03-06"
# By table: the rule, the columns of id, person and day, and what else the rows must share.
TABLES: dict[str, tuple[str, str, str, str, Row]] = {
    "ssd_involvements": (
        "GEN-12",
        "invo_involvements_id",
        "invo_person_id",
        "invo_involvement_start_date",
        {"invo_professional_id": "W1", "invo_professional_role_id": "CW"},
    ),
    "ssd_early_help_episodes": (
        "GEN-12",
        "earl_episode_id",
        "earl_person_id",
        "earl_episode_start_date",
        {"x_earl_case_id": "EHTWICE"},
    ),
    "ssd_contacts": (
        "CON-03",
        "cont_contact_id",
        "cont_person_id",
        "cont_contact_date",
        {"cont_contact_source_code": "1a"},
    ),
    "ssd_cin_episodes": (
        "GEN-12",
        "cine_referral_id",
        "cine_person_id",
        "cine_referral_date",
        {},
    ),
    "ssd_cin_assessments": (
        "GEN-12",
        "cina_assessment_id",
        "cina_person_id",
        "cina_assessment_start_date",
        {"cina_referral_id": "RTWICE"},
    ),
    "ssd_cin_plans": (
        "GEN-12",
        "cinp_cin_plan_id",
        "cinp_person_id",
        "cinp_cin_plan_start_date",
        {},
    ),
    "ssd_s47_enquiry": (
        "GEN-12",
        "s47e_s47_enquiry_id",
        "s47e_person_id",
        "s47e_s47_start_date",
        {},
    ),
    "ssd_initial_cp_conference": (
        "ICP-05",
        "icpc_icpc_id",
        "icpc_person_id",
        "icpc_icpc_date",
        {},
    ),
    "ssd_cp_plans": (
        "GEN-12",
        "cppl_cp_plan_id",
        "cppl_person_id",
        "cppl_cp_plan_start_date",
        {},
    ),
    "ssd_cp_reviews": (
        "GEN-12",
        "cppr_cp_review_id",
        "cppr_person_id",
        "cppr_cp_review_date",
        {},
    ),
    "ssd_cp_visits": (
        "GEN-12",
        "cppv_cp_visit_id",
        "cppv_person_id",
        "cppv_cp_visit_date",
        {},
    ),
    "ssd_cla_episodes": (
        "GEN-12",
        "clae_cla_episode_id",
        "clae_person_id",
        "clae_cla_episode_start_date",
        {"clae_cla_episode_start_reason": "S"},
    ),
    "ssd_legal_status": (
        "GEN-12",
        "lega_legal_status_id",
        "lega_person_id",
        "lega_legal_status_start_date",
        {"lega_legal_status": "C2"},
    ),
    "ssd_cla_placement": (
        "GEN-12",
        "clap_cla_placement_id",
        "clap_person_id",
        "clap_cla_placement_start_date",
        {},
    ),
    "ssd_cla_reviews": (
        "GEN-12",
        "clar_cla_review_id",
        "clar_cla_person_id",
        "clar_cla_review_due_date",
        {},
    ),
    "ssd_cla_visits": (
        "GEN-12",
        "clav_cla_visit_id",
        "clav_person_id",
        "clav_cla_visit_date",
        {},
    ),
    "ssd_cla_health": (
        "GEN-12",
        "clah_health_check_id",
        "clah_person_id",
        "clah_health_check_date",
        {"clah_health_check_type": "DENTAL"},
    ),
    "ssd_cla_care_plan": (
        "GEN-12",
        "lacp_table_id",
        "lacp_person_id",
        "lacp_cla_care_plan_start_date",
        {},
    ),
    "ssdx_personal_education_plans": (
        "GEN-12",
        "pepl_pep_id",
        "pepl_person_id",
        "pepl_pep_date",
        {},
    ),
    "ssd_care_leavers": (
        "CLV-01",
        "clea_table_id",
        "clea_person_id",
        "x_clea_as_at_date",
        {},
    ),
    "ssdx_pathway_plans": (
        "GEN-12",
        "path_plan_id",
        "path_person_id",
        "path_start_date",
        {},
    ),
    "ssd_permanence": (
        "GEN-12",
        "perm_table_id",
        "perm_person_id",
        "perm_adm_decision_date",
        {},
    ),
}


def same_event_twice(table: str) -> Case:
    """Rows for one child, four of which say the same as the first in different forms."""
    rule, id_column, person_column, day_column, shared = TABLES[table]
    child = f"TWICE{table.replace('_', '').upper()}"
    unborn = f"{child}U"

    def row(letter: str, person_id: str, day: str, **columns: str) -> tuple[str, Row]:
        named = {id_column: f"{child}{letter}", person_column: person_id, day_column: day}
        return table, named | shared | columns

    in_small_letters = {column: f" {text.lower()} " for column, text in shared.items()}
    otherwise = [
        row(letter, child, DAY, **{column: ""})
        for letter, column in zip("XYZ", shared, strict=False)
    ]
    return case(
        rule,
        [
            person(child),
            *merged_away(child),
            person(unborn, pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
            row("A", child, DAY),
            row("B", child, f"{DAY} 14:30:59"),
            row("C", f"{child}OLD", f"{DAY}T09:10:00"),
            row("D", f"{child}OLDER", "2018-3-5"),
            row("E", f" {child.lower()} ", DAY, **in_small_letters),
            # another day, another child, nobody
            row("F", child, NEXT_DAY),
            row("G", unborn, DAY),
            row("H", f" {unborn.lower()}", f"{DAY} 00:00:00"),
            row("I", "", DAY),
            row("J", "", DAY),
            *otherwise,
        ],
        [(table, f"{child}{letter}") for letter in "BCDEH"],
    )


CASES: list[Case] = [same_event_twice(table) for table in TABLES]
