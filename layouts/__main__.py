"""What is shown, as files, from the command line: `python -m layouts --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from layouts.publishing.publish import publish, site_of
from layouts.publishing.release import PublishError
from layouts.store_access import StoreUnreadableError
from metrics.catalogue import CatalogueError
from metrics.wording import write_count

app = typer.Typer(
    help="What is shown, as files.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def layouts() -> None:
    """What is shown, as files."""


@app.command(name="publish")
def publish_site(
    folder: Annotated[
        Path,
        typer.Argument(help="Where to. A web server serves its folder `current`."),
    ],
    address: Annotated[
        str,
        typer.Option(help="Where the copy will stand, for site map and links from elsewhere."),
    ],
    interactive: Annotated[
        str,
        typer.Option(
            help="Address of the site that answers every choice; without it the copy has no forms."
        ),
    ] = "",
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many to build with; one for each core.")
    ] = None,
) -> None:
    """Write the public site as files, from the figures held now, and switch to it in one step.

    Exits 1 and leaves what was published before as it was when any page or link is broken.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed} pages"), TimeElapsedColumn())
    try:
        site = site_of(address, interactive)
        with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
            task = shown.add_task("pages", total=None)
            made = publish(
                folder,
                site,
                processes=processes,
                progress=lambda pages: shown.update(task, completed=pages),
            )
    except PublishError as error:
        _refuse(*error.faults)
    except (CatalogueError, StoreUnreadableError) as error:
        _refuse(str(error))
    pages = write_count(made.pages, "page", "pages")
    what = f"{pages}, {made.size / 1e6:.1f} MB, figures as known on {made.known_on}"
    if made.changed:
        typer.echo(f"Published {made.release}: {what}.")
    else:
        typer.echo(f"{made.release} was published already: {what}.")


def _refuse(*faults: str) -> NoReturn:
    typer.echo("Nothing was published:", err=True)
    for fault in faults:
        typer.echo(f"  {fault}", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app(prog_name="python -m layouts")
