"""Files are replaced whole or not at all; a warehouse that cannot be read is one line."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from vital_signs.errors import UserError
from vital_signs.files import OWNER_ONLY, replaced
from vital_signs.warehouse import reading


def test_a_file_is_replaced_at_the_end_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")
    with replaced(path, OWNER_ONLY) as unfinished:
        unfinished.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == OWNER_ONLY


def test_after_an_error_the_old_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), replaced(path) as unfinished:
        unfinished.write_text("half")
        raise RuntimeError
    assert [found.read_text() for found in tmp_path.iterdir()] == ["old"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match=r"cannot be written: .*none\): choose another folder"),
        replaced(tmp_path / "none" / "list.csv"),
    ):
        pass


def test_what_the_warehouse_lacks_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with pytest.raises(UserError, match=r"no such file .*: build it first"), reading(path):
        pass
    duckdb.connect(str(path)).close()
    with (
        pytest.raises(UserError, match="not completely built"),
        reading(path) as connection,
    ):
        connection.execute("from core.dim_extract")
