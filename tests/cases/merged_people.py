"""Cases of rules about people, with records that were merged into others (G71, G26)."""

from __future__ import annotations

from tests.quality.cases import Case, Row, case, person, referral

PEOPLE = "ssd_person"
GROWN_UP = "1985-01-01"


def blank(person_id: str, into: str, **columns: str) -> tuple[str, Row]:
    """A record merged into another, with no information about the person."""
    nothing = {"pers_dob": "", "pers_sex": "", "pers_ethnicity": "", "x_pers_merged_into_id": into}
    return person(person_id, **(nothing | columns))


def numbered(person_id: str, into: str = "", upn: str = "") -> tuple[str, Row]:
    return person(person_id, pers_upn=upn, x_pers_merged_into_id=into)


def fails(*person_ids: str) -> list[tuple[str, str]]:
    return [(PEOPLE, person_id) for person_id in person_ids]


def upn(last_digits: str) -> str:
    """A pupil number of this case alone; whether its check letter is right does not matter."""
    return f"A8202001{last_digits}"


def pupil_numbers() -> list[Case]:
    """PER-15: a pupil number belongs to one person, however many records there are of them."""
    one, two, three, circle, spelled, absent = (upn(f"{n:05}") for n in range(11201, 11207))
    return [
        case("PER-15", [numbered("UPNA1", "", one), numbered("UPNA2", "UPNA1", one)], []),
        case(
            "PER-15",
            [
                # three steps, against the order of the ids
                numbered("UPNB1", "UPNB2", two),
                numbered("UPNB2", "UPNB4", two),
                blank("UPNB4", "UPNB3"),
                numbered("UPNB3", "", two),
                # and somebody else, whose two records are told once
                numbered("UPNB5", "UPNB6", two),
                numbered("UPNB6", "", two),
            ],
            fails("UPNB6"),
        ),
        case(
            "PER-15",
            # both merged into a record without a number
            [numbered("UPNC1", "UPNC3", three), numbered("UPNC2", "UPNC3", three), person("UPNC3")],
            [],
        ),
        case(
            "PER-15",
            [numbered("UPND1", "UPND2", circle), numbered("UPND2", "UPND1", circle)],
            [],
        ),
        case(
            "PER-15",
            [
                numbered("UPNE1", "", spelled),
                numbered("UPNE2", " upne1 ", f" {spelled.lower()}"),
                numbered("UPNE3", "", f"{spelled.lower()} "),
            ],
            fails("UPNE3"),
        ),
        case(
            "PER-15",
            # the record that stands is not in the extract
            [numbered("UPNF1", "UPNF0", absent), numbered("UPNF2", "UPNF0", absent)],
            [],
        ),
    ]


def open_over_25() -> list[Case]:
    """PER-07: anything open under any record counts for the person, with their birth date."""
    return [
        case(
            "PER-07",
            [
                person("OLDA1", pers_dob=GROWN_UP),
                blank("OLDA2", "OLDA1"),
                referral("OLDA2R", "OLDA2", "2018-02-01"),
            ],
            fails("OLDA1"),
        ),
        case(
            "PER-07",
            [
                # two steps, open under two of the three: told once
                person("OLDB1", pers_dob=GROWN_UP),
                blank("OLDB2", "OLDB1"),
                blank("OLDB3", "OLDB2"),
                referral("OLDB1R", "OLDB1", "2018-01-02"),
                referral("OLDB3R", " oldb3 ", "2018-02-01 14:30:59"),
            ],
            fails("OLDB1"),
        ),
        case(
            "PER-07",
            [
                # G26: the record that stands has no birth date, the merged ones do
                person("OLDC1", pers_dob=""),
                blank("OLDC2", "OLDC1", pers_dob=GROWN_UP),
                blank("OLDC3", "OLDC1", pers_dob="2010-05-01"),
                referral("OLDC1R", "OLDC1", "2018-02-01"),
            ],
            fails("OLDC2"),
        ),
        case(
            "PER-07",
            [
                # the survivor's own date decides
                person("OLDD1"),
                blank("OLDD2", "OLDD1", pers_dob=GROWN_UP),
                referral("OLDD2R", "OLDD2", "2018-02-01"),
                # 25 until tomorrow
                person("OLDE1", pers_dob="1992-04-11"),
                blank("OLDE2", "OLDE1"),
                referral("OLDE2R", "OLDE2", "2018-02-01"),
                # nothing is open any more
                person("OLDF1", pers_dob=GROWN_UP),
                blank("OLDF2", "OLDF1"),
                referral(
                    "OLDF2R",
                    "OLDF2",
                    "2018-02-01",
                    cine_close_date="2018-03-01",
                    cine_close_reason="RC7",
                ),
                # not born yet
                person("OLDG1", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
                blank("OLDG2", "OLDG1"),
                referral("OLDG2R", "OLDG2", "2018-02-01"),
            ],
            [],
        ),
        case(
            "PER-07",
            [
                # the record that stands is not in the extract
                blank("OLDH2", "OLDH1", pers_dob=GROWN_UP),
                referral("OLDH2R", "OLDH1", "2018-02-01"),
            ],
            fails("OLDH2"),
        ),
    ]


def what_is_known() -> list[Case]:
    """What one record of a person says is not missing on another."""
    return [
        case(
            rule,
            [
                person(f"{name}A1"),
                blank(f"{name}A2", f"{name}A1"),
                blank(f"{name}A3", f"{name}A2"),
                # the record that stands is blank and the other is not
                person(f"{name}B1", pers_dob="", pers_sex="", pers_ethnicity=""),
                person(f"{name}B2", x_pers_merged_into_id=f"{name}B1"),
                # nobody knows: told once, where the person is
                person(f"{name}C1", **{column: ""}),
                blank(f"{name}C2", f"{name}C1"),
            ],
            fails(f"{name}C1"),
        )
        for name, rule, column in (
            ("NODATES", "PER-04", "pers_dob"),
            ("NOSEX", "PER-08", "pers_sex"),
            ("NOETHNICITY", "PER-10", "pers_ethnicity"),
        )
    ] + [
        case(
            "PER-09",
            [
                # born since: the older record is of before
                person("BORN1"),
                person(
                    "BORN2",
                    pers_dob="",
                    pers_expected_dob="2010-05-10",
                    x_pers_merged_into_id="BORN1",
                ),
                person("BORN3", pers_dob="", pers_expected_dob="2018-06-01"),
                person(
                    "BORN4",
                    pers_dob="",
                    pers_expected_dob="2018-06-01",
                    pers_sex="U",
                    x_pers_merged_into_id="BORN3",
                ),
            ],
            fails("BORN3"),
        ),
        case(
            "PER-11",
            [
                # the death stands on one record and the birth on the other
                person("DIED1"),
                blank("DIED2", "DIED1", pers_death_date="2010-04-30"),
                person("DIED3"),
                blank("DIED4", "DIED3", pers_death_date="2010-05-01"),
            ],
            fails("DIED2"),
        ),
    ]


CASES: list[Case] = [*pupil_numbers(), *open_over_25(), *what_is_known()]
