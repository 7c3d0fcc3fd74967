"""A key that could be guessed is refused and never shown; a generated one passes."""

from __future__ import annotations

import base64
import random
import stat
import string
from pathlib import Path

import pytest
from vital_signs.sharing import command as share
from vital_signs.sharing.keys import weakness_of

GUESSABLE = [
    " " * 32,
    "\t" * 40,
    "a" * 32,
    "0" * 64,
    "ab" * 20,
    "0123456789" * 4,
    "0123456789abcdef" * 4,
    "abcdefghijklmnopqrstuvwxyz012345",
    "9876543210zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm123456",
    "password" * 4,
    "Password1Password2Password3Passw",
    "passwordpasswordpasswordpassword1",
    "VITAL_SIGNS_PSEUDONYM_KEY_2018_04",
    "correcthorsebatterystaplecorrecthorse",
    "CorrectHorseBatteryStaple2018Purple",
    "correct horse battery staple and four more",
    "a key that is long enough, and no secret",
    "31415926535897932384626433832795028841971",
    "norfolk-childrens-services-2018-04",
    "deadbeef" * 8,
    "2018-04-10T08:00:00+2018-05-10T08:00:00",
    "Kinderschutz2018Kinderschutz2019!",
    "x" * 31,
    "kJ8#" * 10,
    "ключ" * 10,
    "\ud800" * 32,
]


@pytest.mark.parametrize("key", GUESSABLE)
@pytest.mark.parametrize(
    ("option", "name"),
    [("--analyst", "VITAL_SIGNS_PSEUDONYM_KEY"), ("--archive", "VITAL_SIGNS_ENCRYPTION_KEY")],
)
def test_a_key_that_could_be_guessed_is_refused(
    key: str,
    option: str,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("VITAL_SIGNS_ENCRYPTION_KEY", raising=False)
    # Not setenv: the system would not take every one of them.
    monkeypatch.setattr("vital_signs.sharing.keys.os.environ", {name: key})
    assert share.main([option, str(tmp_path / "out.duckdb")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"error: {name} ") and said.err.count("\n") == 1
    assert "--make-key" in said.err
    assert key.strip() == "" or key not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["hex 16", "hex 32", "base64 32", "url-safe 48", "printable"])
def test_what_a_generator_makes_passes(kind: str) -> None:
    chance = random.Random(kind)
    signs = string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~"
    made = {
        "hex 16": lambda: chance.randbytes(16).hex(),
        "hex 32": lambda: chance.randbytes(32).hex(),
        "base64 32": lambda: base64.b64encode(chance.randbytes(32)).decode(),
        "url-safe 48": lambda: base64.urlsafe_b64encode(chance.randbytes(48)).decode(),
        "printable": lambda: "".join(chance.choices(signs, k=40)),
    }[kind]
    refused = [key for key in (made() for _ in range(5000)) if weakness_of(key)]
    assert len(refused) <= 25, refused[:3]


def test_a_key_is_made_for_its_owner_and_never_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "key"
    assert share.main(["--make-key", str(path)]) == 0
    key = path.read_text().strip()
    assert weakness_of(key) is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    said = capsys.readouterr()
    assert key not in said.out + said.err
    assert share.main(["--make-key", str(path)]) == 2
    assert "already exists" in capsys.readouterr().err
    assert path.read_text().strip() == key
    assert share.main(["--make-key", str(tmp_path / "none" / "key")]) == 2
