"""An attack on the public edition: everything an outsider knows, as one linear system.

The unknowns are the monthly counts of each area. Every figure shown is an equation; sums,
areas, months and shares link them (outsider.py). A count is recovered when linear
programming leaves fewer values for it than the limit has (1 to 5: five), even when it is not
known exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from tests.disclosure import outsider

Cell = tuple[str, date, str]
Row = tuple[dict[Cell, float], float, float]
LOCALITIES = ("BRECKLAND", "NORTH", "NORWICH", "SOUTH", "WEST", "YARMOUTH", "NOT_ALLOCATED")
ROLLING = 12


def month_before(month: date, count: int = 1) -> date:
    """Return the month end so many months earlier."""
    for _ in range(count):
        month = month.replace(day=1) - timedelta(days=1)
    return month


def year_to_date(month: date) -> list[date]:
    """Return the month ends from April up to the month."""
    months = [month]
    while months[-1].month != 4:
        months.append(month_before(months[-1]))
    return months


def names_of(
    ref: str, refs: dict[str, tuple[str | None, str | None]]
) -> tuple[str | None, str | None]:
    """Return what the numerator and the denominator of a ref count.

    Raises UnknownRefError for a ref that outsider.py does not know: nothing is known to be safe
    about it, and an attack that passed over it would prove nothing.
    """
    if ref not in refs:
        raise UnknownRefError(
            f"the attack does not know {ref}: say in tests/disclosure/outsider.py (COUNTED) what it"
            " counts, and in SUMS, WITHIN or SAME how that hangs together with the rest"
        )
    return refs[ref]


class UnknownRefError(AssertionError):
    """The edition has a ref that is not in the outsider's list."""


class Attack:
    """The system of one published edition, and the ranges it leaves for a count."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, edition: str = "public") -> None:
        self.known: dict[Cell, float] = {}
        self.rows: list[Row] = []
        self.refs = outsider.counted()
        self._read_indicators(connection, edition)
        self._read_details(connection, edition)
        self._tie()
        self._substitute()
        self._split()

    def add(self, terms: Iterable[tuple[Cell, float]], low: float, high: float) -> None:
        """Add low <= sum of terms <= high."""
        coefficients: dict[Cell, float] = defaultdict(float)
        for cell, factor in terms:
            coefficients[cell] += factor
        self.rows.append(({c: f for c, f in coefficients.items() if f}, low, high))

    def _months_of(self, window: str, month: date) -> list[date]:
        if window == "rolling_12":
            return [month_before(month, count) for count in range(ROLLING)]
        return [month]

    def _read_indicators(self, connection: duckdb.DuckDBPyConnection, edition: str) -> None:
        found = connection.execute(
            """
            select
                numbers.indicator_ref, numbers.month_end, numbers.area_code, numbers.numerator,
                numbers.denominator, numbers.ytd_numerator, numbers.ytd_denominator,
                numbers.previous_ytd_value, texts.ytd_rule,
                case when texts.data_note like '%rolling 12%' then 'rolling_12' else 'month' end,
                texts.unit
            from published.indicator_values as numbers
            left join published.indicators as texts using (indicator_ref)
            where numbers.edition = ?
            """,
            [edition],
        ).fetchall()
        for ref, month, area, num, den, ytd_num, ytd_den, previous, rule, window, unit in found:
            names = names_of(ref, self.refs)
            for name, shown, to_date in zip(names, (num, den), (ytd_num, ytd_den), strict=True):
                if name is None:
                    continue
                if shown is not None:
                    cells = [(name, each, area) for each in self._months_of(window, month)]
                    self.add(((cell, 1.0) for cell in cells), shown, shown)
                if to_date is not None and rule != "own":
                    cells = [(name, each, area) for each in year_to_date(month)]
                    self.add(((cell, 1.0) for cell in cells), to_date, to_date)
            if previous is not None and rule in ("sum", "ratio") and unit in ("count", "percent"):
                self._add_previous_year(names, month_before(month, 12), area, previous, rule)

    def _add_previous_year(
        self,
        names: tuple[str | None, str | None],
        month: date,
        area: str,
        value: float,
        rule: str,
    ) -> None:
        top = [((names[0], each, area), 1.0) for each in year_to_date(month) if names[0]]
        if rule == "sum":
            self.add(top, value, value)
        elif names[1]:
            bottom = [((names[1], each, area), -value) for each in year_to_date(month)]
            self.add([*((cell, 100.0) for cell, _ in top), *bottom], -1e-6, 1e-6)

    def _read_details(self, connection: duckdb.DuckDBPyConnection, edition: str) -> None:
        for table, columns in outsider.DETAILS.items():
            area = "'COUNTY'" if table == "detail_contacts_by_source" else "area_code"
            for key, quantity, _ in columns:
                for code, month, where, shown in connection.execute(
                    f"select {key}, month_end, {area}, {quantity} from published.{table}"
                    f" where edition = ? and {quantity} is not null",
                    [edition],
                ).fetchall():
                    cell = (outsider.detail_name(table, quantity, code), month, where)
                    self.add([(cell, 1.0)], shown, shown)

    def _tie(self) -> None:
        cells = {cell for coefficients, _, _ in self.rows for cell in coefficients}
        names_in: dict[tuple[date, str], set[str]] = defaultdict(set)
        for name, month, area in cells:
            names_in[month, area].add(name)
        months = sorted({month for _, month, _ in cells})
        local = {name for name, _, area in cells if area != "COUNTY"}
        for month in months:
            for area in ("COUNTY", *LOCALITIES):
                self._tie_within(month, area, local)
            for name in local:
                if name.startswith(("workers_", "largest_")):
                    continue  # a worker may have children in two localities
                parts = [((name, month, area), -1.0) for area in LOCALITIES]
                self.add([((name, month, "COUNTY"), 1.0), *parts], 0, 0)
            before = month_before(month)
            if before not in months:
                continue
            for stock, start, end, may_turn_18 in outsider.FLOWS:
                change = [
                    ((stock, month, "COUNTY"), 1.0),
                    ((stock, before, "COUNTY"), -1.0),
                    ((start, month, "COUNTY"), -1.0),
                    ((end, month, "COUNTY"), 1.0),
                ]
                self.add(change, -math.inf if may_turn_18 else 0, 0)

    def _tie_within(self, month: date, area: str, local: set[str]) -> None:
        is_county = area == "COUNTY"

        def cell(name: str) -> Cell:
            return (name, month, area)

        sums = [*outsider.SUMS, *(outsider.COUNTY_SUMS if is_county else [])]
        for total, parts in sums:
            if is_county or total in local:
                self.add([(cell(total), 1.0), *((cell(part), -1.0) for part in parts)], 0, 0)
        same = [*outsider.SAME, *(outsider.SAME_IN_COUNTY if is_county else [])]
        for left, right in same:
            self.add([(cell(left), 1.0), (cell(right), -1.0)], 0, 0)
        shares = {
            names
            for ref, names in self.refs.items()
            if all(names) and ref not in outsider.NOT_A_SHARE
        }
        for inner, outer in {*shares, *outsider.WITHIN}:
            if is_county or outer in local:
                self.add([(cell(outer), 1.0), (cell(inner), -1.0)], 0, math.inf)

    def _substitute(self) -> None:
        """Substitute what single equations give, until they give nothing more."""
        waiting = self.rows
        while True:
            rest, found = [], False
            for coefficients, low, high in waiting:
                open_terms = {c: f for c, f in coefficients.items() if c not in self.known}
                used = sum(f * self.known[c] for c, f in coefficients.items() if c in self.known)
                low_left, high_left = low - used, high - used
                if not open_terms:
                    if low_left > 1e-3 or high_left < -1e-3:
                        raise AssertionError(f"contradiction: {coefficients} {low} {high}")
                    continue
                is_equation = high - low < 1e-3
                positive = all(f > 0 for f in open_terms.values())
                if is_equation and len(open_terms) == 1:
                    ((only, factor),) = open_terms.items()
                    self.known[only] = round(low_left / factor, 6)
                    found = True
                elif positive and high_left <= 1e-9:
                    self.known.update(dict.fromkeys(open_terms, 0.0))
                    found = True
                else:
                    rest.append((open_terms, low_left, high_left))
            waiting = rest
            if not found:
                self.rows = waiting
                return

    def _split(self) -> None:
        """Sort the equations into groups that share no unknown."""
        parent: dict[Cell, Cell] = {}

        def find(cell: Cell) -> Cell:
            parent.setdefault(cell, cell)
            while parent[cell] != cell:
                parent[cell] = parent[parent[cell]]
                cell = parent[cell]
            return cell

        for coefficients, _, _ in self.rows:
            first, *others = coefficients
            for other in others:
                parent[find(other)] = find(first)
        self.group_of = {cell: find(cell) for cell in list(parent)}
        self.groups: dict[Cell, list[Row]] = defaultdict(list)
        for row in self.rows:
            self.groups[find(next(iter(row[0])))].append(row)
        self._systems: dict[Cell, Any] = {}

    def _system(self, group: Cell) -> Any:
        if group not in self._systems:
            rows = self.groups[group]
            index = {cell: i for i, cell in enumerate({c: None for row in rows for c in row[0]})}
            data: dict[str, list] = {"eq": [], "ub": [], "eq_b": [], "ub_b": []}
            for coefficients, low, high in rows:
                line = np.zeros(len(index))
                for cell, factor in coefficients.items():
                    line[index[cell]] = factor
                if low == high:
                    data["eq"].append(line)
                    data["eq_b"].append(low)
                    continue
                if high < math.inf:
                    data["ub"].append(line)
                    data["ub_b"].append(high)
                if low > -math.inf:
                    data["ub"].append(-line)
                    data["ub_b"].append(-low)
            self._systems[group] = (index, data)
        return self._systems[group]

    def range_of(self, terms: dict[Cell, float]) -> tuple[float, float]:
        """Return the least and the greatest value that a sum of counts can have."""
        fixed = sum(f * self.known[c] for c, f in terms.items() if c in self.known)
        open_terms = {c: f for c, f in terms.items() if c not in self.known}
        groups = {self.group_of.get(cell) for cell in open_terms}
        if not open_terms:
            return fixed, fixed
        if None in groups:
            return 0.0, math.inf
        low, high = fixed, fixed
        for group in groups:
            index, data = self._system(group)
            goal = np.zeros(len(index))
            for cell, factor in open_terms.items():
                if self.group_of[cell] == group:
                    goal[index[cell]] = factor
            ends = []
            for sign in (1, -1):
                solved = linprog(
                    sign * goal,
                    A_ub=csr_matrix(np.array(data["ub"])) if data["ub"] else None,
                    b_ub=data["ub_b"] or None,
                    A_eq=csr_matrix(np.array(data["eq"])) if data["eq"] else None,
                    b_eq=data["eq_b"] or None,
                    bounds=(0, None),
                    method="highs",
                )
                if solved.status == 3:
                    ends.append(-math.inf)
                elif solved.status == 0:
                    ends.append(solved.fun)
                else:
                    raise AssertionError(f"no solution: {solved.message}")
            low += ends[0]
            high -= ends[1]
        return math.ceil(low - 1e-6), math.inf if high == math.inf else math.floor(high + 1e-6)


def small_counts(
    connection: duckdb.DuckDBPyConnection, limit: int, since: date | None = None
) -> dict[str, tuple[dict[Cell, float], float]]:
    """Return the small counts behind the numbers, by a name: their terms and their true value.

    The truth is the internal edition, which the outsider does not have.
    """
    refs = outsider.counted()
    targets: dict[str, tuple[dict[Cell, float], float]] = {}
    for ref, month, area, num, den, window in connection.execute(
        """
        select
            numbers.indicator_ref, numbers.month_end, numbers.area_code, numbers.numerator,
            numbers.denominator,
            case when texts.data_note like '%rolling 12%' then 12 else 1 end
        from published.indicator_values as numbers
        left join published.indicators as texts using (indicator_ref)
        where numbers.edition = 'internal' and (? is null or numbers.month_end >= ?)
        """,
        [since, since],
    ).fetchall():
        months = [month_before(month, count) for count in range(window)]
        top, bottom = names_of(ref, refs)
        shown = [({top: 1.0}, num), ({bottom: 1.0}, den)]
        if top and bottom and ref not in outsider.NOT_A_SHARE and None not in (num, den):
            shown.append(({bottom: 1.0, top: -1.0}, den - num))
        for factors, value in shown:
            if None not in factors and value is not None and 1 <= value <= limit:
                terms = {
                    (name, each, area): factor
                    for name, factor in factors.items()
                    for each in months
                }
                label = " - ".join(factors) + f" {area} {month} over {window}"
                targets[label] = (terms, value)
    for table, columns in outsider.DETAILS.items():
        area = "'COUNTY'" if table == "detail_contacts_by_source" else "area_code"
        for key, quantity, _ in columns:
            for code, month, where, value in connection.execute(
                f"select {key}, month_end, {area}, {quantity} from published.{table}"
                f" where edition = 'internal' and {quantity} between 1 and ?"
                " and (? is null or month_end >= ?)",
                [limit, since, since],
            ).fetchall():
                name = outsider.detail_name(table, quantity, code)
                targets[f"{name} {where} {month}"] = ({(name, month, where): 1.0}, value)
    return targets


def recovered(
    attack: Attack, targets: dict[str, tuple[dict[Cell, float], float]], limit: int
) -> dict[str, tuple[float, float, float]]:
    """Return the small counts that are known to fewer than `limit` values: true, least, most."""
    found = {}
    for label, (terms, value) in targets.items():
        low, high = attack.range_of(terms)
        if not low <= value <= high:
            raise AssertionError(f"{label}: {value} lies outside {low} to {high}")
        if high - low + 1 < limit:
            found[label] = (value, low, high)
    return found
