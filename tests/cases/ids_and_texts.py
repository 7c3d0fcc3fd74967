"""Examples about ids, codes and texts: placeholders, white space of all kinds, numeric ids."""

from __future__ import annotations

from tests.cases.example import (
    Example,
    Failures,
    Value,
    care_episode,
    contact,
    people,
    protection_plan,
    referral,
)

PLACEHOLDERS = (
    "NULL",
    "(null)",
    "[NULL]",
    "<null>",
    "None",
    "(none)",
    "NaN",
    "nan",
    "NaT",
    "nil",
    "<NA>",
    "\\N",
    "N/A",
    "(n/a)",
    "#N/A",
    "-1",
    "SSD_PH",
    "{null}",
    " NULL ",
    "( null )",
    "\tNULL\n",
)
ENDINGS = (
    "\t",
    "\r\n",
    "\n",
    "\u00a0",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u2003",
    "\u3000",
    "\u1680",
    "\u2028",
    "\u2029",
    "\u202f",
    "\u205f",
    "\u0085",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1f",
    "\x1a",
    "\u00ad",
    "\u200e",
    "\u200f",
    "\u202c",
    "\u2066",
    " \t\u200b ",
)

IDS_AND_TEXTS = (
    Example(
        "placeholders_as_ids",
        "G67",
        {
            "ssd_person": [
                row
                for n, text in enumerate(PLACEHOLDERS)
                for row in people(f"P{n}", x_pers_merged_into_id=text, pers_upn=text)
            ],
            "ssd_cla_episodes": [
                care_episode(f"E{n}", f"P{n}") for n, _ in enumerate(PLACEHOLDERS)
            ],
            "ssd_contacts": [
                contact(f"K{n}", f"P{n}", "2018-03-05", text) for n, text in enumerate(PLACEHOLDERS)
            ],
        },
        [Value("7.1", len(PLACEHOLDERS)), Value("2.1", len(PLACEHOLDERS)), Value("2.2", 0)],
        [
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_person", "x_pers_merged_into_id"),
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_contacts", "x_cont_referral_id"),
            Failures("PER-15", 0),
            Failures("PER-17", 0),
        ],
    ),
    Example(
        "placeholders_in_dates_codes_and_flags",
        "G67",
        {
            "ssd_person": people(*(f"P{n}" for n, _ in enumerate(PLACEHOLDERS)), "MINUS"),
            "ssd_cp_plans": [
                {
                    **protection_plan(f"L{n}", f"P{n}", end=text),
                    "cppl_cp_plan_initial_category": text,
                    "cppl_cp_plan_ola": text,
                    "x_cppl_previous_plan_count": text,
                }
                for n, text in enumerate(PLACEHOLDERS)
            ],
        },
        [Value("6.1", len(PLACEHOLDERS))],
        [
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_cp_plans", "cppl_cp_plan_end_date"),
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_cp_plans", "cppl_cp_plan_initial_category"),
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_cp_plans", "cppl_cp_plan_ola"),
            Failures("GEN-06", len(PLACEHOLDERS), "ssd_cp_plans", "x_cppl_previous_plan_count"),
            Failures("GEN-07", 0),
            Failures("GEN-13", 0),
            Failures("GEN-16", 0),
        ],
    ),
    Example(
        "blanks_around_ids",
        "G68",
        {
            "ssd_person": people(*(f"P{n}" for n, _ in enumerate(ENDINGS)), "LAC"),
            "ssd_cin_episodes": [
                referral(f"R{n}{end}", f"{end}P{n}{end}", f"2018-02-01{end}")
                for n, end in enumerate(ENDINGS)
            ],
            "ssd_cp_plans": [
                {
                    **protection_plan(f"{end}L{n}", f"P{n}{end}", f"{end}2018-02-05"),
                    "cppl_cp_plan_ola": f"N{end}",
                    "cppl_cp_plan_latest_category": f"{end}neg{end}",
                    "x_cppl_previous_plan_count": f"2{end}",
                }
                for n, end in enumerate(ENDINGS)
            ],
            "ssd_cla_episodes": [care_episode("E1", "LAC")],
        },
        [Value("5.1", 0), Value("6.1", len(ENDINGS)), Value("5.2", len(ENDINGS))],
        [
            Failures("GEN-09", len(ENDINGS), "ssd_cin_episodes", "cine_person_id"),
            Failures("GEN-09", len(ENDINGS), "ssd_cp_plans", "cppl_cp_plan_id"),
            Failures("GEN-02", 0),
            Failures("GEN-07", 0, "ssd_cp_plans"),
            Failures("GEN-13", 0),
            Failures("GEN-16", 0),
            Failures("PER-13", 0),
        ],
    ),
    Example(
        "ids_with_a_decimal",
        "G70",
        {
            "ssd_person": [
                *people("71051", x_pers_merged_into_id="71052.0", pers_legacy_id="71049.0"),
                *people("71052", x_pers_merged_into_id="NULL"),
                *people("71053.", pers_legacy_id=" 71050.0 "),
                *people("71054"),
            ],
            "ssd_cla_episodes": [
                {**care_episode("E1", "71051.0"), "clae_referral_id": "R1.0"},
                care_episode("E2", "71052.0", "2018-02-10"),
                care_episode("E3", "71054"),
            ],
        },
        [Value("7.1", 2)],
        [
            Failures("GEN-17", 1, "ssd_person", "x_pers_merged_into_id"),
            Failures("GEN-17", 1, "ssd_person", "pers_legacy_id"),
            Failures("GEN-17", 0, "ssd_person", "pers_person_id"),
            Failures("GEN-17", 1, "ssd_cla_episodes", "clae_person_id"),
            Failures("GEN-17", 0, "ssd_cla_episodes", "clae_referral_id"),
        ],
    ),
    Example(
        "ids_with_a_decimal_among_others",
        "G70",
        {
            "ssd_person": people("1", "2", "3.0", "A4"),
            "ssd_cla_episodes": [
                care_episode("10.0", "1"),
                care_episode("20.5", "2"),
                care_episode("30", "3.0"),
                care_episode("40", "A4"),
            ],
        },
        # 3.0 stands beside A4 in both columns, so it is a text and not the id 3
        [Value("7.1", 4)],
        [Failures("GEN-17", 0)],
    ),
)
