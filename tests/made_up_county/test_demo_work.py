"""Allocations, early help and the records of care in the demonstration extract."""

from __future__ import annotations

import pytest
from made_up_county import targets_work as targets
from made_up_county.early_help import MONTHS

pytestmark = pytest.mark.slow

OPEN_IN_MARCH = """
    invo_involvement_start_date <= '2018-03-31'
    and coalesce(invo_involvement_end_date, '9999-12-31') > '2018-03-31'
"""


def count(tables, query):
    return tables.execute(f"select count(*) from {query}").fetchone()[0]


def test_one_worker_holds_a_child_at_a_time(tables):
    overlapping = """
        ssd_involvements as one
        inner join ssd_involvements as other
            on one.invo_person_id = other.invo_person_id
            and one.invo_involvements_id < other.invo_involvements_id
            and one.invo_involvement_start_date
            < coalesce(other.invo_involvement_end_date, '9999-12-31')
            and other.invo_involvement_start_date
            < coalesce(one.invo_involvement_end_date, '9999-12-31')
    """
    assert count(tables, overlapping) == 0


def test_no_allocation_is_empty(tables):
    empty = "ssd_involvements where invo_involvement_end_date <= invo_involvement_start_date"
    assert count(tables, empty) == 0


def test_every_worker_of_an_allocation_is_known(tables):
    lost = """
        ssd_involvements
        anti join ssd_professionals on prof_professional_id = invo_professional_id
    """
    assert count(tables, lost) == 0


@pytest.mark.parametrize("team_type", ["ASSESSMENT", "FIT", "LAC", "CWD"])
def test_the_largest_caseload_of_march_is_the_printed_one(tables, team_type):
    (largest,) = tables.execute(
        f"""
        select max(children) from (
            select invo_professional_id, count(distinct invo_person_id) as children
            from ssd_involvements
            inner join ssd_department on dept_team_id = invo_professional_team
            inner join ssd_professionals on prof_professional_id = invo_professional_id
            where x_dept_team_type_code = '{team_type}' and x_prof_is_qualified_sw = 'Y'
                and {OPEN_IN_MARCH}
            group by invo_professional_id
        )
        """
    ).fetchone()
    assert largest == targets.MAXIMUM[team_type]["2018-03"]


def test_every_looked_after_child_has_an_open_referral(tables):
    without = """
        (
            select clae_person_id
            from ssd_cla_episodes
            where clae_cla_episode_ceased_date is null
                and x_clae_is_other_la = 'N' and x_clae_legal_status_code <> 'V4'
        )
        anti join (select cine_person_id from ssd_cin_episodes where cine_close_date is null)
            on cine_person_id = clae_person_id
    """
    assert count(tables, without) == 0


def test_episodes_of_a_period_follow_one_another(tables):
    gaps = """
        (
            select
                clae_cla_episode_start_date as start_date,
                lag(clae_cla_episode_ceased_date) over period as last_ceased,
                lag(clae_cla_episode_ceased_reason) over period as last_reason
            from ssd_cla_episodes
            window period as (partition by clae_cla_id order by clae_cla_episode_start_date)
        )
        where last_ceased <> start_date or last_reason <> 'X1'
    """
    assert count(tables, gaps) == 0


def test_family_cases_open_and_close_as_planned(tables):
    for name, month in MONTHS.items():
        lead = (
            f"ssdx_early_help_cases where ehcs_case_type_code = 'LEAD' and ehcs_{{}} like '{name}%'"
        )
        assert count(tables, lead.format("opened_date")) == month.opened, name
        assert count(tables, lead.format("closed_date")) == month.closed, name


def test_a_family_has_one_open_case_at_a_time(tables):
    overlapping = """
        ssdx_early_help_cases as one
        inner join ssdx_early_help_cases as other
            on one.ehcs_family_id = other.ehcs_family_id
            and one.ehcs_case_id < other.ehcs_case_id
            and one.ehcs_case_type_code = 'LEAD' and other.ehcs_case_type_code = 'LEAD'
            and one.ehcs_opened_date < coalesce(other.ehcs_closed_date, '9999-12-31')
            and other.ehcs_opened_date < coalesce(one.ehcs_closed_date, '9999-12-31')
    """
    assert count(tables, overlapping) == 0


def test_care_leavers_are_of_age_for_their_category(tables):
    wrong = """
        ssd_care_leavers
        inner join ssd_person on pers_person_id = clea_person_id
        where x_clea_eligibility_code = 'FREL'
            and cast(x_clea_from_date as date) < cast(pers_dob as date) + interval 18 year
    """
    assert count(tables, wrong) == 0
