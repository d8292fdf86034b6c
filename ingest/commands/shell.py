"""What the commands have in common on a shell: options, answers, and how failures are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a program.")]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="Read recorded bytes from this folder (<dataset>/<dataset>.csv and .json).",
        file_okay=False,
        exists=True,
    ),
]
Datasets = Annotated[
    list[str] | None, typer.Argument(metavar="[DATASET]...", help="Tables; all when none is named.")
]


def a_day(name: str, explanation: str) -> Any:
    """An option that is a day, written 2026-01-31."""
    return typer.Option(name, metavar="DATE", formats=["%Y-%m-%d"], help=explanation)


@contextmanager
def explained() -> Iterator[None]:
    """End with status 1 and a message that helps for failures that can be expected."""
    try:
        yield
    except Exception as error:
        from ingest.problems import explain

        if (words := explain(error)) is None:
            raise
        typer.echo(words, err=True)
        raise typer.Exit(1) from None


def answer(value: Any) -> None:
    """Answer a program."""
    typer.echo(json.dumps(value, indent=2, default=str, ensure_ascii=False))


class Report(Protocol):
    """What a command found, for a program and for a person."""

    def as_record(self) -> dict[str, Any]:
        """Everything, for a program."""

    def in_lines(self) -> list[str]:
        """What matters, for a person."""


def tell(report: Report, as_json: bool) -> None:
    """Answer a program, or tell a person."""
    if as_json:
        answer(report.as_record())
        return
    for line in report.in_lines():
        typer.echo(line)


def usage(message: str) -> None:
    """End with status 2: what was asked for does not exist."""
    typer.echo(message, err=True)
    raise typer.Exit(2)
