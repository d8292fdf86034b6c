"""Damage of the kinds that tables meet on their way, done to a good one by a seeded hand.

A table is its rows of text, the header first. Each deed changes the rows it is given; bytes are
damaged by the functions at the end.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

Rows = list[list[str]]
SYMBOLS = ("[x]", "..", "-", "*", "n/a", "#N/A", "12.5 (r)", "=1+1", "\N{MINUS SIGN}1.5", "~", "#")


@dataclass(frozen=True)
class Places:
    """Where things stand in a row: columns by what they hold."""

    code: int
    name: int
    period: int
    value: int
    lower: int
    upper: int
    status: int
    note: int


@dataclass
class Damage:
    """A table under the hand that damages it."""

    rows: Rows
    at: Places
    chance: random.Random
    codes: tuple[str, ...]

    @property
    def body(self) -> Rows:
        return self.rows[1:]

    def row(self) -> list[str]:
        return self.chance.choice(self.body)

    def with_value(self) -> list[str]:
        return self.chance.choice([r for r in self.body if is_number(r[self.at.value])])

    def two_columns(self) -> list[int]:
        return self.chance.sample(range(len(self.rows[0])), 2)

    def block(self) -> Rows:
        start = self.chance.randrange(1, len(self.rows))
        return self.rows[start : start + self.chance.randrange(2, 40)]


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _swap(rows: Rows, one: int, other: int) -> None:
    for row in rows:
        row[one], row[other] = row[other], row[one]


def column_dropped(d: Damage) -> None:
    place = d.chance.randrange(len(d.rows[0]))
    for row in d.rows:
        del row[place]


def column_emptied(d: Damage) -> None:
    place = d.chance.randrange(len(d.rows[0]))
    for row in d.body:
        row[place] = ""


def header_swapped(d: Damage) -> None:
    _swap(d.rows[:1], *d.two_columns())


def columns_swapped(d: Damage) -> None:
    _swap(d.body, *d.two_columns())


def columns_swapped_in_some_rows(d: Damage) -> None:
    _swap(d.block(), *d.two_columns())


def row_shifted(d: Damage) -> None:
    row = d.row()
    row.insert(d.chance.randrange(len(row)), "")
    row.pop()


def row_shifted_left(d: Damage) -> None:
    row = d.row()
    del row[d.chance.randrange(len(row) - 1)]
    row.append("")


def column_shifted(d: Damage) -> None:
    _shift(d, d.chance.choice((d.at.code, d.at.period, d.at.value, d.at.lower, d.at.status)))


def values_exchanged(d: Damage) -> None:
    one, other = d.with_value(), d.with_value()
    at = d.at.value
    one[at], other[at] = other[at], one[at]


def code_misspelt(d: Damage) -> None:
    row = d.row()
    code = row[d.at.code]
    wrong = (code[:-1], code[:-1] + "O", code.lower(), code + "1", "")
    row[d.at.code] = d.chance.choice([text for text in wrong if text != code])


def code_of_another_area(d: Damage) -> None:
    d.row()[d.at.code] = d.chance.choice(d.codes)


def codes_exchanged(d: Damage) -> None:
    one, other = d.row()[d.at.code], d.row()[d.at.code]
    for row in d.body:
        row[d.at.code] = {one: other, other: one}.get(row[d.at.code], row[d.at.code])


def codes_of_two_rows_exchanged(d: Damage) -> None:
    one, other = d.row(), d.row()
    at = d.at.code
    one[at], other[at] = other[at], one[at]


def codes_shifted_against_names(d: Damage) -> None:
    _shift(d, d.at.code)


def names_shifted_against_codes(d: Damage) -> None:
    _shift(d, d.at.name)


def each_code_the_next_ones(d: Damage) -> None:
    codes = sorted({row[d.at.code] for row in d.body})
    following = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    for row in d.body:
        row[d.at.code] = following[row[d.at.code]]


def _shift(d: Damage, place: int) -> None:
    cells = [row[place] for row in d.body]
    step = d.chance.choice((1, -1, 2, 7))
    for row, cell in zip(d.body, [*cells[-step:], *cells[:-step]], strict=True):
        row[place] = cell


def decimal_comma(d: Damage) -> None:
    row = d.with_value()
    row[d.at.value] = row[d.at.value].replace(".", ",")


def decimal_commas(d: Damage) -> None:
    for row in d.body:
        for place in (d.at.value, d.at.lower, d.at.upper):
            row[place] = row[place].replace(".", ",")


def decimal_mark_lost(d: Damage) -> None:
    row = d.with_value()
    row[d.at.value] = row[d.at.value].replace(".", "")


def decimal_marks_lost(d: Damage) -> None:
    for row in d.body:
        row[d.at.value] = row[d.at.value].replace(".", "")


def thousands_grouped(d: Damage) -> None:
    row = d.with_value()
    number = row[d.at.value]
    row[d.at.value] = f"{float(number) * 1000:,.0f}" if abs(float(number)) < 1000 else number


def row_repeated(d: Damage) -> None:
    d.rows.insert(d.chance.randrange(1, len(d.rows)), [*d.row()])


def row_repeated_with_another_figure(d: Damage) -> None:
    row = [*d.with_value()]
    row[d.at.value] = str(float(row[d.at.value]) + 1)
    d.rows.insert(d.chance.randrange(1, len(d.rows)), row)


def rows_in_another_order(d: Damage) -> None:
    body = d.body
    d.chance.shuffle(body)
    d.rows[1:] = body


def unknown_symbol(d: Damage) -> None:
    d.row()[d.chance.choice((d.at.value, d.at.lower))] = d.chance.choice(SYMBOLS)


def unknown_status(d: Damage) -> None:
    d.row()[d.at.status] = d.chance.choice([*SYMBOLS, "q", "cc", "p?"])


def figure_lost(d: Damage) -> None:
    d.with_value()[d.at.value] = ""


def nought_for_missing(d: Damage) -> None:
    blank = [row for row in d.body if row[d.at.value] == ""]
    d.chance.choice(blank or d.body)[d.at.value] = "0"


def row_dropped(d: Damage) -> None:
    del d.rows[d.chance.randrange(1, len(d.rows))]


def rows_cut_off(d: Damage) -> None:
    del d.rows[d.chance.randrange(len(d.rows) // 2, len(d.rows)) :]


def status_letter_changed(d: Damage) -> None:
    row = d.with_value()
    row[d.at.status] = d.chance.choice([letter for letter in "bepru" if letter != row[d.at.status]])


def digit_changed(d: Damage) -> None:
    row = d.with_value()
    digits = [n for n, character in enumerate(row[d.at.value]) if character.isdigit()]
    place = d.chance.choice(digits)
    text = row[d.at.value]
    row[d.at.value] = text[:place] + d.chance.choice("0123456789") + text[place + 1 :]


# What leaves figures as they are, and puts the codes or the names of areas beside others.
NAMES_DEEDS: tuple[Callable[[Damage], None], ...] = (
    *(codes_exchanged, codes_of_two_rows_exchanged, code_of_another_area),
    *(codes_shifted_against_names, names_shifted_against_codes, each_code_the_next_ones),
)
DEEDS: tuple[Callable[[Damage], None], ...] = (
    *(column_dropped, column_emptied, header_swapped, columns_swapped),
    *(columns_swapped_in_some_rows, row_shifted, row_shifted_left, column_shifted),
    *(values_exchanged, code_misspelt, *NAMES_DEEDS),
    *(decimal_comma, decimal_commas, decimal_mark_lost, decimal_marks_lost, thousands_grouped),
    *(row_repeated, row_repeated_with_another_figure, rows_in_another_order),
    *(unknown_symbol, unknown_status, figure_lost, nought_for_missing),
    *(row_dropped, rows_cut_off, status_letter_changed, digit_changed),
)


def as_csv_bytes(rows: Rows) -> bytes:
    """The rows as a file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // 3, len(content) - 1)]


def stray_byte(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return (
        content[:place] + bytes([chance.choice((0x00, 0x80, 0xA3, 0xE9, 0xFF))]) + content[place:]
    )


def encoded_twice(content: bytes, _: random.Random) -> bytes:
    return content.decode("utf-8-sig").encode().decode("latin-1").encode()


def letters_lost(content: bytes, _: random.Random) -> bytes:
    return content.decode("utf-8-sig").encode("ascii", "replace")


def wide_letters(content: bytes, _: random.Random) -> bytes:
    return content.decode("utf-8-sig").encode("utf-16")


def quote_opened(content: bytes, chance: random.Random) -> bytes:
    place = content.index(b"\n", chance.randrange(len(content) // 2))
    return content[: place + 1] + b'"' + content[place + 1 :]


def line_ends_changed(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r\n", b"\n\n")))


BYTES_DEEDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(cut_short, stray_byte, encoded_twice, letters_lost, wide_letters),
    *(quote_opened, line_ends_changed),
)
