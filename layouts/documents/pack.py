"""An evidence pack: one document in every form in which it is handed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layouts.documents.content import Document
from layouts.documents.docx_writer import write_docx
from layouts.documents.manifest_writer import content_hash, write_manifest
from layouts.documents.pdf_writer import NoPrinterError, write_pdf
from layouts.documents.xlsx_writer import write_xlsx
from layouts.downloads.names import file_name

# A pack of more is not read by anybody, and would keep the machine from its readers.
MOST_FIGURES = 250
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}
FORMS = {
    "docx": "document to edit (DOCX)",
    "xlsx": "workbook (XLSX)",
    "pdf": "document to print (PDF)",
    "json": "manifest (JSON)",
}
_WRITERS = {"docx": write_docx, "xlsx": write_xlsx, "pdf": write_pdf}
Progress = Callable[[int, str], None]


class PackError(ValueError):
    """No pack can be made of this. The message says why, and what can be done."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack by ending, each under `name` with that ending.

    `not_made` says of a form that could not be made what to install.
    """

    name: str
    files: dict[str, bytes]
    content_sha256: str
    not_made: dict[str, str]


def write_pack(document: Document, progress: Progress | None = None) -> Pack:
    """Write every form of a document. Where PDF cannot be made here, the others still are.

    Args:
        document: the content.
        progress: told before each form how many are done, and which comes next.

    Raises:
        PackError: the document has no figure, or more than a pack may have.
        NoFontError: there is no font on this machine to draw the charts with.
    """
    check_size(len(document.figures))
    name = file_name(["evidence", document.path], document.known_on, "json").removesuffix(".json")
    tell = progress or _in_silence
    files: dict[str, bytes] = {}
    not_made: dict[str, str] = {}
    for done, (ending, write) in enumerate(_WRITERS.items()):
        tell(done, FORMS[ending])
        try:
            files[ending] = write(document)
        except NoPrinterError as error:
            not_made[ending] = str(error)
    tell(len(_WRITERS), FORMS["json"])
    made = {f"{name}.{ending}": (TYPES[ending], body) for ending, body in files.items()}
    files["json"] = write_manifest(document, made)
    return Pack(name, files, content_hash(document), not_made)


def _in_silence(_done: int, _next: str) -> None:
    """Where nobody waits."""


def check_size(figures: int) -> None:
    """Refuse a pack without figures, and one with too many.

    Raises:
        PackError: there are none, or more than `MOST_FIGURES`.
    """
    if figures == 0:
        raise PackError("There is no figure to put into a pack.")
    if figures > MOST_FIGURES:
        raise PackError(
            f"A pack holds up to {MOST_FIGURES} figures, and this one would hold {figures}. "
            "Choose fewer, or take away all figures of an area or a metric as a workbook."
        )
