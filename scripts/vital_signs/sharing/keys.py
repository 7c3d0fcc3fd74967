"""Keys: whether one can be guessed, and making one that cannot.

A key is only as strong as it is hard to guess. That cannot be measured, but a text can be checked
for whether it looks as if a generator had made it; anything else is refused, even a good sentence.
Fewer than one in two hundred of the keys that `openssl rand` makes (hexadecimal, or base64 of 32
bytes) are refused by mistake.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

from vital_signs.errors import UserError

SHORTEST_KEY = 32
KEY_BYTES = 32
HOW_TO_MAKE = "make one with: vital-signs share --make-key FILE"
HEXADECIMAL = re.compile(r"[0-9a-f]+|[0-9A-F]+")
PLAIN_SIGNS = re.compile(r"[!-~]+")
CLASSES = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")))
# 32 random characters almost certainly include 8 different ones out of 16, or 16 out of 64.
FEWEST_DISTINCT, FEWEST_DISTINCT_HEXADECIMAL = 16, 8
# Such stretches occur by chance in one key in ten thousand, or fewer.
LONGEST_REPEATED, LONGEST_RUN = 5, 5
# In random text a character and the next are of one class (lower case, capital, digit) a third of
# the time; in words, most of the time.
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
    """Return a key from the environment, or None if it is not set.

    Raises UserError for a key that is short or could be guessed, without showing it.
    """
    value = os.environ.get(name)
    if value is None:
        return None
    weakness = weakness_of(value)
    if weakness:
        raise UserError(f"{name} {weakness}", HOW_TO_MAKE)
    return value


def weakness_of(key: str) -> str | None:
    """Return why a key could be guessed, or None for one that looks random."""
    if len(key.encode(errors="surrogatepass")) < SHORTEST_KEY:
        return f"is shorter than {SHORTEST_KEY} bytes"
    if not PLAIN_SIGNS.fullmatch(key):
        return "contains spaces or other characters that key generators do not use"
    is_hexadecimal = HEXADECIMAL.fullmatch(key) is not None
    fewest = FEWEST_DISTINCT_HEXADECIMAL if is_hexadecimal else FEWEST_DISTINCT
    if len(set(key)) < fewest:
        return f"has fewer than {fewest} different characters"
    if _repeats(key):
        return "repeats part of itself"
    if _has_run(key):
        return "contains characters in alphabetical, numerical or keyboard order"
    if any(word in key.lower() for word in WORDS):
        return "contains a word that is easily guessed"
    found = [pattern.search(key) is not None for pattern in CLASSES]
    is_mixed = found[2] and any(found[:2]) if is_hexadecimal else sum(found) >= FEWEST_CLASSES
    same = sum(_class_of(one) == _class_of(next_one) for one, next_one in pairwise(key))
    if not is_mixed or (not is_hexadecimal and same > MOST_OF_ONE_CLASS * (len(key) - 1)):
        return "looks like words or numbers, not like the output of a key generator"
    return None


def make_key(path: Path) -> None:
    """Write a new key to a file that only its owner can read. Raises UserError if it exists."""
    key = os.urandom(KEY_BYTES).hex()
    while weakness_of(key):
        key = os.urandom(KEY_BYTES).hex()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(
            "the file already exists, and a key in it would be lost",
            "name another file",
            file=str(path),
        ) from None
    except OSError as error:
        raise UserError(
            f"the file cannot be written: {error.strerror}", "choose another folder", file=str(path)
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
    """Return whether characters repeat, or run in sequence up, down or along a keyboard."""
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
