"""What is shown, as files, from the command line: `python -m layouts --help`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from layouts.brief_command import write_brief_file
from layouts.documents.pack import FORMS, PackError, write_pack
from layouts.documents.subjects import KINDS, document_of
from layouts.downloads.pictures import NoFontError
from layouts.publishing.publish import publish, site_of
from layouts.publishing.release import PublishError
from layouts.store_access import ReadOnlyStore, StoreUnreadableError
from metrics.catalogue import CatalogueError, load_catalogue
from metrics.wording import write_count

PUBLISHED = "Nothing was published:"
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
        _refuse(PUBLISHED, *error.faults)
    except (CatalogueError, StoreUnreadableError) as error:
        _refuse(PUBLISHED, str(error))
    pages = write_count(made.pages, "page", "pages")
    what = f"{pages}, {made.size / 1e6:.1f} MB, figures as known on {made.known_on}"
    if made.changed:
        typer.echo(f"Published {made.release}: {what}.")
    else:
        typer.echo(f"{made.release} was published already: {what}.")


@app.command(name="pack")
def make_pack(
    of: Annotated[list[str], typer.Argument(help=f"What of: {KINDS}.")],
    folder: Annotated[Path, typer.Option(help="Where to; it is made where it is not there.")] = (
        Path()
    ),
    title: Annotated[str, typer.Option(help="What a pack of chosen figures is called.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Say what was written as JSON.")] = False,
) -> None:
    """Write an evidence pack: a document to edit, one to print, a workbook and a manifest.

    Exits 1 and writes nothing where no pack can be made, and 3 where PDF cannot be made on this
    machine and the other forms were written.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        catalogue = load_catalogue()
        with ReadOnlyStore().connect() as store:
            document = document_of(store, catalogue, of, title)
        with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
            task = shown.add_task("figures", total=None)
            pack = write_pack(document, lambda _done, form: shown.update(task, description=form))
        folder.mkdir(parents=True, exist_ok=True)
        for ending, body in pack.files.items():
            (folder / f"{pack.name}.{ending}").write_bytes(body)
    except (PackError, NoFontError, CatalogueError, StoreUnreadableError) as error:
        _refuse("No pack was made:", *str(error).splitlines())
    except OSError as error:
        _refuse("The pack was not written:", f"{folder}: {error.strerror or error}")
    if as_json:
        told = {
            "files": [str(folder / f"{pack.name}.{ending}") for ending in pack.files],
            "figures": len(document.figures),
            "content_sha256": pack.content_sha256,
            "not_made": pack.not_made,
        }
        typer.echo(json.dumps(told, indent=2))
    else:
        number = write_count(len(document.figures), "figure", "figures")
        typer.echo(f"{document.title}: {number}, content {pack.content_sha256[:12]}.")
        for ending, body in pack.files.items():
            place = folder / f"{pack.name}.{ending}"
            typer.echo(f"  {place}: {FORMS[ending]}, {len(body) / 1000:,.0f} kB")
    for reason in pack.not_made.values():
        typer.echo(reason, err=True)
    if pack.not_made:
        raise typer.Exit(3)


def _refuse(heading: str, *faults: str) -> NoReturn:
    typer.echo(heading, err=True)
    for fault in faults:
        typer.echo(f"  {fault}", err=True)
    raise typer.Exit(1)


app.command(name="brief")(write_brief_file)


if __name__ == "__main__":
    app(prog_name="python -m layouts")
