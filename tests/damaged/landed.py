"""Damage that lands as it is and becomes a failure of a quality rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from vital_signs.landing.contract import ContractColumn, load_contract

from tests.damaged.damage import Failure, Landed
from tests.damaged.spoiled import (
    A_DAY,
    PEOPLE,
    SpoiledExtract,
    key_of,
    links,
    rows_around,
    smallest_row,
)

Spoil = Callable[[SpoiledExtract], None]
Row = dict[str, str]
REFERRALS = "ssd_cin_episodes"
CONTACTS = "ssd_contacts"
TEN_MEGABYTES = "x" * 10 * 2**20
TWO_LINES = "said \"help\",\r\nthen rang off, 'bye'"
SQL = "'; drop table raw.ssd_person; --"
FORMULA = "=cmd|'/c calc'!A0"
# The rules about one particular reference; any other that leads nowhere breaks GEN-18, or PER-13 if
# it is a person. A referral that does not exist has no assessment either (S47-08). Not every carer
# is a registered household.
RULES_OF_LINK = {
    ("ssd_contacts", "x_cont_referral_id"): ("CON-05",),
    ("ssd_cin_assessments", "cina_referral_id"): ("ASM-11",),
    ("ssd_s47_enquiry", "s47e_referral_id"): ("GEN-18", "S47-08"),
    ("ssd_involvements", "invo_professional_id"): ("WRK-04",),
    ("ssd_involvements", "invo_professional_team"): ("WRK-08",),
    ("ssd_cla_placement", "x_clap_carer_id"): (),
}


def rows_damage(
    name: str,
    what: str,
    rows: Iterable[tuple[str, Row]],
    *rules: str,
    beside: Iterable[tuple[str, Row]] = (),
    kept: Mapping[tuple[str, str], str] | None = None,
) -> Landed:
    """Return damage by added rows that each break `rules`; `beside` are rows added with them."""
    damaged = list(rows)
    every = [*beside, *damaged]
    keys = tuple(dict.fromkeys((table, key_of(table, row)) for table, row in damaged))

    def spoil(extract: SpoiledExtract) -> None:
        for table, row in every:
            extract.append(table, **row)

    return Landed(
        name,
        what,
        spoil,
        added=Counter(table for table, _ in every),
        cells=kept or {},
        failures=tuple(Failure(rule, *place) for place in keys for rule in rules),
        rows=keys,
    )


def row_damage(
    name: str,
    what: str,
    table: str,
    row_id: str,
    *rules: str,
    kept: tuple[str, ...] = (),
    **cells: str,
) -> Landed:
    """Return damage by one added row; `kept` are columns to look up again in `raw`."""
    row = {**smallest_row(table, row_id), **cells}
    return rows_damage(
        name,
        what,
        [(table, row)],
        *rules,
        beside=rows_around(table, row, row_id),
        kept={(table, column): row[column] for column in kept},
    )


def orphan(table: str, column: ContractColumn, number: int) -> Landed:
    """Return damage by a row with a reference that leads nowhere."""
    general = "PER-13" if column.references == (PEOPLE,) and table != PEOPLE else "GEN-18"
    return row_damage(
        f"{table}.{column.name} leads nowhere",
        f"{column.name} does not match any row of {' or '.join(column.references)}",
        table,
        f"ORPHAN{number}",
        *RULES_OF_LINK.get((table, column.name), (general,)),
        # Somebody in no other row: a person is also known by a record merged into theirs.
        **{column.name: f"NOBODY{number}"},
    )


def referral(name: str, what: str, row_id: str, date: str, *rules: str) -> Landed:
    """Return damage by a referral with the given date."""
    return row_damage(
        name, what, REFERRALS, row_id, *rules, kept=("cine_referral_date",), cine_referral_date=date
    )


# ---- whole files ---------------------------------------------------------------------------


def no_bytes(extract: SpoiledExtract) -> None:
    extract.write_bytes("ssd_permanence", b"")


def header_only(extract: SpoiledExtract) -> None:
    extract.write("ssd_permanence", extract.rows("ssd_permanence")[:1])


def no_file(extract: SpoiledExtract) -> None:
    extract.path("ssd_permanence").unlink()


def cut_between_rows(extract: SpoiledExtract) -> None:
    rows = extract.rows("ssd_cla_visits")
    extract.write("ssd_cla_visits", rows[: len(rows) // 2])


def with_mark(extract: SpoiledExtract) -> None:
    path = extract.path("ssd_cla_health")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def line_ends(table: str, ending: bytes) -> Spoil:
    def spoil(extract: SpoiledExtract) -> None:
        # No field of this table contains a line break.
        path = extract.path(table)
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ending))

    return spoil


def without_column(table: str, column: str) -> Spoil:
    def spoil(extract: SpoiledExtract) -> None:
        header, *rows = extract.rows(table)
        place = header.index(column)
        extract.write(table, [row[:place] + row[place + 1 :] for row in (header, *rows)])

    return spoil


def with_column(table: str, column: str, value: str) -> Spoil:
    def spoil(extract: SpoiledExtract) -> None:
        header, *rows = extract.rows(table)
        extract.write(table, [[*header, column], *([*row, value] for row in rows)])

    return spoil


def as_dmy(extract: SpoiledExtract) -> None:
    extract.describe(date_format="DMY")


def in_year_folder(extract: SpoiledExtract) -> None:
    extract.folder = extract.folder.rename(extract.folder.with_name("year=2018"))
    extract.as_parquet("ssd_family")


def stray_file(name: str) -> Spoil:
    def spoil(extract: SpoiledExtract) -> None:
        (extract.folder / name).write_bytes(b"a,b\n1,2\n")

    return spoil


def with_id(extract_id: str) -> Spoil:
    return lambda extract: extract.describe(extract_id=extract_id)


def inner_link(extract: SpoiledExtract) -> None:
    path = extract.path("ssd_permanence")
    path.rename(extract.folder / "permanence_of_april.txt")
    path.symlink_to("permanence_of_april.txt")


FILES = [
    Landed("empty file", "a table's file is empty", no_bytes, alone=True),
    Landed("header only", "a table has a header but no rows", header_only, alone=True),
    Landed(
        "no file",
        "a table is missing",
        no_file,
        failures=(Failure("BAT-02", "ssd_permanence", "ssd_permanence"),),
        alone=True,
    ),
    Landed(
        "cut off between rows",
        "half of the rows are missing and the last one is complete",
        cut_between_rows,
        failures=(Failure("BAT-03", "ssd_cla_visits", "ssd_cla_visits"),),
        alone=True,
    ),
    Landed("byte order mark", "the file begins with a byte order mark", with_mark),
    Landed("Windows line ends", "lines end with CR and LF", line_ends("ssd_cla_health", b"\r\n")),
    Landed("old Mac line ends", "lines end with only CR", line_ends("ssd_legal_status", b"\r")),
    Landed(
        "optional column missing",
        "an optional column is missing",
        without_column(PEOPLE, "pers_death_date"),
        failures=(Failure("BAT-02", PEOPLE, PEOPLE),),
    ),
    Landed(
        "unknown column",
        "a column is not in the contract",
        with_column(PEOPLE, "shoe_size", "36"),
    ),
    Landed("column without a name", "a header cell is blank", with_column(CONTACTS, "", "1")),
    Landed(
        "carried column",
        "one of the council's own columns begins with x_",
        with_column(PEOPLE, "x_pers_shoe_size", "36"),
    ),
    Landed(
        "carried column with SQL",
        "one of the council's own columns has SQL in its name",
        with_column(CONTACTS, 'x_"; drop table raw.ssd_person; --', "1"),
    ),
    Landed(
        "wrong date format",
        "extract.json says DMY but the dates are YMD",
        as_dmy,
        failures=(Failure("GEN-02", REFERRALS, None),),
        alone=True,
    ),
    Landed(
        "folder called year=2018",
        "the folder's name looks like a partition",
        in_year_folder,
        alone=True,
    ),
    Landed("unknown file", "a file does not belong to any table", stray_file("ssd_persons.csv")),
    Landed("SQL in a file's name", "a file's name is SQL", stray_file(f"{SQL}.csv")),
    Landed("formula in a file's name", "a file's name is a formula", stray_file("=1+1.csv")),
    Landed("dots in a file's name", "a file's name begins with ..", stray_file("..ssd_person.csv")),
    Landed(
        "line break in a file's name", "a file's name has a line break", stray_file("ssd\nx.csv")
    ),
    Landed(
        "link inside the folder",
        "a table's file is a link to another file in the folder",
        inner_link,
        alone=True,
    ),
    Landed("SQL as id", "extract_id is SQL", with_id(SQL), alone=True),
    Landed("formula as id", "extract_id is a formula", with_id(FORMULA), alone=True),
    Landed("path as id", "extract_id is a path", with_id("../../etc/passwd"), alone=True),
]

# ---- rows ------------------------------------------------------------------------------------

VALUES = [
    row_damage(
        "line breaks and quotes",
        "a field contains line breaks, quotation marks and commas, as RFC 4180 allows",
        CONTACTS,
        "LINES1",
        kept=("cont_contact_source_desc",),
        cont_contact_source_desc=TWO_LINES,
    ),
    row_damage(
        "ten megabytes",
        "a field is 10 MB long",
        CONTACTS,
        "LONG1",
        kept=("cont_contact_source_desc",),
        cont_contact_source_desc=TEN_MEGABYTES,
    ),
    row_damage(
        "SQL in a field",
        "a field is SQL",
        CONTACTS,
        "SQL1",
        kept=("cont_contact_source_desc",),
        cont_contact_source_desc=SQL,
    ),
    row_damage("SQL in an id", "an id is SQL", PEOPLE, SQL, "PER-03", "GEN-09"),
    *(
        row_damage(
            f"formula {text[:2]}",
            f"a field begins with {text[0]}, which Excel treats as a formula",
            CONTACTS,
            f"FORMULA{number}",
            kept=("cont_contact_source_desc",),
            cont_contact_source_desc=text,
        )
        for number, text in enumerate((FORMULA, "+1", "-1+2", "@SUM(A1)"))
    ),
    row_damage("formula as an id", "an id is a formula", PEOPLE, FORMULA, "PER-03", "GEN-09"),
    row_damage(
        "Excel's error",
        "a field is #N/A",
        CONTACTS,
        "NA1",
        "GEN-06",
        cont_contact_source_desc="#N/A",
    ),
    row_damage(
        "number with a comma",
        "a number has a thousands separator",
        "ssd_cp_plans",
        "COMMA1",
        "GEN-16",
        kept=("x_cppl_previous_plan_count",),
        x_cppl_previous_plan_count="1,234",
    ),
    row_damage("id with spaces", "an id has spaces around it", PEOPLE, " BLANKS1 ", "GEN-09"),
    row_damage("id in lower case", "an id is in lower case", PEOPLE, "small1", "GEN-09"),
    row_damage("id with a space inside", "an id contains a space", PEOPLE, "IN SIDE", "PER-03"),
]

DATES = [
    referral("DMY among YMD", "a date is DMY", "DMY1", "31/03/2018", "GEN-02"),
    referral("31 February", "a date is 31 February", "FEB31", "2018-02-31", "GEN-02"),
    referral("29 February", "29 February, no leap year", "FEB29", "2017-02-29", "GEN-02"),
    referral("two digits", "a year has two digits", "DIGITS1", "18-03-10", "GEN-02"),
    referral("two digits, DMY", "a date is DMY with the year 18", "DIGITS2", "03/04/18", "GEN-02"),
    referral("not a date", "a date is a word", "SOON1", "soon", "GEN-02"),
    referral("1900", "a required date is 1900-01-01", "Y1900", "1900-01-01", "GEN-01", "REF-01"),
    referral("9999", "a required date is 9999-12-31", "Y9999", "9999-12-31", "GEN-01", "REF-01"),
    referral("later than the extract", "a date is after as_at", "LATE1", "2018-05-02", "GEN-04"),
    row_damage(
        "born on 31 February",
        "a date of birth is not a date",
        PEOPLE,
        "BORN31",
        "PER-05",
        pers_dob="2010-02-31",
    ),
    row_damage(
        "born in 10",
        "the year of a date of birth has two digits",
        PEOPLE,
        "BORN10",
        "PER-05",
        pers_dob="10-02-27",
    ),
    row_damage(
        "closed in 18",
        "the year of an optional date has two digits",
        REFERRALS,
        "CLOSED18",
        "GEN-16",
        cine_close_date="18-03-27",
    ),
    row_damage(
        "closed in 1900",
        "an optional date is 1900-01-01",
        REFERRALS,
        "CLOSED1900",
        "GEN-01",
        cine_close_date="1900-01-01",
    ),
    row_damage(
        "closed in 9999",
        "an optional date is 9999-12-31",
        REFERRALS,
        "CLOSED9999",
        "GEN-01",
        cine_close_date="9999-12-31",
    ),
]


def twice(
    name: str, what: str, table: str, row_id: str, *rules: str, column: str, values: tuple[str, str]
) -> Landed:
    """Return damage by two rows with one id and different values in one column."""
    row = smallest_row(table, row_id)
    return rows_damage(
        name,
        what,
        [(table, {**row, column: value}) for value in values],
        *rules,
        beside=rows_around(table, row, row_id),
    )


def merged(name: str, what: str, *ids: str) -> Landed:
    """Return damage by people each merged into the next one, and the last into the first."""
    return rows_damage(
        name,
        what,
        [
            (PEOPLE, {"pers_person_id": person, "x_pers_merged_into_id": survivor})
            for person, survivor in zip(ids, (*ids[1:], ids[0]), strict=True)
        ],
        "PER-17",
    )


TWINS = [
    twice(
        "duplicate person id",
        "two different people have the same id",
        PEOPLE,
        "TWIN1",
        "PER-02",
        column="pers_dob",
        values=("2010-01-01", "2011-01-01"),
    ),
    twice(
        "duplicate referral id",
        "two different referrals have the same id",
        REFERRALS,
        "TWIN2",
        "GEN-10",
        column="cine_referral_date",
        values=(A_DAY, "2018-03-02"),
    ),
    twice(
        "exact duplicate",
        "a contact is an exact duplicate",
        CONTACTS,
        "TWIN3",
        "GEN-11",
        column="cont_contact_date",
        values=(A_DAY, A_DAY),
    ),
    merged(
        "merged in a circle",
        "three people were merged into one another",
        "RING1",
        "RING2",
        "RING3",
    ),
    merged("merged into itself", "a person was merged into themselves", "SELF1"),
]

ORPHANS = [orphan(table, column, number) for number, (table, column) in enumerate(links())]

LANDED = [*FILES, *VALUES, *DATES, *TWINS, *ORPHANS]


def add_plain_rows(extract: SpoiledExtract) -> dict[str, str]:
    """Add to every table a row like the damaged ones, but undamaged; return the keys."""
    keys = {}
    for number, table in enumerate(table.name for table in load_contract()):
        row_id = f"PLAIN{number}"
        row = smallest_row(table, row_id)
        for place, cells in ((table, row), *rows_around(table, row, row_id)):
            extract.append(place, **cells)
        keys[table] = key_of(table, row)
    return keys


def spoil_with_all(extract: SpoiledExtract) -> list[Landed]:
    """Apply all damage that can be combined to one extract, and return the list."""
    together = [damage for damage in LANDED if not damage.alone]
    # A file that is rewritten as a whole comes after the rows that are added to it.
    for damage in sorted(together, key=lambda damage: not damage.added):
        damage.spoil(extract)
    return together
