"""What an outsider knows: what each figure counts, and how the figures are related.

Written from the specification and the published definitions, without the tables of the protection.
A count is named by a word; `x/y` in COUNTED says that a number is x of y.
"""

from __future__ import annotations

# ref: numerator, or numerator/denominator. A rate's denominator, the population, is public.
COUNTED = """
1.1 requests | 1.1a opened | 1.2 closed | 1.3 active | 1.4 eh_children | 1.5 supported
1.6 opened/requests | 1.7 s47_known/s47_started | 1.8 rereferred/opened | 1.9 stepped_down/opened
2.1 contacts | 2.2 referrals | 2.3 progressed/contacts | 2.4 referrals | 2.5 led_to_swa
2.5p led_to_swa/referrals | 2.6 repeated | 2.7 repeated/referrals | 2.8 repeated/referrals
2.9 repeat_contacts | 2.10 repeat_contacts/children_with_contacts | 3.1 assessments
3.2 assessments | 3.3 in_time/assessments | 3.4 overdue | 3.5 ongoing | 3.5p ongoing/with_outcome
3.6 advice | 3.6p advice/with_outcome | 3.7 step_down | 3.7p step_down/with_outcome
4.3 s47 | 4.3r s47 | 4.4 s47 | 4.5n s47_risk | 4.5 s47_risk/s47 | 4.6n s47_no_risk
4.6 s47_no_risk/s47 | 4.7n s47_not | 4.7 s47_not/s47 | 5.1 cin | 5.2 cin_or_cp | 5.3 cin
5.4 plan_outside/plan_due_outside | 5.5 plan_current/plan_due | 6.1 cp | 6.2a icpc | 6.2b icpc
6.3 icpc | 6.4n icpc_in_time | 6.4 icpc_in_time/icpc | 6.5 cp | 6.6 cp_starts | 6.7 cp_ends
6.8 within_2/cp_starts | 6.9a second | 6.9b second/cp_starts | 6.10a over_18m | 6.10n over_2y
6.10b over_2y/cp | 6.11a cp_ends | 6.11b ended_2y/cp_ends | 6.12 rcpc_in_time/rcpc
6.14 seen_10/cp | 6.15 seen_20/cp | 7.1 lac | 7.2 lac | 7.3 lac_starts | 7.4 lac_ends
7.5 permanence/lac_ends | 7.6 residential | 7.6p residential/lac | 7.7 reviewed/review_due
7.8 adopted/lac_ends | 7.9n assessed_20/reached_20 | 7.9 assessed_20/reached_20 | 7.10 health
7.10p health/lac_year | 7.11 dental | 7.11p dental/lac_year | 7.13 pep/pep_due
7.14 care_plan/care_plan_due | 7.15 seen/lac | 7.17 attended/reviews | 7.18 took_part/reviews
8.1 leavers | 8.2 pathway/leavers | 8.3 suitable/leavers | 8.4 eet/leavers | 9.1 stable/long_term
9.2n three_places | 9.2 three_places/lac | 10.1a adopted_12m | 10.1b adopted_12m/adoptions
10.2 -/adoptions_placed | 10.3 -/adoptions_ordered | 11.1 largest_safeguarding
11.2 largest_lac | 11.3 largest_assessment | 11.4 largest_fit | 11.5 largest_cwd
11.6 largest_nipe | 11.2a held_lac/workers_lac
11.3a held_assessment/workers_assessment | 11.4a held_fit/workers_fit | 11.5a held_cwd/workers_cwd
11.6a held_nipe/workers_nipe | C1 changed_team | C1p changed_team/allocated | C2 changed
C2p changed/allocated | 12.7 ap_task | 12.8 ap_kin | 12.9 ap_short | 12.10 ap | 12.23 ce_task
12.24 ce_kin | 12.25 ce_short | 12.26 ce
"""
# More requests than openings or fewer: 1.6 is no share. Workers are no part of the children.
NOT_A_SHARE = {"1.6", "11.2a", "11.3a", "11.4a", "11.5a", "11.6a"}
# total = parts (a part that nobody publishes stands as `other_...`)
SUMS = [
    ("assessments", ["with_outcome", "no_outcome"]),
    ("with_outcome", ["ongoing", "advice", "step_down"]),
    ("s47", ["s47_risk", "s47_no_risk", "s47_not", "s47_other"]),
    ("cin_or_cp", ["cin", "cp"]),
    ("ap", ["ap_task", "ap_kin", "ap_short"]),
    ("ce", ["ce_task", "ce_kin", "ce_short"]),
    ("leavers", ["T6 REL", "T6 FREL"]),
    ("held_safeguarding", ["held_assessment", "held_fit"]),
    (
        "lac",
        [
            "residential",
            *(
                f"T4 {group}"
                for group in (
                    "RELATIVE_FOSTER",
                    "OTHER_FOSTER",
                    "PLACED_FOR_ADOPTION",
                    "WITH_PARENTS",
                    "SEMI_INDEPENDENT",
                    "INDEPENDENT",
                    "OTHER",
                )
            ),
        ],
    ),
]
SOURCES = ("POLICE", "EDUCATION", "HEALTH", "INTERNAL", "PUBLIC", "OTHER_LA", "OTHERS")
# Of the county only: one front door.
COUNTY_SUMS = [
    ("contacts", [f"T1 {source}" for source in SOURCES]),
    ("progressed", [f"T1p {source}" for source in SOURCES]),
]
SAME_IN_COUNTY = [("referrals", "progressed")]
SAME = [
    ("adopted", "adoptions"),
    ("adoptions", "adoptions_placed"),
    ("adoptions", "adoptions_ordered"),
]
# inner, outer
WITHIN = [
    ("over_2y", "over_18m"),
    ("seen_10", "seen_20"),
    ("within_2", "second"),
    ("adopted", "permanence"),
    ("attended", "took_part"),
    ("plan_outside", "plan_current"),
    ("plan_due_outside", "plan_due"),
    ("adopted_12m", "adoptions"),
    ("over_18m", "cp"),
    ("review_due", "lac"),
    ("lac_year", "lac"),
    ("pep_due", "lac"),
    ("care_plan_due", "lac"),
    ("long_term", "lac"),
    ("plan_due", "cin"),
    ("repeat_contacts", "children_with_contacts"),
    *((f"T1p {source}", f"T1 {source}") for source in SOURCES),
    *(
        (f"largest_{team}", f"held_{team}")
        for team in ("safeguarding", "lac", "assessment", "fit", "cwd", "nipe")
    ),
]
# stock, in, out: what is left over turned 18; in early help nobody does
FLOWS = [
    ("active", "opened", "closed", False),
    ("cp", "cp_starts", "cp_ends", True),
    ("lac", "lac_starts", "lac_ends", True),
]
DETAILS = {
    "detail_contacts_by_source": [
        ("source_group", "contacts", {s: f"T1 {s}" for s in SOURCES}),
        ("source_group", "progressed", {s: f"T1p {s}" for s in SOURCES}),
    ],
    "detail_assessment_outcomes": [
        (
            "outcome_group",
            "assessments",
            {
                "ONGOING": "ongoing",
                "CLOSE": "advice",
                "STEP_DOWN": "step_down",
                "NOT_RECORDED": "no_outcome",
            },
        )
    ],
    "detail_s47_outcomes": [
        (
            "outcome_group",
            "enquiries",
            {
                "SUBST_RISK": "s47_risk",
                "SUBST_NO_RISK": "s47_no_risk",
                "NOT_SUBST": "s47_not",
                "NOT_RECORDED": "s47_other",
            },
        )
    ],
    "detail_placement_types": [("placement_group", "children", {"RESIDENTIAL": "residential"})],
    "detail_care_leaver_categories": [("category_code", "people", {})],
    "detail_caseloads": [
        ("team_type_code", "children", "held_{}"),
        ("team_type_code", "workers", "workers_{}"),
        ("team_type_code", "largest_caseload", "largest_{}"),
    ],
}


def counted() -> dict[str, tuple[str | None, str | None]]:
    """Return for each ref the names of its numerator and denominator, None where not a count."""
    result = {}
    for entry in COUNTED.replace("\n", "|").split("|"):
        if entry.strip():
            reference, names = entry.split()
            numerator, _, denominator = names.partition("/")
            result[reference] = (None if numerator == "-" else numerator, denominator or None)
    return result


def detail_name(table: str, column: str, row_code: str) -> str:
    """Return the name of a count of a detail table."""
    for _, quantity, names in DETAILS[table]:
        if quantity == column:
            if isinstance(names, str):
                return names.format(row_code.lower())
            prefix = {"detail_placement_types": "T4", "detail_care_leaver_categories": "T6"}
            return names.get(row_code, f"{prefix.get(table, table)} {row_code}")
    raise KeyError(column)
