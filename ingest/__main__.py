"""Figures from the command line: `python -m ingest --help`.

Each command imports what it needs when it runs: a start that finds the store up to date should
not wait for the libraries that build one.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.shell import AsJson, Datasets, From, a_day, answer, explained, tell, usage
from ingest.places import Places

app = typer.Typer(
    help="Figures from their publishers to the store: fetched, kept, checked and loaded.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


PLACES = Places()


@app.command()
def pull(
    datasets: Datasets = None,
    folder: From = None,
    known_on: Annotated[
        datetime | None, a_day("--known-on", "When the figures became known; today by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch tables from their publisher (or replay recorded bytes), check and load them.

    Only what has changed since the last time is fetched. Exits 1 if any table was refused or
    could not be had; the figures held of it stay as they were.
    """
    with explained():
        from ingest.commands.pull import pull_datasets

        day = known_on.date() if known_on else None
        outcomes = pull_datasets(PLACES, datasets or [], folder, day, usage)
    if as_json:
        answer([outcome.as_record() for outcome in outcomes])
    else:
        for outcome in outcomes:
            typer.echo(outcome.message, err=outcome.failed)
    raise typer.Exit(1 if any(outcome.failed for outcome in outcomes) else 0)


@app.command()
def load(
    from_archive: Annotated[
        bool,
        typer.Option("--from-archive", help="Also what pulls brought in, from archived bytes."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the store to what the snapshot holds, making or upgrading it first.

    Does nothing, quickly, when the store was already built from the same files. With
    --from-archive every vintage that was pulled is read again from the bytes that were kept, so
    that a lost store comes back without the network. Exits 1 if a table was refused; the others
    are loaded all the same.
    """
    with explained():
        from data.store import alone, migrate, open_store
        from ingest.freshness import inputs_sha256, is_current

        engine = open_store()
        with alone(engine):
            migrate(engine)
            inputs = inputs_sha256(
                PLACES.snapshot, PLACES.reference, PLACES.metrics, PLACES.corrections
            )
            if not from_archive and is_current(engine, inputs):
                typer.echo('{"outcome": "unchanged"}' if as_json else "The store is up to date.")
                return
            from ingest.commands.load import load_all

            report = load_all(PLACES, engine, inputs, from_archive=from_archive)
    tell(report, as_json)
    if not as_json:
        for dataset, refusal in report.refusals.items():
            typer.echo(f"{dataset}: {refusal}", err=True)
    raise typer.Exit(1 if report.refusals else 0)


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC|DATASET]...", help="Metrics or tables; all when none is named."
        ),
    ] = None,
    folder: From = None,
    as_json: AsJson = False,
) -> None:
    """Hold figures to their definitions, without network or store.

    Reads the snapshot, or recorded bytes with --from. Prints the latest West Midlands figures of
    each metric, or every fault at once. Exits 1 if there is a fault.
    """
    with explained():
        from ingest.commands.check import check_names

        report = check_names(PLACES, names or [], folder, usage)
    tell(report, as_json)
    if not as_json:
        for refusal in report.refusals.values():
            typer.echo(str(refusal), err=True)
    raise typer.Exit(1 if report.refusals else 0)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say how fresh every table is: when newer figures are expected, how its last pull ended.

    Also which loads are held back, why, and which were accepted for what reason. Exits 4 if a
    table is failing (its last pull failed or was refused, or a load waits to be accepted),
    otherwise 3 if one is overdue, whoever it is that is late.
    """
    with explained():
        from ingest.commands.status import read_status

        found = read_status(PLACES)
    if as_json:
        answer(found.as_records())
    else:
        for line in found.in_lines():
            typer.echo(line)
    raise typer.Exit(found.exit_code)


@app.command()
def clock(
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
) -> None:
    """Pull every table when it is due, one at a time, until told to stop (SIGTERM).

    How often a table is looked at follows from the rhythm that it declares; failed pulls are
    tried again after growing waits. Every run is recorded, however it ends. Whatever happens to
    one table does not touch the others; see `status`.
    """
    with explained():
        from ingest.commands.clock import run_clock

        run_clock(PLACES, _say, once)


def _say(line: str) -> None:
    # At once: a platform's log should not be behind.
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@app.command()
def snapshot(
    folder: Annotated[
        Path,
        typer.Option("--from", help="The recorded bytes.", file_okay=False, exists=True),
    ],
    retrieved_on: Annotated[
        datetime, a_day("--retrieved-on", "When the recorded bytes were fetched.")
    ],
    datasets: Datasets = None,
    known_on: Annotated[
        datetime | None,
        a_day("--known-on", "When the figures became known, for bytes that no INDEX.csv dates."),
    ] = None,
) -> None:
    """Write recorded bytes into the snapshot as tidy figures with their provenance.

    Vintages that are there stay; the same figures of the same day change nothing. Exits 1 if a
    table was refused.
    """
    with explained():
        from ingest.commands.snapshot import write_snapshot

        day = known_on.date() if known_on else None
        lines, refusals = write_snapshot(
            PLACES, datasets or [], folder, day, retrieved_on.date(), usage
        )
    for line in lines:
        typer.echo(line)
    for dataset, refusal in refusals.items():
        typer.echo(f"{dataset}: {refusal}", err=True)
    raise typer.Exit(1 if refusals else 0)


@app.command()
def diff(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC|DATASET]...", help="Metrics or tables; all when none is named."
        ),
    ] = None,
    first: Annotated[
        datetime | None, a_day("--from", "The earlier day; by default the vintage before the last.")
    ] = None,
    last: Annotated[
        datetime | None, a_day("--to", "The later day; by default the newest vintage.")
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Changes to show for each series.")
    ] = 10,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two vintages: added, withdrawn, revised, given another status.

    West Midlands areas come first, then the largest revisions, in the metric's unit and, where
    there are intervals, in standard errors of the earlier figure. --json has every change.
    """
    with explained():
        from ingest.commands.diff import diff_names

        days = (first.date() if first else None, last.date() if last else None)
        report = diff_names(PLACES, names or [], *days, usage)
    if as_json:
        answer(report.as_record())
    else:
        for line in report.in_lines(most):
            typer.echo(line)


@app.command()
def accept(
    dataset: Annotated[str, typer.Argument(help="The table whose load was held back.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is right; recorded, and shown by status.")
    ],
) -> None:
    """Load figures that were held back because they are so unlike the ones held.

    Exits 1 if nothing waits, or if the figures have faults under the definitions of now.
    """
    if not reason.strip():
        usage("Say why the figures are right: --reason cannot be empty.")
    with explained():
        from ingest.commands.accept import accept_load

        result = accept_load(PLACES, dataset, reason.strip(), usage)
    typer.echo(result.in_words())


@app.command()
def verify(
    figures: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FIGURE]...", help="Ids, or addresses of /figures/."),
    ] = None,
    metrics: Annotated[
        list[str] | None,
        typer.Option("--metric", help="The newest figures of this metric; may be repeated."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="The newest figures of all metrics.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Derive figures again from what is kept of their vintages, and say what became of them.

    Archived bytes are read where their hash is held, otherwise the hashed file of the snapshot.
    Each figure stands, is revised, withdrawn or not reproducible. Exits 0 if all stand, 1 if one
    is not reproducible, 3 if all are and one was revised or withdrawn.
    """
    if not (figures or metrics or every):
        usage("Name figures, or ask for the newest of metrics with --metric or --all.")
    with explained():
        from ingest.commands.verify import verify_figures

        report = verify_figures(PLACES, figures or [], metrics or [], every, usage)
    tell(report, as_json)
    raise typer.Exit(report.exit_code)


@app.command()
def backfill(
    datasets: Datasets = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Read recorded versions from this folder (<commit>/<dataset>/<dataset>.csv).",
            file_okay=False,
            exists=True,
        ),
    ] = None,
    retrieved_on: Annotated[
        datetime | None,
        a_day("--retrieved-on", "When recorded versions were fetched; today by default."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Walk the history of tables and put their earlier versions into the snapshot and the store.

    Fetches from the publisher's public repository unless --from names recorded versions. Nothing
    held is lost or replaced. A version that cannot be read is left out, with the reason. Exits 1
    if a table could not be had or was refused.
    """
    with explained():
        from ingest.commands.backfill import backfill_datasets, refusals_of

        day = (retrieved_on or datetime.now()).date()
        report = backfill_datasets(PLACES, datasets or [], folder, day, usage)
    tell(report, as_json)
    if not as_json:
        for dataset, refusal in refusals_of(report).items():
            typer.echo(f"{dataset}: {refusal}", err=True)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def reference(
    folder: Annotated[
        Path,
        typer.Option(
            "--from", help="The publisher's geography files.", file_okay=False, exists=True
        ),
    ],
) -> None:
    """Make areas, changes, groups and boundaries anew from the publisher's geography files."""
    with explained():
        from ingest.commands.reference import write_reference

        write_reference(folder, PLACES.reference)
    typer.echo(f"Written to {PLACES.reference}.")


if __name__ == "__main__":
    sys.exit(app())
