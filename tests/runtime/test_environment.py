"""The environment is made once, installed again only when requirements change, never half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from data.store import PROJECT
from scripts.environment import Environment, SetupError


def write_wheel(folder: Path, name: str, version: str) -> None:
    """A package that pip installs without any network: one module that knows its version."""
    about = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f'VERSION = "{version}"\n',
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in {**files, f"{about}/RECORD": record}.items():
            wheel.writestr(path, text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose requirements come from a folder of two small packages."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name, version in (("runs", "1.0"), ("runs", "2.0"), ("tries", "1.0")):
        write_wheel(wheels, name, version)
    (tmp_path / "requirements.txt").write_text(f"--no-index\n--find-links {wheels}\nruns==1.0\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\ntries==1.0\n")
    shutil.copytree(PROJECT / "scripts", tmp_path / "scripts")
    return tmp_path


def installed(project: Path, module: str) -> str:
    """The version of a module in the project's environment; empty where it is not installed."""
    question = f"import {module}; print({module}.VERSION)"
    answer = subprocess.run(
        [project / ".venv" / "bin" / "python", "-c", question],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip()


@pytest.mark.slow
def test_environment_follows_the_requirements(project: Path) -> None:
    environment = Environment(project)

    assert environment.prepare("requirements.txt")
    assert installed(project, "runs") == "1.0"
    assert installed(project, "tries") == ""

    # The second start: it would fail if it asked pip for anything.
    wheels = project / "wheels"
    wheels.rename(project / "away")
    assert not environment.prepare("requirements.txt")
    (project / "away").rename(wheels)

    # What tests need includes what the dashboard needs, so neither is installed again after it.
    assert environment.prepare("requirements-dev.txt")
    assert installed(project, "tries") == "1.0"
    assert environment.is_current("requirements.txt")

    # A change in the included file counts for both.
    pinned = (project / "requirements.txt").read_text()
    (project / "requirements.txt").write_text(pinned.replace("runs==1.0", "runs==2.0"))
    assert not environment.is_current("requirements.txt")
    assert not environment.is_current("requirements-dev.txt")
    assert environment.prepare("requirements.txt")
    assert installed(project, "runs") == "2.0"

    # An install that fails may leave anything behind: not even the old state counts as current.
    (project / "requirements.txt").write_text(pinned.replace("runs==1.0", "runs==3.0"))
    with pytest.raises(SetupError, match=r"requirements\.txt could not be installed"):
        environment.prepare("requirements.txt")
    (project / "requirements.txt").write_text(pinned.replace("runs==1.0", "runs==2.0"))
    assert not environment.is_current("requirements.txt")

    # A broken environment is made anew.
    (project / ".venv" / "bin" / "python").unlink()
    assert environment.prepare("requirements.txt")
    assert installed(project, "runs") == "2.0"


@pytest.mark.slow
def test_two_commands_at_once_install_once(project: Path) -> None:
    command = [sys.executable, "-m", "scripts.environment", "requirements.txt"]
    both = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = "".join(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert printed.count("Installing requirements.txt") == 1


def test_python_without_venv_says_what_to_install(project: Path) -> None:
    (project / "without").mkdir()
    (project / "without" / "sitecustomize.py").write_text(
        "import sys\nsys.modules['ensurepip'] = None\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "scripts.environment", "requirements.txt"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": "without"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert "install python3-venv" in run.stderr


def test_read_only_folder_is_named(read_only_checkout: tuple[Path, dict[str, Any]]) -> None:
    folder, other = read_only_checkout
    run = subprocess.run(
        ["scripts/python.sh", "-m", "scripts.environment", "requirements.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **other,
    )
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert f"{folder} is read-only" in run.stderr


def test_no_python_that_is_new_enough(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    run = subprocess.run(
        ["/bin/sh", PROJECT / "scripts" / "python.sh", "-c", "print()"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("Python 3.11 or newer is needed")
