"""Small hand-made extracts for tests: rows of raw tables from a few words each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from tests.oracle.load import CONTRACT, Extract, Reader, Row, build_entities, one_row_per_key
from tests.oracle.shared import COUNTY, Month, month_of
from tests.oracle.values import Row as Value
from tests.oracle.values import compute_from

Day = str | None


class Given:
    """Collects raw rows; `value` computes one cell of them.

    Dates are YYYY-MM-DD. Every table of the contract is there, if only with one row that no
    indicator counts, so that nothing is `not_available` unless `absent` names its table.
    """

    def __init__(self, as_at: str = "2018-04-30") -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.as_at = dt.date.fromisoformat(as_at)
        self.history_from: dict[str, dt.date] = {}
        self.absent: set[str] = set()
        self._next = count(1)

    def add(self, table: str, **columns: object) -> Given:
        """Add one raw row; unknown columns are an error."""
        unknown = set(columns) - set(CONTRACT[table])
        if unknown:
            raise ValueError(f"{table} has no {unknown}")
        self.rows[table].append(dict(columns))
        return self

    def new_id(self) -> str:
        return f"ROW{next(self._next):05d}"

    def extract(self) -> Extract:
        x = Extract()
        x.as_at = self.as_at
        x.history_from = self.history_from
        reader = Reader("YMD")
        raw = {table: one_row_per_key(table, self.rows[table], reader) for table in CONTRACT}
        x.tables = {table: max(1, len(rows)) for table, rows in raw.items()}
        for table in self.absent:
            del x.tables[table]
        build_entities(x, raw, reader)
        return x

    def row(self, ref: str, month: str = "2018-03", area: str = COUNTY) -> Value:
        """The row of one cell."""
        m = month_of(dt.date.fromisoformat(f"{month}-01"))
        rows = compute_from(self.extract(), [ref], [m])
        return next(row for row in rows if row.area_code == area)

    def num(self, ref: str, month: str = "2018-03", area: str = COUNTY) -> float | None:
        return self.row(ref, month, area).numerator

    def den(self, ref: str, month: str = "2018-03", area: str = COUNTY) -> float | None:
        return self.row(ref, month, area).denominator

    def value(self, ref: str, month: str = "2018-03", area: str = COUNTY) -> float | None:
        return self.row(ref, month, area).value

    # ---- persons, teams, workers -------------------------------------------------------------

    def person(self, person_id: str, dob: Day = "2010-05-05", **more: object) -> Given:
        return self.add("ssd_person", pers_person_id=person_id, pers_dob=dob, **more)

    def team(
        self, team_id: str, locality: str | None = None, since: str = "2010-01-01", **more: object
    ) -> Given:
        kind = more.pop("kind", "FIT")
        until = more.pop("until", None)
        if not any(row["dept_team_id"] == team_id for row in self.rows["ssd_department"]):
            self.add("ssd_department", dept_team_id=team_id, x_dept_team_type_code=kind)
        if locality is not None:
            self.add(
                "ssdx_team_localities",
                tloc_team_id=team_id,
                tloc_locality_code=locality,
                tloc_valid_from=since,
                tloc_valid_to=until,
            )
        return self

    def worker(self, worker_id: str, qualified: str | None = "Y", **more: object) -> Given:
        return self.add(
            "ssd_professionals",
            prof_professional_id=worker_id,
            x_prof_is_qualified_sw=qualified,
            **more,
        )

    def allocation(
        self,
        person_id: str | None,
        worker_id: str | None,
        team_id: str | None,
        start: str,
        end: Day = None,
        primary: str = "Y",
        allocation_id: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_involvements",
            invo_involvements_id=allocation_id or self.new_id(),
            invo_person_id=person_id,
            invo_professional_id=worker_id,
            invo_professional_team=team_id,
            invo_involvement_start_date=start,
            invo_involvement_end_date=end,
            x_invo_is_allocated=primary,
        )

    # ---- early help --------------------------------------------------------------------------

    def request(self, day: Day, status: str = "OPEN", team: str | None = None) -> Given:
        return self.add(
            "ssdx_early_help_requests",
            ehrq_request_id=self.new_id(),
            ehrq_request_date=day,
            ehrq_status_code=status,
            ehrq_team_id=team,
        )

    def eh_case(
        self,
        case_id: str,
        opened: str,
        closed: Day = None,
        family: str | None = None,
        kind: str = "LEAD",
        origin: str | None = None,
        team: str | None = None,
    ) -> Given:
        return self.add(
            "ssdx_early_help_cases",
            ehcs_case_id=case_id,
            ehcs_family_id=family,
            ehcs_case_type_code=kind,
            ehcs_origin_code=origin,
            ehcs_opened_date=opened,
            ehcs_closed_date=closed,
            ehcs_team_id=team,
        )

    def member(self, case_id: str | None, person_id: str, joined: str, left: Day = None) -> Given:
        return self.add(
            "ssd_early_help_episodes",
            earl_episode_id=self.new_id(),
            earl_person_id=person_id,
            earl_episode_start_date=joined,
            earl_episode_end_date=left,
            x_earl_case_id=case_id,
        )

    # ---- front door, assessments, enquiries --------------------------------------------------

    def contact(
        self,
        person_id: str | None,
        day: Day,
        outcome: str | None = None,
        referral: str | None = None,
        contact_id: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_contacts",
            cont_contact_id=contact_id or self.new_id(),
            cont_person_id=person_id,
            cont_contact_date=day,
            x_cont_outcome_code=outcome,
            x_cont_referral_id=referral,
        )

    def referral(
        self,
        person_id: str | None,
        day: Day,
        referral_id: str | None = None,
        closed: Day = None,
        nfa: str | None = "N",
        outcome: str | None = None,
        team: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_cin_episodes",
            cine_referral_id=referral_id or self.new_id(),
            cine_person_id=person_id,
            cine_referral_date=day,
            cine_close_date=closed,
            cine_referral_nfa=nfa,
            x_cine_outcome_code=outcome,
            cine_referral_team=team,
        )

    def assessment(
        self,
        person_id: str,
        start: Day,
        authorised: Day = None,
        referral: str | None = None,
        outcome: str | None = None,
        status: str | None = None,
        team: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_cin_assessments",
            cina_assessment_id=self.new_id(),
            cina_person_id=person_id,
            cina_assessment_start_date=start,
            cina_assessment_auth_date=authorised,
            cina_referral_id=referral,
            x_cina_outcome_code=outcome,
            x_cina_status_code=status,
            cina_assessment_team=team,
        )

    def s47(
        self,
        person_id: str,
        strategy: Day,
        completed: Day = None,
        outcome: str | None = None,
        status: str | None = None,
        s47_id: str | None = None,
        team: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=s47_id or self.new_id(),
            s47e_person_id=person_id,
            s47e_s47_start_date=strategy,
            s47e_s47_end_date=completed,
            x_s47e_outcome_code=outcome,
            x_s47e_status_code=status,
            s47e_s47_completed_by_team=team,
        )

    # ---- child protection --------------------------------------------------------------------

    def icpc(
        self,
        person_id: str,
        held: Day,
        strategy: Day = None,
        s47: str | None = None,
        status: str = "HELD",
        transfer: str = "N",
        meeting: str | None = None,
    ) -> Given:
        return self.add(
            "ssd_initial_cp_conference",
            icpc_icpc_id=self.new_id(),
            icpc_person_id=person_id,
            icpc_icpc_date=held,
            x_icpc_strategy_discussion_date=strategy,
            icpc_s47_enquiry_id=s47,
            x_icpc_status_code=status,
            icpc_icpc_transfer_in=transfer,
            icpc_icpc_meeting_id=meeting,
        )

    def cp_plan(
        self,
        person_id: str,
        start: Day,
        end: Day = None,
        plan_id: str | None = None,
        previous: int | None = None,
        previous_end: Day = None,
        other_la: str = "N",
    ) -> Given:
        return self.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=plan_id or self.new_id(),
            cppl_person_id=person_id,
            cppl_cp_plan_start_date=start,
            cppl_cp_plan_end_date=end,
            x_cppl_previous_plan_count=previous,
            x_cppl_previous_plan_end_date=previous_end,
            cppl_cp_plan_ola=other_la,
        )

    def rcpc(self, person_id: str, held: Day, plan: str | None = None, status="HELD") -> Given:
        return self.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=self.new_id(),
            cppr_person_id=person_id,
            cppr_cp_plan_id=plan,
            cppr_cp_review_date=held,
            x_cppr_status_code=status,
        )

    def cp_visit(self, person_id: str, day: Day, seen: str | None = "Y") -> Given:
        return self.add(
            "ssd_cp_visits",
            cppv_cp_visit_id=self.new_id(),
            cppv_person_id=person_id,
            cppv_cp_visit_date=day,
            cppv_cp_visit_seen=seen,
        )

    # ---- plans -------------------------------------------------------------------------------

    def plan(
        self,
        kind: str,
        person_id: str,
        start: Day,
        end: Day = None,
        reviews: Iterable[str] = (),
        permanence: str | None = None,
    ) -> Given:
        """A plan of kind CIN, CARE or PATHWAY with its reviews."""
        table, id_column, prefix, stem = {
            "CIN": ("ssd_cin_plans", "cinp_cin_plan_id", "cinp", "cinp_cin_plan"),
            "CARE": ("ssd_cla_care_plan", "lacp_table_id", "lacp", "lacp_cla_care_plan"),
            "PATHWAY": ("ssdx_pathway_plans", "path_plan_id", "path", "path"),
        }[kind]
        plan_id = self.new_id()
        more = {"x_lacp_permanence_code": permanence} if kind == "CARE" else {}
        self.add(
            table,
            **{
                id_column: plan_id,
                f"{prefix}_person_id": person_id,
                f"{stem}_start_date": start,
                f"{stem}_end_date": end,
                **more,
            },
        )
        for day in reviews:
            self.add(
                "ssdx_plan_reviews",
                plrv_plan_type_code=kind,
                plrv_plan_id=plan_id,
                plrv_person_id=person_id,
                plrv_review_date=day,
            )
        return self

    # ---- looked after ------------------------------------------------------------------------

    def episode(
        self,
        person_id: str,
        start: Day,
        end: Day = None,
        reason: str = "S",
        ceased: str | None = None,
        type: str | None = "U4",
        carer: str | None = None,
        placement: str | None = None,
        status: str | None = "C2",
        other_la: str = "N",
    ) -> Given:
        """An episode, with a placement row of its own unless `placement` repeats an id."""
        if placement is None and type is not None:
            placement = self.new_id()
        known = {row["clap_cla_placement_id"] for row in self.rows["ssd_cla_placement"]}
        if placement is not None and placement not in known:
            self.add(
                "ssd_cla_placement",
                clap_cla_placement_id=placement,
                clap_person_id=person_id,
                clap_cla_placement_start_date=start,
                clap_cla_placement_end_date=end,
                clap_cla_placement_type=type,
                x_clap_carer_id=carer,
            )
        return self.add(
            "ssd_cla_episodes",
            clae_cla_episode_id=self.new_id(),
            clae_person_id=person_id,
            clae_cla_episode_start_date=start,
            clae_cla_episode_ceased_date=end,
            clae_cla_episode_start_reason=reason,
            clae_cla_episode_ceased_reason=ceased,
            clae_cla_placement_id=placement,
            x_clae_legal_status_code=status,
            x_clae_is_other_la=other_la,
        )

    def lac_review(
        self, person_id: str, held: Day, code: str | None = "PN1", cancelled: str = "N"
    ) -> Given:
        return self.add(
            "ssd_cla_reviews",
            clar_cla_review_id=self.new_id(),
            clar_cla_person_id=person_id,
            clar_cla_review_date=held,
            clar_cla_review_cancelled=cancelled,
            clar_cla_review_participation=code,
        )

    def lac_visit(self, person_id: str, day: Day, seen: str | None = "Y") -> Given:
        return self.add(
            "ssd_cla_visits",
            clav_cla_visit_id=self.new_id(),
            clav_person_id=person_id,
            clav_cla_visit_date=day,
            clav_cla_visit_seen=seen,
        )

    def health(
        self,
        person_id: str,
        day: Day,
        kind: str = "HEALTH_ASSESSMENT",
        status: str | None = "COMPLETED",
    ) -> Given:
        return self.add(
            "ssd_cla_health",
            clah_health_check_id=self.new_id(),
            clah_person_id=person_id,
            clah_health_check_type=kind,
            clah_health_check_date=day,
            clah_health_check_status=status,
        )

    def pep(self, person_id: str, day: Day, status: str | None = "COMPLETED") -> Given:
        return self.add(
            "ssdx_personal_education_plans",
            pepl_pep_id=self.new_id(),
            pepl_person_id=person_id,
            pepl_pep_date=day,
            pepl_completed_date=day,
            pepl_status_code=status,
        )

    def leaver(
        self,
        person_id: str,
        category: str | None = "FREL",
        start: Day = "2017-01-01",
        end: Day = None,
        as_at: Day = "2018-03-01",
        suitable: str | None = None,
        activity: str | None = None,
        review: Day = None,
    ) -> Given:
        return self.add(
            "ssd_care_leavers",
            clea_table_id=self.new_id(),
            clea_person_id=person_id,
            x_clea_eligibility_code=category,
            x_clea_from_date=start,
            x_clea_to_date=end,
            x_clea_as_at_date=as_at,
            clea_care_leaver_accom_suitable=suitable,
            clea_care_leaver_activity=activity,
            clea_pathway_plan_review_date=review,
        )

    def adoption(
        self,
        person_id: str,
        shobpa: Day = None,
        reversed: Day = None,
        order: Day = None,
        matched: Day = None,
        placed: Day = None,
    ) -> Given:
        return self.add(
            "ssd_permanence",
            perm_table_id=self.new_id(),
            perm_person_id=person_id,
            perm_adm_decision_date=shobpa,
            perm_decision_reversed_date=reversed,
            perm_placement_order_date=order,
            perm_matched_date=matched,
            perm_placed_for_adoption_date=placed,
        )

    def household(
        self, household_id: str, approved: Day, ceased: Day = None, kind: str | None = "TASK"
    ) -> Given:
        return self.add(
            "ssdx_foster_carer_households",
            fosh_household_id=household_id,
            fosh_carer_type_code=kind,
            fosh_approval_date=approved,
            fosh_ceased_date=ceased,
        )


def month(text: str) -> Month:
    """Read YYYY-MM."""
    return month_of(dt.date.fromisoformat(f"{text}-01"))
