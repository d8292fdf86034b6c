"""Text that every form of a document can hold."""

from __future__ import annotations

import re

# XML has no way to write these, so no office document can hold them.
_NOT_WRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without the characters that no document can hold: control characters and halves."""
    return _NOT_WRITABLE.sub("", text)
