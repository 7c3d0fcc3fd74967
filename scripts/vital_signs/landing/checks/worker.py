"""The process in which Great Expectations judges the profiles of an extract.

Reads one JSON object per line, `{"checks": [{"method", "series", "arguments"}], "series": {name:
[value]}}`, and answers each with a line `[{"success", "unexpected"}]`, in the order of the checks;
`unexpected` lists the positions in the series that failed. A check that raised is null.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import Any, TextIO

ID = "check"


def _take_over_output() -> TextIO:
    """Return the stream for answers; anything that a library prints is discarded."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return answers


class Judge:
    """Great Expectations with everything that writes, draws or phones home switched off."""

    def __init__(self) -> None:
        # Imported here: it takes seconds, and only this process should have to wait.
        import great_expectations as gx
        import pandas as pd
        from great_expectations.data_context.types.base import ProgressBarsConfig

        self._gx, self._pd = gx, pd
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(
            globally=False, metric_calculations=False
        )
        # One asset for all tables: each new one writes the whole context out as YAML.
        asset = context.data_sources.add_pandas("extract").add_dataframe_asset("table")
        self._table = asset.add_batch_definition_whole_dataframe("whole")

    def judge(
        self, checks: list[dict[str, Any]], series: dict[str, list[Any]]
    ) -> list[dict[str, Any] | None]:
        """Return the verdict on each check of one table."""
        batch = self._batch(series)
        verdicts: list[dict[str, Any] | None] = [None] * len(checks)
        numbered = dict(enumerate(checks))
        for number, result in self._validate(batch, numbered, "BOOLEAN_ONLY"):
            if not _has_raised(result):
                verdicts[number] = {"success": bool(result.success), "unexpected": []}
        # Locating failures costs twice as much as the verdict, so only failed checks have it.
        failed = {
            number: checks[number]
            for number, verdict in enumerate(verdicts)
            if verdict and not verdict["success"]
        }
        if failed:
            for number, result in self._validate(batch, failed, "COMPLETE"):
                places = result.result.get("unexpected_index_list") or []
                verdicts[number]["unexpected"] = [int(place) for place in places]
        return verdicts

    def _batch(self, series: dict[str, list[Any]]) -> Any:
        """Return a batch of one dataframe with a column for each series.

        Series differ in length: past its end each repeats its first value, which does not change
        any verdict.
        """
        longest = max(map(len, series.values()), default=0)
        columns = {
            name: self._pd.Series(
                values + (values[:1] or [None]) * (longest - len(values)), dtype=object
            )
            for name, values in series.items()
        }
        return self._table.get_batch({"dataframe": self._pd.DataFrame(columns)})

    def _validate(self, batch: Any, checks: dict[int, dict[str, Any]], result_format: str) -> Any:
        suite = self._gx.ExpectationSuite(
            name=result_format,
            expectations=[
                getattr(self._gx.expectations, check["method"])(
                    column=check["series"], **check["arguments"], meta={ID: number}
                )
                for number, check in checks.items()
            ],
        )
        for result in batch.validate(suite, result_format=result_format).results:
            yield result.expectation_config.meta[ID], result


def _has_raised(result: Any) -> bool:
    information = result.exception_info or {}
    # One exception, or one for each metric that could not be computed.
    entries = [information, *(entry for entry in information.values() if isinstance(entry, dict))]
    return any(entry.get("raised_exception") for entry in entries)


def main() -> None:
    """Answer until the input ends."""
    answers = _take_over_output()
    # The process runs for seconds; collecting garbage would take 10% of the time.
    gc.disable()
    judge = Judge()
    for line in sys.stdin:
        question = json.loads(line)
        answer = judge.judge(question["checks"], question["series"])
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
