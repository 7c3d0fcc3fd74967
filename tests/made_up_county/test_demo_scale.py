"""Many counties' worth of cases: copies with ids of their own and earlier dates."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from made_up_county.contract import ID_COLUMNS, TABLES
from made_up_county.scale import MOST_COPIES, write_scaled
from made_up_county.world import World
from made_up_county.writer import UserError


@pytest.fixture
def world():
    made = World(seed=1)
    for _ in range(3):
        child = made.child(on=date(2018, 1, 1), ages=(6, 10))
        made.add(
            "ssd_contacts",
            cont_contact_id=made.new_id("C"),
            cont_person_id=child.id,
            cont_contact_date=date(2018, 4, 10),
            cont_contact_source_code="6",
        )
    made.write_registers()
    return made


@pytest.fixture
def folder(world, tmp_path):
    write_scaled(world, tmp_path, 2)
    return tmp_path


def read(folder, table, columns="*"):
    query = f"select {columns} from read_parquet('{folder / table}.parquet')"
    return duckdb.execute(query).fetchall()


def test_two_counties_have_twice_the_rows_of_one(world, folder):
    for table in TABLES:
        assert len(read(folder, table)) == 2 * len(world.rows[table]), table


def test_the_ids_of_the_copies_are_all_different(folder):
    for table in ("ssd_person", "ssd_contacts", "ssd_department"):
        ids = [row[0] for row in read(folder, table, TABLES[table][0])]
        assert len(set(ids)) == len(ids), table


def test_ids_lead_to_the_copy_s_own_children(folder):
    people = {row[0] for row in read(folder, "ssd_person", "pers_person_id")}
    named = {row[0] for row in read(folder, "ssd_contacts", "cont_person_id")}
    assert named == people


def test_ids_are_letters_and_digits(folder):
    ids = [row[0] for row in read(folder, "ssd_person", "pers_person_id")]
    assert all(id_.isalnum() and len(id_) <= 20 for id_ in ids)


def test_dates_and_codes_are_not_touched_and_every_column_is_text(folder):
    assert set(read(folder, "ssd_contacts", "cont_contact_date, cont_contact_source_code")) == {
        ("2018-04-10", "6")
    }
    relation = duckdb.read_parquet(str(folder / "ssd_contacts.parquet"))
    assert {str(kind) for kind in relation.types} == {"VARCHAR"}


def test_pupil_numbers_are_given_once(folder):
    numbers = [row[0] for row in read(folder, "ssd_person", "pers_upn") if row[0]]
    assert len(set(numbers)) == len(numbers)


def test_every_column_that_names_a_team_or_a_person_is_an_id():
    named = {
        column
        for columns in TABLES.values()
        for column in columns
        if column.endswith(("_person_id", "_team", "_team_id", "_worker_id"))
    }
    assert named <= ID_COLUMNS


def test_more_copies_than_there_are_prefixes_are_refused(world, tmp_path):
    with pytest.raises(UserError, match="at most"):
        write_scaled(world, tmp_path, MOST_COPIES + 1)
