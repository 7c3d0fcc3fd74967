"""Examples about days: before the calendar, sentinels, times with an offset."""

from __future__ import annotations

from tests.cases.example import (
    Example,
    Failures,
    Row,
    Value,
    assessment,
    care_episode,
    contact,
    people,
    protection_plan,
    referral,
)

OLD_DAYS = ("1970-01-01", "1918-02-05", "1979-12-31", "1980-01-01", "1753-01-02", "1899-12-29")


def contacts_at(*times: str) -> dict[str, list[Row]]:
    names = [f"C{number}" for number, _ in enumerate(times)]
    return {
        "ssd_person": people(*names),
        "ssd_contacts": [
            contact(f"K{name}", name, time) for name, time in zip(names, times, strict=True)
        ],
    }


DAYS = (
    Example(
        "dates_before_the_calendar",
        "G66",
        {
            "ssd_person": people(
                *(f"{kind}{n}" for kind in "RPEA" for n, _ in enumerate(OLD_DAYS))
            ),
            "ssd_cin_episodes": [referral(f"R{n}", f"R{n}", day) for n, day in enumerate(OLD_DAYS)],
            "ssd_cp_plans": [
                protection_plan(f"P{n}", f"P{n}", day) for n, day in enumerate(OLD_DAYS)
            ],
            "ssd_cla_episodes": [
                care_episode(f"E{n}", f"E{n}", day) for n, day in enumerate(OLD_DAYS)
            ],
            "ssd_cin_assessments": [
                assessment(f"A{n}", f"A{n}", day) for n, day in enumerate(OLD_DAYS)
            ],
        },
        [
            Value("5.1", 6),
            Value("6.1", 6),
            Value("5.2", 12),
            Value("3.4", 6),
            Value("7.1", 6),
            Value("5.1", 6, "2018-02-28"),
        ],
    ),
    Example(
        "one_old_start_date",
        "G66",
        {
            "ssd_person": people("OLD", "NEW"),
            "ssd_cp_plans": [
                protection_plan("L1", "OLD", "1918-02-05", "2018-03-10"),
                protection_plan("L2", "NEW", "2017-06-01"),
            ],
        },
        [
            Value("6.1", 2, "2018-02-28"),
            Value("6.1", 1),
            Value("6.11a", 1),
            Value("5.2", None),
        ],
    ),
    Example(
        "days_after_the_calendar",
        "G66",
        {
            "ssd_person": people("FAR", "FARTHER", "LATE"),
            "ssd_cin_episodes": [referral("R1", "FAR")],
            "ssd_cp_plans": [
                protection_plan("L1", "FAR", "2017-06-01", "2299-12-31"),
                protection_plan("L2", "FARTHER", "2017-06-01", "9999-12-30"),
                protection_plan("L3", "LATE", "2299-12-31"),
            ],
            "ssd_cin_assessments": [
                assessment("A1", "FAR", "2017-06-01", "2299-12-31"),
                assessment("A2", "FARTHER", "2017-06-01", "9999-12-30"),
                assessment("A3", "LATE", "9999-12-30"),
            ],
        },
        [Value("6.1", 2), Value("3.4", 2)],
    ),
    Example(
        "times_with_an_offset",
        "G69",
        contacts_at(
            "2018-03-31T23:30:00Z",
            "2018-03-31 23:30:00+00:00",
            "2018-03-31T23:30:00.123456Z",
            "2018-03-31T23:30Z",
            "2018-03-31 23:30:00+0000",
            "2018-03-31 23:30:00 +00:00",
            "2018-03-31 23:30:00 UTC",
            "2018-03-31T19:30:00-05:00",
            "2018-04-01T00:30:00+01:00",
            "2018-03-31T23:30Z[UTC]",
            "2018-04-01T00:30+01:00[Europe/London]",
            "2018-03-31T233000Z",
            "2018-03-31 23:30:00 GMT+00:00",
            "2018-03-31T23:30:00+00:00:00",
            # of March
            "2018-03-31Z",
            "2018-03-31+01:00",
            "2018-04-01T00:30:00+02:00",
            "2018-03-31T23:30:00+01:00",
            "2018-04-01 00:30:00+0200",
            "2018-03-31T22:59:59.999Z",
            "2018-03-31T23:30:00",
            "2018-03-31 23:59:59.999",
            "2018-03-01T00:00:00Z",
        ),
        [Value("2.1", 9)],
        [Failures("GEN-02", 0), Failures("GEN-16", 0)],
    ),
    Example(
        "times_with_an_offset_day_first",
        "G69",
        contacts_at(
            "31/03/2018 23:30:00Z",
            "31/03/2018T23:30:00+00:00",
            "31/03/2018 23:30:00.5 +0000",
            "01/04/2018 00:30+01:00",
            # of March
            "01/04/2018 00:30:00+02:00",
            "31/03/2018 23:30:00",
            "31/03/2018 23:30",
        ),
        [Value("2.1", 3)],
        [Failures("GEN-02", 0)],
        date_format="DMY",
    ),
    Example(
        "day_zero",
        "G70",
        {
            "ssd_person": people(*(f"D{n}" for n in range(9)), "PLAN", "LAC"),
            "ssd_cin_episodes": [
                referral(f"R{n}", f"D{n}", "2018-01-08", close)
                for n, close in enumerate(
                    (
                        "1899-12-30",
                        "1899-12-31",
                        "1900-01-00",
                        "1904-01-01",
                        "1900-01-01",
                        "1899-12-30 00:00:00",
                        "1900-01-00T00:00:00",
                        "1904-01-01T00:00:00.000Z",
                        "1899-12-30T00:00:00Z",
                    )
                )
            ],
            "ssd_cp_plans": [protection_plan("L1", "PLAN")],
            "ssd_cla_episodes": [care_episode("E1", "LAC")],
        },
        [Value("5.1", 9)],
        [Failures("GEN-01", 9), Failures("GEN-02", 0), Failures("GEN-16", 0)],
    ),
    Example(
        "day_zero_day_first",
        "G70",
        {
            "ssd_person": people(*(f"D{n}" for n in range(4)), "PLAN", "LAC", born="01/05/2010"),
            "ssd_cin_episodes": [
                referral(f"R{n}", f"D{n}", "08/01/2018", close)
                for n, close in enumerate(
                    ("30/12/1899", "00/01/1900", "01/01/1904 00:00", "00/01/1900 00:00:00")
                )
            ],
            "ssd_cp_plans": [protection_plan("L1", "PLAN", "05/02/2018")],
            "ssd_cla_episodes": [care_episode("E1", "LAC", "01/02/2018")],
        },
        [Value("5.1", 4)],
        [Failures("GEN-01", 4), Failures("GEN-02", 0), Failures("GEN-16", 0)],
        date_format="DMY",
    ),
    Example(
        "day_zero_as_a_start",
        "G70",
        {
            "ssd_person": people("D1", "D2"),
            "ssd_cp_plans": [
                protection_plan("L1", "D1", "1900-01-00"),
                protection_plan("L2", "D2", "2018-02-01"),
            ],
        },
        [Value("6.1", 1)],
        [Failures("GEN-01", 1, "ssd_cp_plans"), Failures("GEN-02", 0)],
    ),
)
