"""The one kind of failure that a user can mend, and how it is worded."""

from __future__ import annotations


class UserError(Exception):
    """A mistake in the input or the call; its text is one line.

    Reads `<what> (<file>, row, line, column): <what to do>`, without the parts that are not known.
    """

    def __init__(
        self,
        what: str,
        todo: str,
        *,
        file: str | None = None,
        row: int | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        places = [
            file,
            None if row is None else f"row {row}",
            None if line is None else f"line {line}",
            None if column is None else f"column {column}",
        ]
        where = ", ".join(place for place in places if place)
        text = f"{what} ({where}): {todo}" if where else f"{what}: {todo}"
        super().__init__(" ".join(text.split()))


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, for a message of one line."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(" .:") if lines else type(error).__name__
