"""Which columns a ref needs (G73), from the blocks' Data lines and the entities.

Each line is a table, what is needed from it, and the refs. `a|b` means either will do, a column
of the table or another table; a line applies only if its table is in the extract, since what an
absent table means follows from the tables a ref needs.
"""

from __future__ import annotations

from functools import cache

from tests.oracle.load import Extract

LAC = (
    "7.1 7.2 7.3 7.4 7.5 7.6 7.6p 7.7 7.8 7.9n 7.9 7.10 7.10p 7.11 7.11p 7.13 7.14 7.15"
    " 9.1 9.2n 9.2 10.1a 10.1b 10.2 10.3"
)
NEED = "5.1 5.2 5.3 5.4 5.5"
PLANS = "6.1 6.5 6.6 6.7 6.8 6.9a 6.9b 6.10a 6.10n 6.10b 6.11a 6.11b 6.12 6.14 6.15"
LEAVERS = "8.1 8.2 8.3 8.4"
SPELLS = "7.6 7.6p 7.15 9.1 9.2n 9.2"
ADOPTED = "10.1a 10.1b 10.2 10.3"
LOADS = "11.1 11.2 11.2a 11.3 11.3a 11.4 11.4a 11.5 11.5a 11.6 11.6a"
ALLOCATED = f"5.4 {LOADS} C1 C1p C2 C2p"
OUTCOMES = "3.5 3.5p 3.6 3.6p 3.7 3.7p"
ASSESSED = f"3.1 3.2 3.3 3.4 {OUTCOMES}"
FINDINGS = "4.5n 4.5 4.6n 4.6 4.7n 4.7"
ENQUIRED = f"4.3 4.3r 4.4 {FINDINGS}"
MEETINGS = "6.2a 6.2b 6.3 6.4n 6.4"
REFERRED = "2.2 2.4 2.5 2.5p 2.6 2.7 2.8"
CASES = "1.1a 1.2 1.3 1.4 1.5 1.6 1.8 1.9"

NEEDED = f"""
ssdx_early_help_cases ehcs_case_type_code : {CASES} 1.7
ssdx_early_help_cases ehcs_closed_date : {CASES}
ssdx_early_help_cases ehcs_origin_code : 1.9
ssd_early_help_episodes earl_episode_end_date : 1.1a 1.2 1.3 1.4 1.6 1.7 1.8 1.9
ssd_contacts x_cont_outcome_code|x_cont_referral_id|ssd_cin_episodes : 2.2 2.3 2.4
ssd_cin_episodes x_cine_outcome_code : 2.5 2.5p
ssd_cin_episodes cine_referral_nfa : {NEED}
ssd_cin_episodes cine_close_date : {NEED}
ssd_cin_assessments cina_assessment_auth_date : {ASSESSED}
ssd_cin_assessments x_cina_outcome_code : {OUTCOMES}
ssd_cin_plans cinp_cin_plan_end_date : 5.4 5.5
ssd_s47_enquiry s47e_s47_end_date : {ENQUIRED}
ssd_s47_enquiry x_s47e_outcome_code : {FINDINGS}
ssd_initial_cp_conference icpc_icpc_date : {MEETINGS}
ssd_cp_plans cppl_cp_plan_end_date : {NEED} {PLANS}
ssd_cp_reviews cppr_cp_review_date : 6.12
ssd_cp_visits cppv_cp_visit_seen : 6.14 6.15
ssd_cla_episodes clae_cla_episode_ceased_date : {NEED} {LAC} {LEAVERS}
ssd_cla_episodes x_clae_legal_status_code|ssd_legal_status : {NEED} {LAC}
ssd_cla_episodes clae_cla_episode_ceased_reason : 7.5 7.8 {ADOPTED}
ssd_cla_episodes clae_cla_episode_start_reason : {SPELLS}
ssd_cla_placement clap_cla_placement_type : {SPELLS}
ssd_cla_placement clap_cla_placement_end_date : {SPELLS}
ssd_cla_reviews clar_cla_person_id : 7.7 7.17 7.18
ssd_cla_reviews clar_cla_review_date : 7.7 7.17 7.18
ssd_cla_reviews clar_cla_review_participation : 7.17 7.18
ssd_cla_visits clav_cla_visit_seen : 7.15
ssd_cla_care_plan lacp_cla_care_plan_end_date : 7.14 7.15
ssdx_pathway_plans path_end_date : 7.14 8.2
ssdx_personal_education_plans pepl_completed_date : 7.13
ssd_person pers_dob : 7.13 9.1 {LEAVERS}
ssd_care_leavers x_clea_eligibility_code|ssd_cla_episodes : {LEAVERS}
ssd_care_leavers x_clea_from_date : {LEAVERS}
ssd_care_leavers x_clea_to_date : {LEAVERS}
ssd_care_leavers clea_pathway_plan_review_date|ssdx_pathway_plans : 8.2
ssd_care_leavers clea_care_leaver_accom_suitable : 8.3
ssd_care_leavers clea_care_leaver_activity : 8.4
ssd_permanence perm_adm_decision_date : 10.1a 10.1b
ssd_permanence perm_decision_reversed_date : {ADOPTED}
ssd_permanence perm_placed_for_adoption_date : 10.2 10.3
ssd_permanence perm_placement_order_date : 10.3
ssd_permanence perm_matched_date : 10.3
ssd_department x_dept_team_type_code : 5.4 {LOADS}
ssd_involvements invo_professional_team : {ALLOCATED}
ssd_involvements invo_involvement_end_date : {ALLOCATED}
ssd_involvements x_invo_is_allocated : {ALLOCATED}
ssd_involvements invo_person_id|invo_referral_id : {ALLOCATED}
ssd_involvements invo_person_id|ssd_cin_episodes : {ALLOCATED}
ssd_professionals x_prof_is_qualified_sw|prof_social_worker_registration_no : {LOADS}
ssdx_foster_carer_households fosh_ceased_date : 12.23 12.24 12.25 12.26
"""

BY_ALLOCATION = f"{NEED} {PLANS} {LAC} 7.17 7.18 {LEAVERS}"
# Section 10: what places a row, by the team of its event or by the primary allocation. Without it
# the county stands and nothing is said of its localities (G60).
PLACED = f"""
ssdx_team_localities tloc_valid_to : every
ssd_involvements invo_professional_team : {BY_ALLOCATION}
ssd_involvements invo_involvement_end_date : {BY_ALLOCATION}
ssd_involvements x_invo_is_allocated : {BY_ALLOCATION}
ssd_involvements invo_person_id|invo_referral_id : {BY_ALLOCATION}
ssd_involvements invo_person_id|ssd_cin_episodes : {BY_ALLOCATION}
ssdx_early_help_requests ehrq_team_id : 1.1 1.6
ssdx_early_help_cases ehcs_team_id : 1.1a 1.2 1.3 1.5 1.6 1.8 1.9
ssd_cin_episodes cine_referral_team|ssd_involvements : {REFERRED}
ssd_cin_assessments cina_assessment_team|ssd_involvements : {ASSESSED}
ssd_s47_enquiry s47e_s47_completed_by_team|ssd_involvements : 1.7 {ENQUIRED}
ssd_initial_cp_conference icpc_icpc_team|ssd_involvements : {MEETINGS}
"""


@cache
def lines_of(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return table and ways of each line by ref."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.strip().splitlines():
        what, refs = line.split(" : ")
        table, ways = what.split()
        for ref in refs.split():
            found.setdefault(ref, []).append((table, ways))
    return found


def lacks_column(x: Extract, ref: str, *, of_localities: bool) -> bool:
    """Say whether the extract lacks a column that the ref needs, or that its localities need."""
    lines = lines_of(NEEDED).get(ref, [])
    if of_localities:
        placed = lines_of(PLACED)
        lines = [*lines, *placed.get(ref, []), *placed["every"]]
    return any(
        x.has(table)
        and not any(
            x.has(way) if way.startswith("ssd") else way not in x.missing_columns.get(table, ())
            for way in ways.split("|")
        )
        for table, ways in lines
    )
