"""What Lighthouse says of public pages, where Node's package manager is there to fetch it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from scripts.prerequisites import NO_BROWSER, find_browser
from tests.bench.figures import Figure
from tests.fixtures.browser import FLAGS

# The newest version that Node 20 runs.
PACKAGE = "lighthouse@12"
# Scores from 0 to 1, and what each should reach.
TARGETS = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
KINDS = ("board", "mission", "metric", "area")
INSTALL_SECONDS = 600
AUDIT_SECONDS = 300


def measure(url: str, kinds: dict[str, list[str]], folder: Path) -> tuple[list[Figure], list[str]]:
    """Audit one published page of each of a few kinds.

    Args:
        url: of a published copy.
        kinds: addresses by kind of page.
        folder: for the program and its reports.

    Returns:
        The scores, and what could not be audited and why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    program, why = _program(folder)
    browser = find_browser()
    if browser is None or program is None:
        return [], [f"Lighthouse: {why or NO_BROWSER}"]
    figures: list[Figure] = []
    faults: list[str] = []
    for kind in KINDS:
        address = f"{url}{kinds[kind][0].rstrip('/')}/"
        scores, fault = _audit(program, browser, address, folder / f"{kind}.json")
        faults += [f"Lighthouse of {address}: {fault}"] if fault else []
        figures += [
            Figure(
                f"published {kind} page", f"Lighthouse, {name}", score, "", 1, TARGETS[name], True
            )
            for name, score in scores.items()
        ]
    return figures, faults


def _program(folder: Path) -> tuple[list[str] | None, str]:
    """The command that runs Lighthouse, or None and why there is none."""
    installed = shutil.which("lighthouse")
    if installed:
        return [installed], ""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None, "no npm found: install Node 20 or newer, which brings it"
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    fetched = _run(
        [npm, "install", "--ignore-scripts", "--no-audit", PACKAGE], folder, INSTALL_SECONDS
    )
    if fetched:
        return None, f"npm could not fetch {PACKAGE}: {fetched}"
    return [node, str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")], ""


def _audit(
    program: list[str], browser: str, address: str, report: Path
) -> tuple[dict[str, float], str]:
    """The score of each category, or why there is none."""
    flags = " ".join(["--headless=new", *FLAGS])
    output = ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    fault = _run([*program, address, *output], report.parent, AUDIT_SECONDS, CHROME_PATH=browser)
    if not report.exists():
        return {}, fault or "it wrote no report"
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    scores = {name: found[name]["score"] for name in TARGETS}
    missing = [name for name, score in scores.items() if score is None]
    if missing:
        return {}, f"no score for {', '.join(missing)}"
    return scores, ""


def _run(command: list[str], folder: Path, seconds: float, **settings: str) -> str:
    """Run a program; the last line of what it complained of when it failed, else nothing."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {seconds:.0f} seconds"
    said = done.stderr.strip().splitlines()
    return (said[-1] if said else f"it ended with {done.returncode}") if done.returncode else ""
