"""The declarations from the command line: `python -m metrics --help`."""

from __future__ import annotations

import difflib
import json
import re
import textwrap
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError

from data.store import StoreError, open_store
from metrics.catalogue import (
    METRICS_FOLDER,
    Catalogue,
    CatalogueError,
    load_catalogue,
    mission_folders,
)
from metrics.definition import Metric
from metrics.describing import describe
from metrics.proposition import Proposition
from metrics.proposition_checks import without_figures
from metrics.showing import NotInStoreError, describe_facts, stored_facts
from metrics.wording import write_count

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
TEMPLATE = METRICS_FOLDER / "definitions" / "template.toml"

app = typer.Typer(
    help="What every number means: the missions, their clauses and the metrics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a program.")]
Folder = Annotated[
    Path,
    typer.Option(
        "--folder", help="Where missions/ and definitions/ lie.", file_okay=False, exists=True
    ),
]


@app.command()
def check(as_json: AsJson = False, folder: Folder = METRICS_FOLDER) -> None:
    """Check every declaration. Exits 1 and names every fault if there is one."""
    try:
        catalogue = load_catalogue(folder)
    except CatalogueError as error:
        if as_json:
            typer.echo(_as_json({"faults": error.faults}))
            raise typer.Exit(1) from None
        _refuse(str(error))
    held = sum(metric.figures == "held" for metric in catalogue.metrics.values())
    counts = {
        "missions": len(catalogue.missions),
        "clauses": len(catalogue.clauses),
        "metrics": len(catalogue.metrics),
        "metrics_with_figures": held,
        "series": sum(len(metric.series) for metric in catalogue.metrics.values()),
        "propositions": len(catalogue.propositions),
    }
    notes = [
        note
        for proposition in catalogue.propositions.values()
        for note in without_figures(proposition, catalogue.metrics)
    ]
    if as_json:
        typer.echo(_as_json({"faults": [], "notes": notes, **counts}))
        return
    for note in notes:
        typer.echo(f"Note: {note}", err=True)
    typer.echo(
        f"{write_count(counts['missions'], 'mission', 'missions')}, "
        f"{write_count(counts['clauses'], 'clause', 'clauses')}, "
        f"{write_count(counts['metrics'], 'metric', 'metrics')} "
        f"({held} with figures, in {write_count(counts['series'], 'series', 'series')}), "
        f"{write_count(counts['propositions'], 'proposition', 'propositions')}: no faults."
    )


@app.command(name="list")
def list_metrics(
    mission: Annotated[
        int | None, typer.Option(min=0, max=12, help="Only this mission; 0 is context.")
    ] = None,
    as_json: AsJson = False,
    folder: Folder = METRICS_FOLDER,
) -> None:
    """List the metrics: mission, id, role, whether figures are held, title."""
    catalogue = _load(folder)
    numbers = range(13) if mission is None else [mission]
    rows = [
        {
            "id": metric.id,
            "mission": metric.mission,
            "title": metric.title,
            "role": metric.role.value,
            "role_verified": metric.role_verified,
            "figures": metric.figures,
            "serves": list(metric.serves),
        }
        for number in numbers
        for metric in catalogue.metrics_of(number)
    ]
    if as_json:
        typer.echo(_as_json(rows))
        return
    width = max((len(str(row["id"])) for row in rows), default=0)
    for row in rows:
        typer.echo(
            f"{row['mission']:>2}  {row['id']:<{width}}  {row['role']:<11}  "
            f"{row['figures']:<8}  {row['title']}"
        )


@app.command()
def show(
    metric: Annotated[str, typer.Argument(help="The id of a metric.")],
    area: Annotated[
        str, typer.Option(help="What the store says of this area (a GSS code) instead.")
    ] = "",
    as_json: AsJson = False,
    folder: Folder = METRICS_FOLDER,
) -> None:
    """Say in words what one metric declares, or with --area what is known of one area."""
    catalogue = _load(folder)
    chosen = catalogue.metrics.get(metric)
    if chosen is None:
        near = difflib.get_close_matches(metric, catalogue.metrics, n=3, cutoff=0.5)
        advice = f"Did you mean {', '.join(near)}?" if near else "`python -m metrics list` has all."
        _refuse(f"There is no metric '{metric}'. {advice}")
    if area:
        _show_area(catalogue, chosen, area, as_json)
        return
    if as_json:
        typer.echo(_as_json(chosen.model_dump(mode="json")))
        return
    _say(describe(chosen, catalogue))


def _show_area(catalogue: Catalogue, metric: Metric, code: str, as_json: bool) -> None:
    try:
        with open_store(read_only=True).connect() as connection:
            facts = stored_facts(connection, metric, code)
            if as_json:
                typer.echo(_as_json([one.model_dump(mode="json") for one in facts]))
                return
            _say(describe_facts(connection, catalogue, metric, facts))
    except (NotInStoreError, StoreError) as error:
        _refuse(str(error))
    except SQLAlchemyError as error:
        _refuse(
            f"The store cannot be read ({type(error).__name__}). Build it: python -m ingest load"
        )


def _say(told: list[tuple[str, str]]) -> None:
    """Headings and sentences, folded for a terminal."""
    for heading, sentence in told:
        typer.echo(
            textwrap.fill(
                sentence,
                width=96,
                initial_indent=f"{heading:<12}",
                subsequent_indent=" " * 12,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


@app.command()
def new(
    metric: Annotated[str, typer.Argument(help="The id: small letters, digits and hyphens.")],
    mission: Annotated[str, typer.Option(help="The folder, such as 05_primary_schools.")],
    folder: Folder = METRICS_FOLDER,
) -> None:
    """Write a commented definition to fill in. Never writes over one that exists."""
    folders = mission_folders(folder)
    if mission not in folders:
        _refuse(f"There is no folder '{mission}'. Expected one of: {', '.join(folders)}.")
    if not SLUG.match(metric):
        _refuse(f"'{metric}' cannot be an id. Use small letters, digits and single hyphens.")
    definitions = folder / "definitions"
    taken = next(definitions.glob(f"*/{metric}.toml"), None)
    if taken is not None:
        _refuse(f"The id '{metric}' is taken by {taken.parent.name}/{taken.name}.")
    path = definitions / mission / f"{metric}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    typer.echo(f"Wrote {path}. Fill it in, then run `python -m metrics check`.")


@app.command()
def schema(
    proposition: Annotated[
        bool, typer.Option("--proposition", help="Of a proposition instead of a metric.")
    ] = False,
) -> None:
    """Print the JSON schema of the file that declares a metric, or a proposition."""
    model = Proposition if proposition else Metric
    declared: dict[str, Any] = model.model_json_schema()
    # The folder and the file name give these, so a file that states them is refused.
    for given in ("slug",) if proposition else ("id", "mission"):
        del declared["properties"][given]
        declared["required"].remove(given)
    typer.echo(_as_json(declared))


def _load(folder: Path) -> Catalogue:
    try:
        return load_catalogue(folder)
    except CatalogueError as error:
        _refuse(str(error))


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _as_json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    app()
