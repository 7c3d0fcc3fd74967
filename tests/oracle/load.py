"""Extract folder -> entities of specification section 20.

Every entity is a list of small mutable records (`Record`) with the field names of the
specification. Rows that the specification calls unusable (G22, G23) are left out here, and are
listed in `Extract.quarantined` so that a difference can be explained.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
import sys
import unicodedata
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

Record = SimpleNamespace
Row = dict[str, object]

SENTINELS = {
    dt.date(1753, 1, 1),
    dt.date(1899, 12, 30),
    dt.date(1899, 12, 31),
    dt.date(1900, 1, 1),
    dt.date(1904, 1, 1),
    dt.date(2300, 1, 1),
    dt.date(9999, 12, 31),
}
# GEN-06 and G67; "NA" is "<NA>" without its brackets, "-1.0" is "-1" of a data frame.
PLACEHOLDERS = {
    *("SSD_PH", "PLACEHOLDER_DATA", "-1", "-1.0", "N/A", "#N/A"),
    *("NULL", "NONE", "NAN", "NAT", "NIL", "NA", "\\N"),
}
# G68: what Unicode calls white space, and what has no width.
WHITE = "".join(
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp", "Cc", "Cf")
)
BRACKETS = "()[]<>{}"
UK = zoneinfo.ZoneInfo("Europe/London")
# G69: a day, a time and an offset, behind which the name of a zone may stand.
INSTANT = re.compile(
    rf"([0-9/-]+)[T{WHITE}]+([0-9]{{1,2}}):?([0-9]{{2}})(?::?[0-9]{{2}}(?:[.,][0-9]+)?)?[{WHITE}]*"
    r"(?:Z|UTC|GMT|(?:UTC|GMT)?([+-])([0-9]{2})(?::?([0-9]{2}))?(?::?[0-9]{2})?)(?:\[[^\]]*\])?"
)
# A day with an offset and no time is that day.
OFFSET_OF_A_DAY = re.compile(r"(Z|[+-][0-9]{2}:[0-9]{2})$")
YES = {"Y", "YES", "1", "TRUE", "T"}
NO = {"N", "NO", "0", "FALSE", "F"}

# What identifies a row of each raw table. Tables that are not named: their first column.
KEYS: dict[str, tuple[str, ...]] = {
    "ssd_family": ("fami_family_id", "fami_person_id"),
    "ssdx_team_localities": ("tloc_team_id", "tloc_valid_from"),
    "ssdx_plan_reviews": ("plrv_plan_type_code", "plrv_plan_id", "plrv_review_date"),
    "ssdx_foster_carer_households": ("fosh_household_id", "fosh_approval_date"),
}

# The contract: columns of each table in order. Kept here rather than read from a file so that the
# reference implementation does not depend on what the project ships.
CONTRACT: dict[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "ssd_person": """
            pers_person_id pers_dob pers_expected_dob pers_sex pers_ethnicity pers_death_date
            pers_legacy_id x_pers_merged_into_id pers_upn pers_forename pers_surname
        """,
        "ssd_family": """
            fami_family_id fami_person_id
        """,
        "ssd_department": """
            dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name
            x_dept_team_type_code
        """,
        "ssdx_team_localities": """
            tloc_team_id tloc_locality_code tloc_valid_from tloc_valid_to
        """,
        "ssd_professionals": """
            prof_professional_id prof_staff_id prof_professional_name
            prof_social_worker_registration_no prof_professional_job_title
            prof_professional_caseload prof_professional_department prof_full_time_equivalency
            x_prof_is_qualified_sw
        """,
        "ssd_involvements": """
            invo_involvements_id invo_person_id invo_professional_id invo_professional_role_id
            invo_professional_team invo_involvement_start_date invo_involvement_end_date
            invo_worker_change_reason invo_referral_id x_invo_is_allocated
        """,
        "ssdx_early_help_requests": """
            ehrq_request_id ehrq_family_id ehrq_request_date ehrq_source_code ehrq_team_id
            ehrq_outcome_code ehrq_status_code ehrq_allocation_date
        """,
        "ssdx_early_help_cases": """
            ehcs_case_id ehcs_family_id ehcs_request_id ehcs_case_type_code ehcs_origin_code
            ehcs_opened_date ehcs_closed_date ehcs_team_id
        """,
        "ssd_early_help_episodes": """
            earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date
            earl_episode_reason earl_episode_end_reason earl_episode_organisation
            earl_episode_worker_id x_earl_case_id
        """,
        "ssd_contacts": """
            cont_contact_id cont_person_id cont_contact_date cont_contact_source_code
            cont_contact_source_desc cont_contact_outcome_json x_cont_outcome_code
            x_cont_referral_id
        """,
        "ssd_cin_episodes": """
            cine_referral_id cine_person_id cine_referral_date cine_cin_primary_need_code
            cine_referral_source_code cine_referral_source_desc cine_referral_outcome_json
            cine_referral_nfa cine_close_date cine_close_reason cine_referral_team
            cine_referral_worker_id x_cine_outcome_code
        """,
        "ssd_cin_assessments": """
            cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date
            cina_assessment_auth_date cina_assessment_child_seen cina_assessment_outcome_json
            cina_assessment_outcome_nfa cina_assessment_team cina_assessment_worker_id
            x_cina_outcome_code x_cina_status_code
        """,
        "ssd_cin_plans": """
            cinp_cin_plan_id cinp_person_id cinp_referral_id cinp_cin_plan_start_date
            cinp_cin_plan_end_date cinp_cin_plan_team cinp_cin_plan_worker_id
        """,
        "ssd_s47_enquiry": """
            s47e_s47_enquiry_id s47e_person_id s47e_referral_id s47e_s47_start_date
            s47e_s47_end_date s47e_s47_nfa s47e_s47_outcome_json s47e_s47_completed_by_team
            s47e_s47_completed_by_worker_id x_s47e_outcome_code x_s47e_status_code
        """,
        "ssd_initial_cp_conference": """
            icpc_icpc_id icpc_icpc_meeting_id icpc_person_id icpc_s47_enquiry_id icpc_referral_id
            icpc_cp_plan_id icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date
            icpc_icpc_outcome_cp_flag icpc_icpc_outcome_json icpc_icpc_team icpc_icpc_worker_id
            x_icpc_strategy_discussion_date x_icpc_status_code
        """,
        "ssd_cp_plans": """
            cppl_cp_plan_id cppl_person_id cppl_icpc_id cppl_referral_id cppl_cp_plan_start_date
            cppl_cp_plan_end_date cppl_cp_plan_initial_category cppl_cp_plan_latest_category
            cppl_cp_plan_ola x_cppl_previous_plan_count x_cppl_previous_plan_end_date
        """,
        "ssd_cp_reviews": """
            cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due
            cppr_cp_review_date cppr_cp_review_meeting_id cppr_cp_review_outcome_continue_cp
            cppr_cp_review_quorate cppr_cp_review_participation x_cppr_status_code
        """,
        "ssd_cp_visits": """
            cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date cppv_cp_visit_seen
            cppv_cp_visit_seen_alone x_cppv_recorded_date
        """,
        "ssd_cla_episodes": """
            clae_cla_episode_id clae_person_id clae_cla_id clae_cla_episode_start_date
            clae_cla_episode_start_reason clae_cla_primary_need_code clae_cla_episode_ceased_date
            clae_cla_episode_ceased_reason clae_cla_placement_id clae_referral_id
            clae_entered_care_date x_clae_legal_status_code x_clae_is_other_la
        """,
        "ssd_legal_status": """
            lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date
            lega_legal_status_end_date
        """,
        "ssd_cla_placement": """
            clap_cla_placement_id clap_cla_id clap_person_id clap_cla_placement_start_date
            clap_cla_placement_end_date clap_cla_placement_type clap_cla_placement_provider
            clap_cla_placement_postcode clap_cla_placement_distance clap_cla_placement_urn
            clap_cla_placement_change_reason x_clap_carer_id
        """,
        "ssd_cla_reviews": """
            clar_cla_review_id clar_cla_person_id clar_cla_id clar_cla_review_due_date
            clar_cla_review_date clar_cla_review_cancelled clar_cla_review_participation
            x_clar_status_code
        """,
        "ssd_cla_visits": """
            clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date clav_cla_visit_seen
            clav_cla_visit_seen_alone x_clav_recorded_date
        """,
        "ssd_cla_health": """
            clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date
            clah_health_check_status x_clah_assessment_stage_code
        """,
        "ssd_cla_care_plan": """
            lacp_table_id lacp_person_id lacp_cla_care_plan_start_date lacp_cla_care_plan_end_date
            lacp_cla_care_plan_json x_lacp_permanence_code
        """,
        "ssdx_personal_education_plans": """
            pepl_pep_id pepl_person_id pepl_pep_date pepl_completed_date pepl_next_due_date
            pepl_status_code
        """,
        "ssd_care_leavers": """
            clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch
            clea_care_leaver_latest_contact clea_care_leaver_accommodation
            clea_care_leaver_accom_suitable clea_care_leaver_activity
            clea_pathway_plan_review_date clea_care_leaver_allocated_team
            clea_care_leaver_worker_id x_clea_eligibility_code x_clea_from_date x_clea_to_date
            x_clea_as_at_date
        """,
        "ssdx_pathway_plans": """
            path_plan_id path_person_id path_start_date path_end_date
        """,
        "ssdx_plan_reviews": """
            plrv_plan_type_code plrv_plan_id plrv_person_id plrv_review_date
        """,
        "ssd_permanence": """
            perm_table_id perm_person_id perm_cla_id perm_adm_decision_date
            perm_placement_order_date perm_matched_date perm_placed_for_adoption_date
            perm_decision_reversed_date perm_decision_reversed_reason perm_permanence_order_date
            perm_permanence_order_type perm_adopted_by_carer_flag x_perm_placed_with_carer_date
        """,
        "ssdx_foster_carer_households": """
            fosh_household_id fosh_carer_type_code fosh_approval_date fosh_ceased_date
            fosh_ceased_reason_code fosh_approved_places
        """,
    }.items()
}


def text_of(value: object, date_format: str = "YMD") -> str:
    """Return a value as text, the way the raw layer holds it; null is empty.

    Typed dates of a Parquet file are landed as text in the extract's own date format.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(UK)
    if isinstance(value, dt.date):
        shown = value.strftime("%d/%m/%Y" if date_format == "DMY" else "%Y-%m-%d")
        return f"{shown} {value:%H:%M:%S}" if isinstance(value, dt.datetime) else shown
    return str(value)


def clean(value: object, codes: Iterable[str] = ()) -> str | None:
    """Trim and upper-case text; blanks and placeholders (GEN-06) are null, but for `codes`."""
    text = text_of(value).strip(WHITE).upper()
    if text in codes:
        return text
    return None if text == "" or text.strip(WHITE + BRACKETS) in PLACEHOLDERS else text


# Entities that are plain lists of records.
ENTITIES = (
    "allocations",
    "eh_requests",
    "eh_cases",
    "eh_case_members",
    "contacts",
    "referrals",
    "assessments",
    "s47s",
    "icpcs",
    "rcpcs",
    "cp_plans",
    "cp_visits",
    "lac_visits",
    "cin_plans",
    "care_plans",
    "pathway_plans",
    "peps",
    "lac_episodes",
    "placements",
    "legal_statuses",
    "lac_reviews",
    "health_checks",
    "care_leavers",
    "care_leaver_statuses",
    "adoptions",
    "foster_households",
)


class Extract:
    """The entities of one extract, with the indexes that the rules need.

    `tables` says how many rows each raw table has (0 when it is empty; absent tables have no
    entry), `missing_columns` what the file of a table lacks, `latest_only` the tables of the latest
    records (G74). Entities are attributes named as in specification section 20, in the plural.
    """

    def __init__(self) -> None:
        self.tables: dict[str, int] = {}
        self.missing_columns: dict[str, set[str]] = {}
        self.latest_only: set[str] = set()
        self.as_at = dt.date.max
        self.history_from: dict[str, dt.date] = {}
        self.quarantined: list[tuple[str, str | None, str]] = []
        self.cache: dict[object, object] = {}
        self.persons: dict[str, Record] = {}
        self.teams: dict[str, Record] = {}
        self.team_localities: list[Record] = []
        self.workers: dict[str, Record] = {}
        for name in ENTITIES:
            setattr(self, name, [])

    def has(self, table: str) -> bool:
        """Say whether a raw table is in the extract and has rows."""
        return self.tables.get(table, 0) > 0


class Reader:
    """Turns raw values of one extract into typed ones."""

    def __init__(self, date_format: str) -> None:
        if date_format not in ("YMD", "DMY"):
            raise ValueError(f"date_format is {date_format!r}; it must be YMD or DMY")
        self.date_format = date_format
        self._dates: dict[str, dt.date | None] = {}

    def date(self, value: object) -> dt.date | None:
        """Parse a date strictly in the declared format; sentinels (GEN-01) are null."""
        if isinstance(value, dt.datetime):
            local = value.astimezone(UK) if value.tzinfo else value
            found: dt.date | None = local.date()
        elif isinstance(value, dt.date):
            found = value
        else:
            text = text_of(value).strip(WHITE)
            if text not in self._dates:
                self._dates[text] = self._parse(text)
            return self._dates[text]
        return None if found in SENTINELS else found

    def _parse(self, text: str) -> dt.date | None:
        part = OFFSET_OF_A_DAY.sub("", re.split(f"[T{WHITE}]", text.upper())[0])
        day = self._day(part)
        instant = INSTANT.fullmatch(text.upper())
        if day is not None and day not in SENTINELS and instant:
            _, hour, minute, sign, hours, minutes = instant.groups()
            if int(hour) > 23 or int(minute) > 59:
                return None
            offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            time = dt.datetime.combine(day, dt.time(int(hour), int(minute)), dt.UTC)
            day = (time + offset if sign == "-" else time - offset).astimezone(UK).date()
        return None if day in SENTINELS else day

    def _day(self, part: str) -> dt.date | None:
        if self.date_format == "DMY":
            pieces = part.split("/")
            if [len(piece) for piece in pieces] != [2, 2, 4]:
                return None
            pieces.reverse()
        else:
            pieces = part.split("-")
            if [len(piece) for piece in pieces] != [4, 2, 2]:
                return None
        if not all(piece.isascii() and piece.isdigit() for piece in pieces):
            return None
        try:
            found = dt.date(*(int(piece) for piece in pieces))
        except ValueError:
            return None
        # A year before the oldest sentinel was written with two digits (GEN-02).
        return None if found < dt.date(1753, 1, 1) else found

    @staticmethod
    def flag(value: object) -> bool | None:
        """Yes is true, no is false, anything else is null."""
        text = clean(value)
        if text in YES:
            return True
        if text in NO:
            return False
        return None

    @staticmethod
    def integer(value: object) -> int | None:
        """Read a whole number; anything else is null."""
        text = clean(value)
        try:
            return None if text is None else int(float(text))
        except ValueError:
            return None


def read_table(folder: Path, table: str) -> list[Row] | None:
    """Read `<table>.csv` or `<table>.parquet`; None when the extract has neither."""
    path = folder / f"{table}.csv"
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return [
                {column: (value if value != "" else None) for column, value in row.items()}
                for row in csv.DictReader(handle)
            ]
    path = folder / f"{table}.parquet"
    if path.exists():
        import pyarrow.parquet as parquet

        return parquet.read_table(path).to_pylist()
    return None


def one_row_per_key(table: str, rows: list[Row], reader: Reader) -> list[Row]:
    """Collapse exact duplicates; of rows with one key and different content keep one.

    The one kept has the smallest md5 of the contract's columns as landed. A row with a blank key
    is a row of its own, unless it is an exact copy of another: two rows that differ in any column
    are no copies, whatever signs their values hold.
    """
    columns = CONTRACT[table]
    keys = KEYS.get(table, (columns[0],))
    best: dict[object, tuple[str, Row]] = {}
    decimal = decimal_ids(table, rows)
    for row in rows:
        texts = [text_of(row.get(column), reader.date_format) for column in columns]
        if any(chr(31) in text for text in texts):
            # The order of such rows is decided by their lengths as well.
            lengths = [str(len(text)) for text in texts]
            digest = hashlib.md5(chr(31).join([*texts, *lengths]).encode("utf-8")).hexdigest()
        else:
            digest = hashlib.md5(chr(31).join(texts).encode("utf-8")).hexdigest()
        row = {**row, **{column: whole_number(row.get(column)) for column in decimal}}
        parts = [key_part(row, column, reader) for column in keys]
        if table == "ssd_professionals" and parts[0] is None:
            parts = [clean(row.get("prof_staff_id"))]
        key: object = tuple(parts)
        if any(part is None for part in parts):
            key = ("blank", *texts)
        if key not in best or digest < best[key][0]:
            best[key] = (digest, row)
    return [row for _, row in best.values()]


def decimal_ids(table: str, rows: list[Row]) -> list[str]:
    """G70: columns of ids that are digits with or without `.0` in every row that has one."""
    found = []
    for column in CONTRACT[table]:
        if column.endswith(("_id", "_team")):
            ids = {clean(row.get(column)) for row in rows} - {None}
            if any(one.endswith(".0") for one in ids) and all(
                re.fullmatch(r"[0-9]+(\.0)?", one) for one in ids
            ):
                found.append(column)
    return found


def whole_number(value: object) -> str | None:
    """Return an id without its `.0`."""
    text = clean(value)
    return text if text is None else text.removesuffix(".0")


def key_part(row: Row, column: str, reader: Reader) -> object:
    """Return one part of a row's key: a date where the column is one, else cleaned text."""
    if column in ("tloc_valid_from", "plrv_review_date", "fosh_approval_date"):
        return reader.date(row.get(column))
    return clean(row.get(column))


def read_extract(folder: str | Path) -> Extract:
    """Read an extract folder and build its entities.

    Raises FileNotFoundError when `extract.json` is missing and ValueError when it names an
    unknown date format.
    """
    folder = Path(folder)
    about = json.loads((folder / "extract.json").read_text(encoding="utf-8"))
    reader = Reader(about["date_format"])
    x = Extract()
    x.as_at = dt.date.fromisoformat(about["as_at"][:10])
    x.history_from = {
        name: dt.date.fromisoformat(first[:10])
        for name, first in (about.get("history_from") or {}).items()
    }
    x.latest_only = set(about.get("latest_only") or ())
    raw: dict[str, list[Row]] = {}
    for table in CONTRACT:
        rows = read_table(folder, table)
        if rows is not None:
            x.tables[table] = len(rows)
            x.missing_columns[table] = set(CONTRACT[table]) - set(rows[0] if rows else ())
        raw[table] = one_row_per_key(table, rows or [], reader)
    build_entities(x, raw, reader)
    return x


# --------------------------------------------------------------------------------------------
# Persons


def build_persons(x: Extract, raw: dict[str, list[Row]], reader: Reader) -> dict[str, str]:
    """Fill `x.persons` with surviving people; return the surviving id of each known id."""
    own: dict[str, Record] = {}
    merged_into: dict[str, str] = {}
    for row in raw["ssd_person"]:
        person_id = clean(row.get("pers_person_id"))
        if person_id is None:
            x.quarantined.append(("ssd_person", None, "no id"))
            continue
        own[person_id] = Record(
            person_id=person_id,
            dob=reader.date(row.get("pers_dob")),
            expected_dob=reader.date(row.get("pers_expected_dob")),
            death_date=reader.date(row.get("pers_death_date")),
            legacy_id=clean(row.get("pers_legacy_id")),
        )
        into = clean(row.get("x_pers_merged_into_id"))
        if into is not None:
            merged_into[person_id] = into
    survivor = {person_id: follow(person_id, merged_into) for person_id in own}
    groups: dict[str, list[str]] = defaultdict(list)
    for person_id, kept in survivor.items():
        groups[kept].append(person_id)
    for kept, members in groups.items():
        # G26, G63: the survivor's value, else the first known value by id of a merged record.
        order = ([kept] if kept in own else []) + sorted(m for m in members if m != kept)
        x.persons[kept] = Record(
            person_id=kept,
            dob=first_known(own[m].dob for m in order),
            expected_dob=first_known(own[m].expected_dob for m in order),
            death_date=first_known(own[m].death_date for m in order),
        )
    x.legacy_ids = {}
    for person_id in sorted(own):
        legacy = own[person_id].legacy_id
        if legacy is not None:
            x.legacy_ids.setdefault(legacy, person_id)
    x.own_person_ids = set(own)
    return survivor


def follow(person_id: str, merged_into: dict[str, str]) -> str:
    """Follow merges to the end; a cycle resolves to the smallest id in the cycle."""
    path = [person_id]
    while path[-1] in merged_into:
        following = merged_into[path[-1]]
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def first_known(values: Iterable[object]) -> object:
    """Return the first value that is not null, or null."""
    return next((value for value in values if value is not None), None)


# --------------------------------------------------------------------------------------------
# Everything else


def build_entities(x: Extract, raw: dict[str, list[Row]], reader: Reader) -> None:
    """Fill every entity of `x` from the raw rows."""
    survivor = build_persons(x, raw, reader)
    date, flag = reader.date, reader.flag

    def person(value: object) -> str | None:
        """Resolve a person id; an unknown one gets a made "unknown" person."""
        person_id = clean(value)
        if person_id is None:
            return None
        kept = survivor.get(person_id, person_id)
        if kept not in x.persons:
            x.persons[kept] = Record(person_id=kept, dob=None, expected_dob=None, death_date=None)
        return kept

    def keep(target: list[Record], table: str, record: Record, start: str, end: str | None) -> None:
        """Keep a row unless it is unusable: G23 without its start, G22 ends before it starts."""
        started = getattr(record, start)
        ended = getattr(record, end) if end else None
        row_id = next((v for k, v in vars(record).items() if k.endswith("_id")), None)
        if started is None:
            x.quarantined.append((table, row_id, f"no {start}"))
        elif ended is not None and ended < started:
            x.quarantined.append((table, row_id, f"{end} before {start}"))
        else:
            target.append(record)

    for row in raw["ssd_department"]:
        team_id = clean(row.get("dept_team_id"))
        if team_id is not None:
            x.teams[team_id] = Record(
                team_id=team_id, team_type=clean(row.get("x_dept_team_type_code"))
            )
    for row in raw["ssdx_team_localities"]:
        record = Record(
            team_id=clean(row.get("tloc_team_id")),
            locality_code=clean(row.get("tloc_locality_code")),
            valid_from=date(row.get("tloc_valid_from")),
            valid_to=date(row.get("tloc_valid_to")),
        )
        keep(x.team_localities, "ssdx_team_localities", record, "valid_from", "valid_to")
    for row in raw["ssd_professionals"]:
        worker_id = clean(row.get("prof_professional_id")) or clean(row.get("prof_staff_id"))
        if worker_id is not None:
            qualified = flag(row.get("x_prof_is_qualified_sw"))
            if qualified is None:
                registration = clean(row.get("prof_social_worker_registration_no"))
                qualified = registration is not None
            x.workers[worker_id] = Record(worker_id=worker_id, is_qualified_sw=qualified)
    for row in raw["ssd_involvements"]:
        record = Record(
            allocation_id=clean(row.get("invo_involvements_id")),
            person_id=person(row.get("invo_person_id")),
            worker_id=clean(row.get("invo_professional_id")),
            team_id=clean(row.get("invo_professional_team")),
            is_primary=flag(row.get("x_invo_is_allocated")) is True,
            start_date=date(row.get("invo_involvement_start_date")),
            end_date=date(row.get("invo_involvement_end_date")),
        )
        if record.worker_id is None:  # G23
            x.quarantined.append(("ssd_involvements", record.allocation_id, "no worker"))
        else:
            keep(x.allocations, "ssd_involvements", record, "start_date", "end_date")

    for row in raw["ssdx_early_help_requests"]:
        record = Record(
            request_id=clean(row.get("ehrq_request_id")),
            family_id=clean(row.get("ehrq_family_id")),
            received_date=date(row.get("ehrq_request_date")),
            status=clean(row.get("ehrq_status_code")),
            team_id=clean(row.get("ehrq_team_id")),
        )
        keep(x.eh_requests, "ssdx_early_help_requests", record, "received_date", None)
    for row in raw["ssdx_early_help_cases"]:
        record = Record(
            case_id=clean(row.get("ehcs_case_id")),
            family_id=clean(row.get("ehcs_family_id")),
            case_type=clean(row.get("ehcs_case_type_code")),
            origin=clean(row.get("ehcs_origin_code")),
            opened_date=date(row.get("ehcs_opened_date")),
            closed_date=date(row.get("ehcs_closed_date")),
            team_id=clean(row.get("ehcs_team_id")),
        )
        keep(x.eh_cases, "ssdx_early_help_cases", record, "opened_date", "closed_date")
    for row in raw["ssd_early_help_episodes"]:
        record = Record(
            case_id=clean(row.get("x_earl_case_id")),
            person_id=person(row.get("earl_person_id")),
            joined_date=date(row.get("earl_episode_start_date")),
            left_date=date(row.get("earl_episode_end_date")),
        )
        kept: list[Record] = []
        keep(kept, "ssd_early_help_episodes", record, "joined_date", "left_date")
        for member in kept:
            if member.case_id is None:
                # Without a case id the episode is a LEAD case of one child with the same dates.
                episode_id = clean(row.get("earl_episode_id"))
                member.case_id = f"EPISODE {episode_id or id(row)}"
                x.eh_cases.append(
                    Record(
                        case_id=member.case_id,
                        family_id=None,
                        case_type="LEAD",
                        origin=None,
                        opened_date=member.joined_date,
                        closed_date=member.left_date,
                        team_id=None,
                    )
                )
            x.eh_case_members.append(member)

    for row in raw["ssd_contacts"]:
        record = Record(
            contact_id=clean(row.get("cont_contact_id")),
            person_id=person(row.get("cont_person_id")),
            received_date=date(row.get("cont_contact_date")),
            outcome_code=clean(row.get("x_cont_outcome_code")),
            referral_id=clean(row.get("x_cont_referral_id")),
        )
        keep(x.contacts, "ssd_contacts", record, "received_date", None)
    for row in raw["ssd_cin_episodes"]:
        record = Record(
            referral_id=clean(row.get("cine_referral_id")),
            person_id=person(row.get("cine_person_id")),
            received_date=date(row.get("cine_referral_date")),
            # G27: a missing flag is not NFA.
            nfa_flag=flag(row.get("cine_referral_nfa")) is True,
            outcome_code=clean(row.get("x_cine_outcome_code")),
            closed_date=date(row.get("cine_close_date")),
            team_id=clean(row.get("cine_referral_team")),
        )
        keep(x.referrals, "ssd_cin_episodes", record, "received_date", "closed_date")
    for row in raw["ssd_cin_assessments"]:
        record = Record(
            assessment_id=clean(row.get("cina_assessment_id")),
            person_id=person(row.get("cina_person_id")),
            referral_id=clean(row.get("cina_referral_id")),
            start_date=date(row.get("cina_assessment_start_date")),
            authorised_date=date(row.get("cina_assessment_auth_date")),
            outcome_code=clean(row.get("x_cina_outcome_code")),
            team_id=clean(row.get("cina_assessment_team")),
            status=clean(row.get("x_cina_status_code")),
        )
        keep(x.assessments, "ssd_cin_assessments", record, "start_date", "authorised_date")
    for row in raw["ssd_s47_enquiry"]:
        record = Record(
            s47_id=clean(row.get("s47e_s47_enquiry_id")),
            person_id=person(row.get("s47e_person_id")),
            strategy_date=date(row.get("s47e_s47_start_date")),
            completed_date=date(row.get("s47e_s47_end_date")),
            outcome_code=clean(row.get("x_s47e_outcome_code")),
            team_id=clean(row.get("s47e_s47_completed_by_team")),
            status=clean(row.get("x_s47e_status_code")),
        )
        keep(x.s47s, "ssd_s47_enquiry", record, "strategy_date", "completed_date")

    for row in raw["ssd_initial_cp_conference"]:
        record = Record(
            conference_id=clean(row.get("icpc_icpc_id")),
            meeting_id=clean(row.get("icpc_icpc_meeting_id")),
            person_id=person(row.get("icpc_person_id")),
            type="TRANSFER_IN" if flag(row.get("icpc_icpc_transfer_in")) else "ICPC",
            held_date=date(row.get("icpc_icpc_date")),
            s47_id=clean(row.get("icpc_s47_enquiry_id")),
            team_id=clean(row.get("icpc_icpc_team")),
            own_strategy_date=date(row.get("x_icpc_strategy_discussion_date")),
        )
        status = clean(row.get("x_icpc_status_code"))
        if record.held_date is not None and status not in ("PLANNED", "CANCELLED"):
            x.icpcs.append(record)
    for row in raw["ssd_cp_reviews"]:
        record = Record(
            conference_id=clean(row.get("cppr_cp_review_id")),
            person_id=person(row.get("cppr_person_id")),
            plan_id=clean(row.get("cppr_cp_plan_id")),
            held_date=date(row.get("cppr_cp_review_date")),
        )
        status = clean(row.get("x_cppr_status_code"))
        if record.held_date is not None and status not in ("PLANNED", "CANCELLED"):
            x.rcpcs.append(record)
    for row in raw["ssd_cp_plans"]:
        record = Record(
            plan_id=clean(row.get("cppl_cp_plan_id")),
            person_id=person(row.get("cppl_person_id")),
            start_date=date(row.get("cppl_cp_plan_start_date")),
            end_date=date(row.get("cppl_cp_plan_end_date")),
            previous_plans=reader.integer(row.get("x_cppl_previous_plan_count")),
            previous_plan_end_date=date(row.get("x_cppl_previous_plan_end_date")),
            is_other_la=flag(row.get("cppl_cp_plan_ola")) is True,
        )
        keep(x.cp_plans, "ssd_cp_plans", record, "start_date", "end_date")
    for table, prefix, target in (
        ("ssd_cp_visits", "cppv_cp_visit", x.cp_visits),
        ("ssd_cla_visits", "clav_cla_visit", x.lac_visits),
    ):
        for row in raw[table]:
            record = Record(
                visit_id=clean(row.get(f"{prefix}_id")),
                person_id=person(row.get(f"{prefix[:4]}_person_id")),
                visit_date=date(row.get(f"{prefix}_date")),
                child_seen=flag(row.get(f"{prefix}_seen")) is True,
            )
            keep(target, table, record, "visit_date", None)
    for table, id_column, prefix, stem, target in (
        ("ssd_cin_plans", "cinp_cin_plan_id", "cinp", "cinp_cin_plan", x.cin_plans),
        ("ssd_cla_care_plan", "lacp_table_id", "lacp", "lacp_cla_care_plan", x.care_plans),
        ("ssdx_pathway_plans", "path_plan_id", "path", "path", x.pathway_plans),
    ):
        for row in raw[table]:
            record = Record(
                plan_id=clean(row.get(id_column)),
                person_id=person(row.get(f"{prefix}_person_id")),
                start_date=date(row.get(f"{stem}_start_date")),
                end_date=date(row.get(f"{stem}_end_date")),
                permanence_code=clean(row.get("x_lacp_permanence_code")),
                reviews=[],
            )
            keep(target, table, record, "start_date", "end_date")
    plans = {
        (plan_type, plan.plan_id): plan
        for plan_type, entity in (
            ("CIN", x.cin_plans),
            ("CARE", x.care_plans),
            ("PATHWAY", x.pathway_plans),
        )
        for plan in entity
        if plan.plan_id is not None
    }
    for row in raw["ssdx_plan_reviews"]:
        reviewed = date(row.get("plrv_review_date"))
        plan = plans.get((clean(row.get("plrv_plan_type_code")), clean(row.get("plrv_plan_id"))))
        if reviewed is not None and plan is not None:
            plan.reviews.append(reviewed)
    for row in raw["ssdx_personal_education_plans"]:
        record = Record(
            pep_id=clean(row.get("pepl_pep_id")),
            person_id=person(row.get("pepl_person_id")),
            completed_date=date(row.get("pepl_completed_date")),
        )
        if record.completed_date is not None and clean(row.get("pepl_status_code")) in (
            None,
            "COMPLETED",
        ):
            x.peps.append(record)

    build_looked_after(x, raw, reader, person, keep)

    for row in raw["ssd_cla_reviews"]:
        cancelled = flag(row.get("clar_cla_review_cancelled")) is True
        status = clean(row.get("x_clar_status_code"))
        record = Record(
            review_id=clean(row.get("clar_cla_review_id")),
            person_id=person(row.get("clar_cla_person_id")),
            held_date=date(row.get("clar_cla_review_date")),
            participation_code=clean(row.get("clar_cla_review_participation")),
        )
        if (
            record.held_date is not None
            and not cancelled
            and status not in ("PLANNED", "CANCELLED")
        ):
            x.lac_reviews.append(record)
    for row in raw["ssd_cla_health"]:
        record = Record(
            check_id=clean(row.get("clah_health_check_id")),
            person_id=person(row.get("clah_person_id")),
            type=clean(row.get("clah_health_check_type")),
            check_date=date(row.get("clah_health_check_date")),
        )
        status = clean(row.get("clah_health_check_status"))
        if record.check_date is None:
            x.quarantined.append(("ssd_cla_health", record.check_id, "no check_date"))
        elif status == "COMPLETED" or (status is None and record.check_date <= x.as_at):
            x.health_checks.append(record)

    spells: dict[object, tuple[tuple[dt.date, str], Record]] = {}
    for number, row in enumerate(raw["ssd_care_leavers"]):
        table_id = clean(row.get("clea_table_id"))
        person_id = person(row.get("clea_person_id"))
        as_at = date(row.get("x_clea_as_at_date")) or x.as_at
        x.care_leaver_statuses.append(
            Record(
                table_id=table_id,
                person_id=person_id,
                as_at_date=as_at,
                accommodation_suitable=clean(row.get("clea_care_leaver_accom_suitable")) == "1",
                activity_code=clean(row.get("clea_care_leaver_activity")),
                pathway_review_date=date(row.get("clea_pathway_plan_review_date")),
            )
        )
        usable: list[Record] = []
        record = Record(
            table_id=table_id,
            person_id=person_id,
            category=clean(row.get("x_clea_eligibility_code"), codes={"NONE"}),
            start_date=date(row.get("x_clea_from_date")),
            end_date=date(row.get("x_clea_to_date")),
        )
        keep(usable, "ssd_care_leavers", record, "start_date", "end_date")
        for spell in usable:
            # One person, category and from-date: one spell, with the end of the newest row.
            key = (person_id or number, spell.category, spell.start_date)
            age_of_row = (as_at, table_id or "")
            if key not in spells or age_of_row > spells[key][0]:
                spells[key] = (age_of_row, spell)
    x.care_leavers.extend(spell for _, spell in spells.values())

    for row in raw["ssd_permanence"]:
        given = clean(row.get("perm_person_id"))
        # The id may be a legacy id: the person's own ids come first.
        if given is not None and given not in x.own_person_ids and given in x.legacy_ids:
            given = x.legacy_ids[given]
        x.adoptions.append(
            Record(
                table_id=clean(row.get("perm_table_id")),
                person_id=person(given),
                shobpa_date=date(row.get("perm_adm_decision_date")),
                shobpa_reversed_date=date(row.get("perm_decision_reversed_date")),
                placement_order_date=date(row.get("perm_placement_order_date")),
                matched_date=date(row.get("perm_matched_date")),
                placed_date=date(row.get("perm_placed_for_adoption_date")),
            )
        )
    for row in raw["ssdx_foster_carer_households"]:
        record = Record(
            household_id=clean(row.get("fosh_household_id")),
            carer_type=clean(row.get("fosh_carer_type_code")),
            approved_date=date(row.get("fosh_approval_date")),
            ceased_date=date(row.get("fosh_ceased_date")),
        )
        keep(
            x.foster_households,
            "ssdx_foster_carer_households",
            record,
            "approved_date",
            "ceased_date",
        )


def build_looked_after(x: Extract, raw: dict[str, list[Row]], reader: Reader, person, keep) -> None:
    """Build `lac_episodes` with legal status, placement id, type and carer on each."""
    date, flag = reader.date, reader.flag
    for row in raw["ssd_legal_status"]:
        record = Record(
            status_id=clean(row.get("lega_legal_status_id")),
            person_id=person(row.get("lega_person_id")),
            legal_status=clean(row.get("lega_legal_status")),
            start_date=date(row.get("lega_legal_status_start_date")),
            end_date=date(row.get("lega_legal_status_end_date")),
        )
        keep(x.legal_statuses, "ssd_legal_status", record, "start_date", "end_date")
    placement_owner: dict[str, str | None] = {}
    for row in raw["ssd_cla_episodes"]:
        placement_id = clean(row.get("clae_cla_placement_id"))
        owner = person(row.get("clae_person_id"))
        if placement_id is not None and owner is not None:
            placement_owner.setdefault(placement_id, owner)
    for row in raw["ssd_cla_placement"]:
        placement_id = clean(row.get("clap_cla_placement_id"))
        record = Record(
            placement_id=placement_id,
            # Missing on some systems: then it is the person of the episode that names it.
            person_id=person(row.get("clap_person_id")) or placement_owner.get(placement_id or ""),
            start_date=date(row.get("clap_cla_placement_start_date")),
            end_date=date(row.get("clap_cla_placement_end_date")),
            placement_type=clean(row.get("clap_cla_placement_type")),
            carer_id=clean(row.get("x_clap_carer_id")),
        )
        keep(x.placements, "ssd_cla_placement", record, "start_date", "end_date")
    by_id = {p.placement_id: p for p in x.placements if p.placement_id is not None}
    spells_of: dict[str, list[Record]] = defaultdict(list)
    for placement in x.placements:
        if placement.person_id is not None:
            spells_of[placement.person_id].append(placement)
    statuses_of: dict[str, list[Record]] = defaultdict(list)
    for status in x.legal_statuses:
        if status.person_id is not None:
            statuses_of[status.person_id].append(status)

    def open_on(spells: list[Record], day: dt.date, id_name: str) -> Record | None:
        """Return the spell open on a day: the latest start, then the highest id."""
        found = [
            s for s in spells if s.start_date <= day and (s.end_date is None or s.end_date > day)
        ]
        return max(found, key=lambda s: (s.start_date, getattr(s, id_name) or ""), default=None)

    for row in raw["ssd_cla_episodes"]:
        record = Record(
            episode_id=clean(row.get("clae_cla_episode_id")),
            person_id=person(row.get("clae_person_id")),
            start_date=date(row.get("clae_cla_episode_start_date")),
            end_date=date(row.get("clae_cla_episode_ceased_date")),
            start_reason=clean(row.get("clae_cla_episode_start_reason")),
            end_reason=clean(row.get("clae_cla_episode_ceased_reason")),
            legal_status=clean(row.get("x_clae_legal_status_code")),
            is_other_la=flag(row.get("x_clae_is_other_la")) is True,
            placement_id=clean(row.get("clae_cla_placement_id")),
            placement_type=None,
            carer_id=None,
        )
        usable: list[Record] = []
        keep(usable, "ssd_cla_episodes", record, "start_date", "end_date")
        for episode in usable:
            if episode.legal_status is None:
                status = open_on(
                    statuses_of.get(episode.person_id, []), episode.start_date, "status_id"
                )
                episode.legal_status = status.legal_status if status else None
            placement = by_id.get(episode.placement_id) if episode.placement_id else None
            if placement is None:
                placement = open_on(
                    spells_of.get(episode.person_id, []), episode.start_date, "placement_id"
                )
            if placement is not None:
                episode.placement_id = episode.placement_id or placement.placement_id
                episode.placement_type = placement.placement_type
                episode.carer_id = placement.carer_id
            x.lac_episodes.append(episode)
