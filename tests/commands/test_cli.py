"""The command `vital-signs`: its help, and mistakes in a call."""

from __future__ import annotations

import subprocess
import sys

import pytest
from vital_signs.cli import STEPS, main


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_help(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([step, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: vital-signs {step} ")
    # The text of the step, and not only its options.
    assert len(said.partition("Options:")[0].split()) > 10


def test_the_list_of_steps_loads_none_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {step} " in said for step in STEPS)
    program = (
        "import sys; from vital_signs.cli import main; main(['--help']);"
        " sys.exit(any(name in sys.modules for name in ('duckdb', 'jinja2', 'rich', 'yaml')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["lend"], "error: no such command 'lend'"),
        (["land"], "error: missing argument 'FOLDER': see vital-signs land --help\n"),
        (["report"], "error: missing option '--month': see vital-signs report --help\n"),
        (["build", "--demi"], "error: no such option '--demi'"),
        (["build", "--month", "2018-3"], "error: '2018-3' is not a month: write it like 2018-03\n"),
        (["build", "--as-at", "May"], "error: 'May' is not a date: write it like 2018-04-10\n"),
        (["build", "fct_things"], "error: unexpected 'fct_things': see vital-signs build --help\n"),
        (
            ["build", "--demo", "--as-at", "2018-05-10"],
            "error: --demo and --as-at do not go together: give only one of them\n",
        ),
        (
            ["publish"],
            "error: nothing to do is given: give one of --month, --list, --verify, --load\n",
        ),
        (["caselist", "--format", "pdf"], "error: invalid value for '--format': 'pdf' is not one"),
    ],
)
def test_a_mistake_in_the_call_is_one_line(
    call: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(call) == 2
    said = capsys.readouterr()
    assert said.err.startswith(message)
    assert (said.out, said.err.count("\n")) == ("", 1)
