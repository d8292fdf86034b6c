"""Who may import whom: the contracts in pyproject.toml hold, and none of them has an exemption."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from data.store import PROJECT

LINT = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_layers_hold() -> None:
    linted = subprocess.run(LINT, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_no_contract_has_an_exemption() -> None:
    assert [c["name"] for c in CONTRACTS["contracts"] if "ignore_imports" in c] == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("data/reads.py", "import metrics"),
        ("metrics/reads.py", "import layouts"),
        ("ingest/reads.py", "import layouts"),
        ("layouts/reads.py", "import ingest"),
        ("layouts/reads.py", "import requests"),
        ("metrics/measures/reads.py", "import sqlalchemy"),
        ("layouts/figures/reads.py", "import dash"),
        ("layouts/reads.py", "import app"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, module: str, line: str) -> None:
    for package in ("data", "ingest", "metrics/measures", "layouts/figures"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    for name in ("metrics/__init__.py", "layouts/__init__.py", "app.py"):
        (tmp_path / name).touch()
    for name in ("store", "reads", "writes"):
        (tmp_path / "data" / f"{name}.py").touch()
    (tmp_path / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text())
    (tmp_path / module).write_text(f"{line}\n")
    linted = subprocess.run(
        LINT,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "BROKEN" in linted.stdout


def test_application_imports_no_network() -> None:
    tree = ast.parse((PROJECT / "app.py").read_text())
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported & {"requests", "urllib3"} == set()
    assert not any(str(name).startswith("ingest") for name in imported)
