"""The failures that a command reports in one line, and how they are worded."""

from __future__ import annotations

LONGEST_QUOTE = 80


class UserError(Exception):
    """A mistake in the input or in the command; its text is one line.

    Reads `<what> (<file>, row, line, column): <what to do>`, leaving out any part not known.
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
            None if column is None else f"column {shortened(column)}",
        ]
        where = ", ".join(place for place in places if place)
        super().__init__(one_line(f"{what} ({where}): {todo}" if where else f"{what}: {todo}"))


class FailedError(Exception):
    """Something that ran and did not pass; its text is one or more lines, each an error."""


def one_line(text: str) -> str:
    """Return a text on one line, with nothing in it that a terminal would act on.

    Names of files and columns come from outside and may contain line breaks and control characters.
    """
    plain = " ".join(text.split())
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in plain)


def shortened(text: str) -> str:
    """Return a text from outside, shortened to fit in a message."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, for a message of one line."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(" .:") if lines else type(error).__name__
