"""Make the whole county: every module in turn, then the registers."""

from __future__ import annotations

from collections.abc import Callable

from made_up_county import care, casework, early_help, foster_carers, visitors, workforce
from made_up_county.world import World

# In the order in which they are built. Each appends rows and spans to the world; the workforce
# comes last, because it turns the spans of all of them into allocations.
MODULES: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("contacts, referrals, assessments, plans", casework.build),
    ("visiting families, conferences stood down", visitors.build),
    ("looked-after children and care leavers", care.build),
    ("early help", early_help.build),
    ("foster carers", foster_carers.build),
    ("workers and allocations", workforce.build),
)


def make(seed: int, report: Callable[[str], None] = lambda _: None) -> World:
    """Make the county of a seed; `report` is told the name of each part as it starts."""
    world = World(seed)
    for name, build in MODULES:
        report(name)
        build(world)
    report("registers")
    world.write_registers()
    return world
