"""What the March 2018 report prints about caseloads and changes of worker.

A month is written ``2017-04``. Averages are printed for December 2017 (not all), January, February
and March 2018; the others are chosen near them. In the report the count of children with a change
of worker rests on a base that is wider than the open cases and that jumps after December: here
personal advisers of care leavers are recorded as holding them from January 2018, and children whom
the front door looked at for some days are recorded too.
"""

from __future__ import annotations

from datetime import date

from made_up_county.targets_care import by_months

MAXIMUM = {
    "ASSESSMENT": by_months("2017-03", 36, 37, 32, 43, 38, 37, 41, 43, 51, 52, 43, 35, 40),
    "FIT": by_months("2017-03", 26, 26, 27, 27, 26, 27, 26, 26, 29, 37, 32, 32, 30),
    "LAC": by_months("2017-03", 21, 21, 23, 21, 22, 19, 25, 23, 25, 27, 28, 31, 27),
    "CWD": by_months("2017-03", 23, 23, 23, 24, 23, 23, 27, 25, 26, 24, 25, 26, 26),
}
# The most that anyone but the one with the maximum holds.
OTHERS_AT_MOST = {"ASSESSMENT": 31, "FIT": 25, "LAC": 18, "CWD": 22}
AVERAGE = {
    "ASSESSMENT": by_months("2017-03", 17, 17, 17, 17, 17, 18, 19, 20, 20, 20, 17, 17, 16),
    "FIT": by_months("2017-03", 16, 16, 17, 16, 16, 16, 15, 15, 15, 16, 16, 15, 15),
    "LAC": by_months("2017-03", 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 12),
    "CWD": by_months("2017-03", 15, 15, 15, 15, 15, 15, 15, 15, 14, 14, 17, 15, 16),
}
USUAL_AVERAGE = {"ASSESSMENT": 16, "FIT": 16, "LAC": 13, "CWD": 15}
# What each worker of the newly qualified workers' team holds at the ends of March to October 2017:
# the maxima and averages of 11.6 and 11.6a.
NEWLY_QUALIFIED = (
    (9, 13, 14, 13, 13, 13, 2, 1),
    (3, 2, 9, 8, 6, 6, 2, 0),
    (1, 1, 6, 5, 4, 4, 0, 0),
    (1, 1, 3, 2, 2, 1, 0, 0),
    (1, 1, 3, 2, 1, 0, 0, 0),
    (0, 1, 0, 0, 0, 0, 0, 0),
)
NEWLY_QUALIFIED_FROM = date(2017, 3, 1)

# Children held at any time in the month: the base of C1p and C2p that both percentages allow.
EVER_HELD = {"2017-12": 4650, "2018-01": 5000, "2018-02": 5080, "2018-03": 5075}
# C1 (January from 4.0 %) and C2.
NEW_TEAM = {"2017-12": 185, "2018-01": 200, "2018-02": 177, "2018-03": 202}
NEW_WORKER = {"2017-12": 187, "2018-01": 371, "2018-02": 234, "2018-03": 219}
USUAL_NEW_WORKER = 175
# C2p of localities in tenths of a per cent, and the decimals that are printed.
NEW_WORKER_IN = {
    ("YARMOUTH", "2018-02"): (12, 1),
    ("YARMOUTH", "2018-03"): (53, 1),
    ("NORTH", "2018-02"): (70, 0),
    ("NORTH", "2018-03"): (100, 0),
    ("NORWICH", "2018-03"): (30, 0),
}
# From this day on care leavers' personal advisers are recorded as the ones who hold them.
ADVISERS_FROM = date(2018, 1, 8)
