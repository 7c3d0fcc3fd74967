"""Keys: whether one can be guessed, and making one that cannot.

A key is worth what it takes to guess it. That cannot be measured, but it can be seen whether a
text looks as if a generator had made it; what looks otherwise is refused, a good sentence too. Of
the keys that `openssl rand` makes (hexadecimal, or base64 of 32 bytes) fewer than one in two
hundred is refused by mistake.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

from landing.errors import UserError

SHORTEST_KEY = 32
KEY_BYTES = 32
HOW_TO_MAKE = "make one with: python scripts/share.py --make-key FILE"
HEXADECIMAL = re.compile(r"[0-9a-f]+|[0-9A-F]+")
PLAIN_SIGNS = re.compile(r"[!-~]+")
CLASSES = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")))
# Of 16 signs all but surely 8 stand in 32, of 64 all but surely 16.
FEWEST_DISTINCT, FEWEST_DISTINCT_HEXADECIMAL = 16, 8
# By chance such stretches come once in ten thousand keys, or less often.
LONGEST_REPEATED, LONGEST_RUN = 5, 5
# In random text a sign and the next are of one class (small, capital, digit) a third of the time,
# in words most of the time.
MOST_OF_ONE_CLASS = 0.6
FEWEST_CLASSES = 3
ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm")
LONGEST_ROW_OF_KEYS = 5
WORDS = (
    "admin", "archive", "change", "child", "council", "county", "default", "encrypt", "example",
    "letmein", "local", "master", "passphrase", "password", "passwort", "private", "pseudonym",
    "sample", "secret", "signs", "social", "vital", "warehouse", "welcome",
)  # fmt: skip


def secret(name: str) -> str | None:
    """Return a key from the environment, None where it is not set.

    Raises UserError for one that is short or could be guessed, without showing it.
    """
    value = os.environ.get(name)
    if value is None:
        return None
    weakness = weakness_of(value)
    if weakness:
        raise UserError(f"{name} {weakness}", HOW_TO_MAKE)
    return value


def weakness_of(key: str) -> str | None:
    """Return why a key could be guessed, None for one that looks random."""
    if len(key.encode(errors="surrogatepass")) < SHORTEST_KEY:
        return f"is shorter than {SHORTEST_KEY} bytes"
    if not PLAIN_SIGNS.fullmatch(key):
        return "has blanks or other signs that no generator of keys uses"
    is_hexadecimal = HEXADECIMAL.fullmatch(key) is not None
    fewest = FEWEST_DISTINCT_HEXADECIMAL if is_hexadecimal else FEWEST_DISTINCT
    if len(set(key)) < fewest:
        return f"has fewer than {fewest} different signs"
    if _repeats(key):
        return "repeats a part of itself"
    if _has_run(key):
        return "has signs in the order of the alphabet, of numbers or of a keyboard"
    if any(word in key.lower() for word in WORDS):
        return "has a word in it that is guessed first"
    found = [pattern.search(key) is not None for pattern in CLASSES]
    is_mixed = found[2] and any(found[:2]) if is_hexadecimal else sum(found) >= FEWEST_CLASSES
    same = sum(_class_of(one) == _class_of(next_one) for one, next_one in pairwise(key))
    if not is_mixed or (not is_hexadecimal and same > MOST_OF_ONE_CLASS * (len(key) - 1)):
        return "looks like words or numbers, not like what a generator of keys makes"
    return None


def make_key(path: Path) -> None:
    """Write a new key to a file that its owner alone can read. Raises UserError if it is there."""
    key = os.urandom(KEY_BYTES).hex()
    while weakness_of(key):
        key = os.urandom(KEY_BYTES).hex()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(
            "the file is there already, and a key in it would be lost",
            "name another file",
            file=str(path),
        ) from None
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}", "choose another folder", file=str(path)
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key}\n")


def _class_of(sign: str) -> int:
    return next(number for number, pattern in enumerate(CLASSES) if pattern.match(sign))


def _repeats(key: str) -> bool:
    length = LONGEST_REPEATED + 1
    parts = [key[start : start + length].lower() for start in range(len(key) - length + 1)]
    return len(set(parts)) < len(parts)


def _has_run(key: str) -> bool:
    """Return whether signs follow each other by one step, up or down or none, or on a keyboard."""
    lower = key.lower()
    steps = [ord(later) - ord(sign) for sign, later in pairwise(lower)]
    for start in range(len(steps) - LONGEST_RUN + 1):
        stretch = set(steps[start : start + LONGEST_RUN])
        if len(stretch) == 1 and stretch <= {-1, 0, 1}:
            return True
    rows = [one for row in ROWS_OF_KEYS for one in (row, row[::-1])]
    return any(
        row[start : start + LONGEST_ROW_OF_KEYS] in lower
        for row in rows
        for start in range(len(row) - LONGEST_ROW_OF_KEYS + 1)
    )
