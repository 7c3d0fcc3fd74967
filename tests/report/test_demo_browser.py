"""Every page in a real browser, from disk and without a network: quiet, accessible, printable.

A machine without Chromium skips these tests and says so; with VITAL_SIGNS_BROWSER_REQUIRED set, as
on the build server, they fail instead.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from vital_signs.commands import PROJECT
from vital_signs.report.command import make_report

from tests.report.browser import Browser, find_browser

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
REQUIRED = bool(os.environ.get("VITAL_SIGNS_BROWSER_REQUIRED"))
BROWSER = find_browser()
AXE = PROJECT / "tests" / "report" / "axe"
PAGES = (
    "county",
    "breckland",
    "north",
    "norwich",
    "south",
    "west",
    "yarmouth",
    "committee",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
DESKTOP, PHONE = 1440, 360
# A4 across, less the margins that the style sheet asks for, in CSS pixels.
PRINTED_WIDTH = round((297 - 20) / 25.4 * 96)
A4_POINTS = (842, 595)

pytestmark = [
    pytest.mark.skipif(
        not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
    ),
    pytest.mark.skipif(
        not (BROWSER or REQUIRED), reason="needs Chromium, which this machine does not have"
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_report(Path(WAREHOUSE), "2018-03", out=tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BROWSER, "VITAL_SIGNS_BROWSER_REQUIRED is set and there is no Chromium"
    started = Browser(BROWSER)
    yield started
    started.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the text of axe-core, installed from its lock file and never part of the project."""
    npm = shutil.which("npm")
    if npm is None:
        assert not REQUIRED, "VITAL_SIGNS_BROWSER_REQUIRED is set and there is no npm"
        pytest.skip("needs npm, which this machine does not have")
    home = PROJECT / "target" / "axe"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(AXE / name, home / name)
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (home / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_quiet_and_asks_for_nothing(folder: Path, browser: Browser, page: str) -> None:
    file = folder / f"{page}.html"
    browser.open(file)
    browser.run("new Promise(done => setTimeout(done, 200))")

    requested = [
        event["request"]["url"].split("#")[0] for event in browser.seen("Network.requestWillBeSent")
    ]
    assert requested == [file.resolve().as_uri()]
    assert browser.seen("Log.entryAdded") == []
    assert browser.seen("Runtime.consoleAPICalled") == []
    assert browser.seen("Runtime.exceptionThrown") == []


@pytest.mark.parametrize(
    ("page", "width"),
    [("county", DESKTOP), ("norwich", PHONE), ("committee", DESKTOP), ("committee", PHONE)],
)
def test_a_page_breaks_no_rule_of_wcag(
    folder: Path, browser: Browser, axe: str, page: str, width: int
) -> None:
    browser.open(folder / f"{page}.html", width=width)
    browser.run(axe)
    options = json.dumps(
        {
            "runOnly": {"type": "tag", "values": RULES},
            # a good practice that axe does not count among the rules: no two places of one name
            "rules": {"landmark-unique": {"enabled": True}},
            "resultTypes": ["violations"],
        }
    )
    found = browser.run(
        f"axe.run(document, {options}).then(result => result.violations.map(rule => rule.id + ': '"
        " + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))"
    )
    assert found == []


@pytest.mark.parametrize("width", [PHONE, 768, DESKTOP])
@pytest.mark.parametrize("page", ["county", "west", "committee"])
def test_a_page_does_not_scroll_sideways(
    folder: Path, browser: Browser, page: str, width: int
) -> None:
    browser.open(folder / f"{page}.html", width=width)

    assert browser.run("document.documentElement.scrollWidth") == width


def test_the_summary_fits_a_wide_window_without_scrolling(folder: Path, browser: Browser) -> None:
    browser.open(folder / "county.html", width=DESKTOP)
    right = browser.run("document.getElementById('summary-table').getBoundingClientRect().right")
    assert right <= DESKTOP
    browser.run("document.querySelector('#summary-table tr[data-ref=\"7.1\"]').scrollIntoView()")
    top = browser.run("document.querySelector('#summary-table thead').getBoundingClientRect().top")
    assert top == 0, "the header row stays in sight"


# Below 1400 pixels the table scrolls in its own box, above it the page does.
@pytest.mark.parametrize("width", [1366, DESKTOP])
def test_nothing_is_seen_through_the_header_that_stays(
    folder: Path, browser: Browser, width: int
) -> None:
    browser.open(folder / "county.html", width=width)
    browser.run("document.querySelector('#summary-table tr[data-ref=\"7.1\"]').scrollIntoView()")
    clear = browser.run(
        "[...document.querySelectorAll('#summary-table thead, #summary-table thead :is(th, td)')]"
        ".filter(cell => getComputedStyle(cell).backgroundColor !== 'rgb(255, 255, 255)')"
        ".map(cell => cell.outerHTML.slice(0, 90))"
    )
    assert clear == []


def test_drawings_take_the_readers_own_colours(folder: Path, browser: Browser) -> None:
    features = [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-color-scheme", "value": "dark"},
    ]
    browser.call("Emulation.setEmulatedMedia", features=features)
    try:
        browser.open(folder / "county.html")
        # the system colour of the page against those of texts, lines and signs
        colours = browser.run(
            "(() => { const of = (where, what) => [...document.querySelectorAll(where)]"
            ".map(item => getComputedStyle(item)[what]);"
            " return {page: of('body', 'backgroundColor'), texts: of('.chart text', 'fill'),"
            " lines: of('.chart .line, .spark path', 'stroke'), signs: of('.sign', 'color')}; })()"
        )
    finally:
        browser.call("Emulation.setEmulatedMedia", features=[])
    (page,) = colours.pop("page")
    for kind, found in colours.items():
        assert found, kind
        assert min(contrast(colour, page) for colour in set(found)) >= 4.5, kind


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written rgb(0, 0, 0), as WCAG defines it."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_filters_narrow_the_summary_and_say_how_much_is_left(
    folder: Path, browser: Browser
) -> None:
    browser.open(folder / "county.html")
    shown = "[...document.querySelectorAll('#summary-table tr[data-ref]')].filter(r => !r.hidden)"
    everything = browser.run(f"{shown}.length")
    browser.run(
        "(() => { const f = document.getElementById('filters'); f.elements.rag.value = 'red';"
        " f.elements.worse.checked = true; f.dispatchEvent(new Event('change')); })()"
    )
    left = browser.run(f"{shown}.map(r => r.dataset.rag + ' ' + r.dataset.travel)")

    assert 0 < len(left) < everything
    assert set(left) == {"red worsened"}
    said = browser.run("document.querySelector('#filters output').textContent")
    assert said == f"Showing {len(left)} of {everything} indicators"


def test_everything_is_there_without_scripts(folder: Path, browser: Browser) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(folder / "county.html")
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    hidden = browser.run(
        "[...document.querySelectorAll('#summary-table tr')].filter(r => !r.offsetHeight).length"
    )
    assert hidden == 0
    assert browser.run("document.getElementById('filters').offsetHeight") == 0


def test_the_keyboard_goes_from_the_top_into_a_definition(folder: Path, browser: Browser) -> None:
    browser.open(folder / "county.html")
    focused = "document.activeElement.outerHTML.slice(0, 90)"
    browser.press("Tab")
    assert "skip" in browser.run(focused)
    browser.press("Enter")
    seen = []
    for _ in range(40):
        browser.press("Tab")
        seen.append(
            browser.run(
                "document.activeElement.getAttribute('href') || document.activeElement.tagName"
            )
        )
        if seen[-1] == "#d-1.1":
            break
    assert {"SELECT", "INPUT", "BUTTON"} <= set(seen), "the filters are reached"
    assert seen[-1] == "#d-1.1", "and after them the first indicator"
    visible = browser.run("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
    assert visible
    browser.press("Enter")
    assert browser.run("location.hash") == "#d-1.1"


@pytest.mark.parametrize("page", ["county", "norwich", "committee"])
def test_no_table_is_cut_on_paper(folder: Path, browser: Browser, page: str) -> None:
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        browser.open(folder / f"{page}.html", width=PRINTED_WIDTH)
        cut = browser.run(
            "[...document.querySelectorAll('table, svg.chart')]"
            f".filter(t => t.getBoundingClientRect().right > {PRINTED_WIDTH} + 1)"
            ".map(t => t.outerHTML.slice(0, 120))"
        )
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")
    assert cut == []


@pytest.mark.parametrize("page", ["county", "committee"])
def test_every_printed_page_is_a4(folder: Path, browser: Browser, page: str) -> None:
    browser.open(folder / f"{page}.html")
    sizes = page_sizes(browser.pdf())

    assert sizes
    assert set(sizes) == {A4_POINTS}


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of every page in points, read from the file's own objects."""
    texts = [pdf]
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            texts.append(zlib.decompressobj().decompress(pdf[match.end() :]))
        except zlib.error:
            continue
    boxes = [
        box for text in texts for box in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", text)
    ]
    return [(round(float(width)), round(float(height))) for width, height in boxes]
