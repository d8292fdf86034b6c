"""The program beside the server that makes one pack: `python -m layouts.documents.worker`.

Its only argument is the folder with the order, into which it writes the files, how far it is,
and at last what it made, or why it made nothing.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from layouts.documents.making import MADE, PROGRESS, REFUSED, read_order, write_whole
from layouts.documents.pack import PackError, write_pack
from layouts.documents.subjects import document_of
from layouts.downloads.pictures import NoFontError
from layouts.store_access import ReadOnlyStore, StoreUnreadableError
from metrics.catalogue import CatalogueError, load_catalogue

# Reading the figures comes before the forms, and the manifest after them.
STEPS = 5


def main(folder: str) -> int:
    """Make the pack that a folder asks for; 1 where it says why there is none."""
    place = Path(folder)

    def tell(done: int, words: str) -> None:
        told = {"done": done, "steps": STEPS, "words": words}
        write_whole(place / PROGRESS, json.dumps(told))

    # Readers' pages come first.
    os.nice(10)
    try:
        order = read_order(place)
        tell(0, "the figures")
        catalogue = load_catalogue()
        with ReadOnlyStore().connect() as store:
            document = document_of(store, catalogue, order.named, order.title)
        pack = write_pack(document, lambda done, words: tell(done + 1, words))
    except (PackError, NoFontError, StoreUnreadableError, CatalogueError) as error:
        write_whole(place / REFUSED, str(error))
        return 1
    for ending, body in pack.files.items():
        (place / f"pack.{ending}").write_bytes(body)
    made = {
        "name": pack.name,
        "title": document.title,
        "figures": len(document.figures),
        "sizes": {ending: len(body) for ending, body in pack.files.items()},
        "content_sha256": pack.content_sha256,
        "not_made": pack.not_made,
    }
    write_whole(place / MADE, json.dumps(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
