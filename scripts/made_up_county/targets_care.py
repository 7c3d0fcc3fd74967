"""What the March 2018 report prints about looked-after children, care leavers and adoptions.

Counts by month that the modules of this package work towards. A month is written ``2017-04``.
Numbers that the report does not print are chosen so that the printed totals of the year hold:
the comments say which.

Figures that cannot come out together, and which of them gives way:

- 7.3 March 2018: 1,164 + 42 - 30 leaves at most 1,176 children, the report prints 1,178. Admissions
  are 44 in March; the year to date stays 493.
- 10.1b March 2018: 36 of 72 is 50 %, but the year's adoptions are 67 (7.8: 18.4 % of 365).
- 9.2 April 2017: 10.6 % of 115 children needs a stock of at most 1,090; the committee paper of
  January 2018 has 1,093.
"""

from __future__ import annotations

import math
import random
from datetime import date


def by_months(first: str, *values: int) -> dict[str, int]:
    """Values of consecutive months, by month."""
    year, month = map(int, first.split("-"))
    return {
        f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02d}": value
        for n, value in enumerate(values)
    }


def usual(what: str, month: date, level: float, spread: float) -> float:
    """A number for a month that the report does not print: near a level, as months are."""
    turn = month.year * 12 + month.month
    chance = random.Random(f"{what} {month:%Y-%m}").uniform(-1, 1)
    return level + spread * (0.6 * math.sin(turn / 4.3 + len(what)) + 0.4 * chance)


# 7.1. Printed: December 2017 to March 2018; November from the committee paper; the others are
# chosen inside the bounds that 9.2 (number and percentage) leaves.
STOCK = by_months(
    "2017-03", 1097, 1089, 1089, 1099, 1098, 1103, 1109, 1114, 1131, 1125, 1151, 1164, 1178
)
# The level in March 2016; before that it rose by a little less than one child a month.
EARLIER_STOCK = 1078
RISE = 0.8

# Admissions as (first day, last day, children): 7.3 by calendar month (38, 50, 43 and 44 from
# December; 318 from April to November), and 7.9 by the month of the twentieth working day.
ADMISSIONS = (
    (date(2017, 2, 2), date(2017, 2, 28), 29),
    (date(2017, 3, 2), date(2017, 3, 5), 5),
    (date(2017, 3, 6), date(2017, 3, 29), 28),
    (date(2017, 3, 30), date(2017, 3, 31), 2),
    (date(2017, 4, 2), date(2017, 4, 30), 30),
    (date(2017, 5, 1), date(2017, 5, 2), 2),
    (date(2017, 5, 3), date(2017, 5, 31), 28),
    (date(2017, 6, 1), date(2017, 6, 4), 5),
    (date(2017, 6, 5), date(2017, 6, 30), 35),
    (date(2017, 7, 1), date(2017, 7, 3), 4),
    (date(2017, 7, 4), date(2017, 7, 31), 34),
    (date(2017, 8, 1), date(2017, 8, 2), 3),
    (date(2017, 8, 3), date(2017, 8, 31), 34),
    (date(2017, 9, 1), date(2017, 9, 3), 3),
    (date(2017, 9, 4), date(2017, 9, 30), 39),
    (date(2017, 10, 1), date(2017, 10, 3), 5),
    (date(2017, 10, 4), date(2017, 10, 31), 38),
    (date(2017, 11, 1), date(2017, 11, 2), 3),
    (date(2017, 11, 3), date(2017, 11, 29), 55),
    (date(2017, 12, 1), date(2017, 12, 31), 38),
    (date(2018, 1, 1), date(2018, 1, 3), 8),
    (date(2018, 1, 4), date(2018, 1, 31), 42),
    (date(2018, 2, 1), date(2018, 2, 28), 43),
    (date(2018, 3, 1), date(2018, 3, 1), 7),
    (date(2018, 3, 2), date(2018, 3, 31), 37),
)
# Admissions of 2016-17 before those, and how many of each month were still looked after at the
# end of March 2017: that fixes who passes twelve months in care in 2017-18 (7.10 and 7.11).
ADMISSIONS_2016 = by_months("2016-04", 24, 40, 34, 55, 41, 32, 44, 46, 48, 39)
STILL_IN_CARE_2016 = by_months("2016-04", 14, 29, 24, 44, 31, 23, 34, 37, 37, 31, 21, 31)
# Of those, who leave in the first months of 2017-18 with less than a year in care, by the month
# of admission and by the month of leaving.
LEAVE_BEFORE_A_YEAR = by_months("2016-10", 2, 3, 0, 4, 4, 7)
LEAVE_BEFORE_A_YEAR_IN = by_months("2017-04", 9, 5, 4, 2)

# 7.9: children who were looked after for twenty working days, and those of them with a health
# assessment by then.
TWENTY_DAYS = by_months("2017-03", 31, 25, 29, 28, 34, 32, 33, 40, 37, 50, 40, 39, 49)
ASSESSED_IN_TWENTY_DAYS = by_months("2017-03", 20, 16, 11, 9, 19, 19, 28, 24, 15, 21, 5, 18, 13)

# 7.4 from April 2017 (printed from December: 37, 23, 26, 30; 365 in all), and children who turn 18
# with no end recorded by their birthday, which the stock requires (1, 4 and 0 from January).
CEASED = by_months("2017-04", 34, 26, 26, 35, 28, 31, 33, 36, 37, 23, 26, 30)
TURNED_18 = by_months("2017-04", 4, 4, 4, 4, 4, 5, 5, 5, 7, 1, 4, 0)
# Ceasings on the 18th birthday: not printed.
AT_18 = by_months("2017-04", 8, 6, 5, 8, 7, 8, 7, 9, 9, 9, 5, 15)
# 7.8 (4, 4 and 3 in December, January and March; 67 in the year; below 10 % in February), with the
# adoptions of 2016-17 that the denominators of 10.1b imply.
ADOPTED = by_months(
    "2016-04", 6, 5, 7, 9, 8, 11, 4, 5, 2, 4, 2, 22, 6, 8, 7, 6, 5, 6, 9, 7, 4, 4, 2, 3
)
# 10.1a, the month's own part: the printed sums of twelve months, from March 2017.
ADOPTED_WITHIN_12 = by_months(
    "2016-04", 2, 1, 1, 5, 3, 5, 2, 1, 1, 1, 1, 5, 2, 4, 4, 3, 2, 3, 5, 5, 3, 2, 1, 2
)
# Special guardianship and residence orders: with 7.8 they make 7.5 (14/37, 6/23, 8/26, 9/30, and
# 139 of 365 in the year).
SPECIAL_GUARDIANSHIP = by_months("2017-04", 6, 6, 6, 6, 6, 6, 6, 6, 10, 2, 6, 6)
# Leavers (with those who turn 18) who had been looked after for more than a year: with the
# survivors of 2016-17 they make the printed denominators of 7.10.
LONG_LEAVERS = by_months("2017-04", 27, 22, 20, 25, 21, 23, 25, 27, 26, 16, 20, 22)
A_YEAR_IN_CARE = by_months(
    "2017-03", 741, 728, 735, 739, 758, 768, 768, 775, 782, 793, 804, 801, 803
)

# Days from coming into care to the adoption order, where it is not the usual 440: the average of
# 10.2 jumps with few adoptions in a month.
DAYS_TO_ADOPTION = {
    "2017-01": 400,
    "2017-02": 720,
    "2017-12": 520,
    "2018-01": 700,
    "2018-02": 390,
    "2018-03": 640,
}

# 10.2 and 10.3, days; months that are not printed lie between their neighbours.
A1_DAYS = by_months("2017-03", 344, 339, 333, 326, 319, 313, 315, 317, 318, 320, 330, 321, 328)
A2_DAYS = by_months("2017-03", 192, 190, 187, 184, 181, 179, 175, 171, 166, 162, 158, 157, 144)

# 7.10, 7.11: children up to date of those a year in care.
HEALTH_CHECKED = by_months(
    "2017-03", 641, 622, 590, 579, 602, 614, 611, 613, 610, 604, 604, 613, 596
)
TEETH_CHECKED = by_months(
    "2017-03", 650, 624, 599, 586, 611, 622, 618, 618, 613, 612, 612, 619, 604
)

# Percentages of the stock, in tenths of a per cent. 7.7 is printed for December, February and
# March, 7.13 for December and March, 7.14 for February and March, 7.15 for the last four months.
REVIEWED = by_months("2017-03", 938, 940, 936, 931, 935, 940, 938, 942, 940, 937, 928, 919, 864)
# Reviews held before they fall due, so that as many are due in March as are missed then.
BROUGHT_FORWARD = {"2017-09": 60}
PEP = by_months("2017-03", 880, 884, 881, 876, 872, 868, 870, 876, 882, 885, 882, 880, 887)
PLANNED = by_months("2017-03", 962, 964, 960, 958, 963, 965, 961, 964, 962, 963, 961, 960, 957)
SEEN = by_months("2017-03", 926, 929, 931, 934, 936, 930, 926, 921, 914, 870, 839, 902, 848)
# 7.14 and 7.15 of localities that the report's text names or marks with a colour.
PLANNED_IN = {("NORWICH", "2018-02"): 930, ("NORWICH", "2018-03"): 885}
SEEN_IN = {
    ("NORTH", "2018-02"): 895,
    ("NORTH", "2018-03"): 785,
    ("NORWICH", "2018-02"): 866,
    ("NORWICH", "2018-03"): 766,
    ("BRECKLAND", "2018-03"): 925,
    ("SOUTH", "2018-03"): 880,
    ("WEST", "2018-03"): 872,
}
# 7.17, 7.18: attended and participated, of the month's reviews. April to November are chosen: near
# 72 % attended from August to November, and the year to date 64.9 % and 94.3 %.
ATTENDED = by_months("2017-04", 618, 612, 606, 610, 718, 722, 719, 716, 665, 607, 614, 645)
PARTICIPATED = by_months("2017-04", 930, 934, 928, 932, 938, 942, 940, 944, 957, 944, 964, 967)
ATTENDED_YEAR, PARTICIPATED_YEAR = 649, 943

# 7.6: printed for December 2017 and March 2018, in February below March.
RESIDENTIAL = by_months(
    "2017-02", 128, 127, 126, 127, 128, 126, 127, 129, 130, 131, 132, 131, 128, 130
)
# Table T5, March 2018: children by placement type and age. Ages under 12 are lost in the report;
# 28 children, seven of them babies in mother and baby units.
RESIDENTIAL_BY_AGE: dict[str, dict[int, int]] = {
    "K1": {16: 3, 17: 1},
    "K2": {8: 2, 9: 4, 10: 6, 11: 8, 12: 5, 13: 11, 14: 20, 15: 24, 16: 15, 17: 12},
    "R1": {16: 1},
    "R2": {17: 1},
    "R3": {0: 7, 17: 1},
    "R5": {17: 2},
    "S1": {11: 1, 13: 1, 14: 2, 15: 2, 16: 1},
}

# 9.1 in tenths of a per cent (whole per cents until November).
STABLE = by_months("2017-03", 660, 720, 730, 730, 710, 720, 710, 710, 720, 789, 785, 685, 687)
# 9.2: children with three placements or more in twelve months; February from 10.8 %.
THREE_PLACEMENTS = by_months(
    "2017-03", 108, 115, 113, 103, 116, 117, 123, 119, 122, 120, 123, 126, 133
)

# 8.1 to 8.4: printed for December 2017 to March 2018 (8.2 also March 2017; 8.2 and 8.3 of January
# and 8.3 of December are chosen).
CARE_LEAVERS = by_months("2017-03", 438, 439, 440, 443, 444, 446, 447, 449, 450, 451, 458, 459, 472)
PATHWAY_PLANNED = by_months(
    "2017-03", 425, 421, 416, 412, 408, 404, 399, 394, 390, 385, 393, 395, 418
)
SUITABLY_HOUSED = by_months(
    "2017-03", 409, 410, 411, 413, 415, 416, 417, 418, 419, 420, 427, 428, 430
)
IN_EDUCATION_OR_WORK = by_months(
    "2017-03", 258, 260, 262, 265, 267, 270, 272, 274, 275, 276, 271, 267, 275
)
