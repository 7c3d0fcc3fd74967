"""Workers and allocations: who holds each child, from the spans in which children are in work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from demo.world import Span, World

# Where spans of a child overlap, the service that holds the child.
RANK = {"LAC": 5, "CP": 4, "CIN": 3, "ASSESSMENT": 2, "CARE_LEAVER": 1}
# Workers of a team by its type.
WORKERS = {"ASSESSMENT": 9, "FIT": 7, "LAC": 11, "CWD": 8, "NIPE": 6, "LEAVING_CARE": 14}


@dataclass(slots=True)
class Stretch:
    """A time in which one span holds the child."""

    span: Span
    start: date
    end: date | None


def stretches(spans: list[Span]) -> list[Stretch]:
    """Cut the spans of one child into stretches that do not overlap; the higher service wins."""
    days = sorted({span.start for span in spans} | {span.end for span in spans if span.end})
    made: list[Stretch] = []
    for n, day in enumerate(days):
        following = days[n + 1] if n + 1 < len(days) else None
        here = [
            span for span in spans if span.start <= day and (span.end is None or span.end > day)
        ]
        if not here:
            continue
        best = max(here, key=lambda span: (RANK[span.service], span.start))
        last = made[-1] if made else None
        if last and last.end == day and last.span is best:
            last.end = following
        else:
            made.append(Stretch(best, day, following))
    return made


def build(world: World) -> None:
    """Append the workers and the allocations of every child in work."""
    workers: dict[str, list[str]] = {}
    for team in world.teams:
        workers[team.id] = []
        for _ in range(WORKERS.get(team.type, 4)):
            worker = world.new_id("W")
            workers[team.id].append(worker)
            world.add(
                "ssd_professionals",
                prof_professional_id=worker,
                prof_staff_id=worker,
                prof_professional_job_title="Social worker",
                prof_professional_department=team.id,
                prof_full_time_equivalency=1,
                x_prof_is_qualified_sw="N" if team.type == "EHFF" else "Y",
            )
    by_person: dict[str, list[Span]] = defaultdict(list)
    for span in world.spans:
        by_person[span.person.id].append(span)
    for person_id, spans in by_person.items():
        previous: tuple[str, str, dict[str, object]] | None = None
        for stretch in stretches(spans):
            span = stretch.span
            key = span.person.family_id
            team = span.team_id or world.team(span.team_type, span.locality, stretch.start, key)
            staff = workers[team]
            worker = staff[int(key[1:]) % len(staff)]
            if previous and previous[:2] == (team, worker):
                row = previous[2]
                if row["invo_involvement_end_date"] == stretch.start:
                    row["invo_involvement_end_date"] = stretch.end
                    continue
            row = world.add(
                "ssd_involvements",
                invo_involvements_id=world.new_id("L"),
                invo_person_id=person_id,
                invo_professional_id=worker,
                invo_professional_role_id="SW",
                invo_professional_team=team,
                invo_involvement_start_date=stretch.start,
                invo_involvement_end_date=stretch.end,
                invo_referral_id=span.referral_id,
                x_invo_is_allocated="Y",
            )
            previous = (team, worker, row)
