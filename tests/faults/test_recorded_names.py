"""Codes of areas that no longer stand beside their own names, in files as they were served."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ingest.faults import Refused
from ingest.sources.education_statistics import read_education_statistics
from ingest.sources.nomis import read_nomis
from ingest.sources.ons_cmd import read_ons_cmd
from ingest.tidy import TidyFigures
from tests.faults.damage import NAMES_DEEDS, Damage, Places, as_csv_bytes
from tests.ingest.sources.made_fingertips import read as read_fingertips
from tests.ingest.sources.test_education_statistics import LOOKED_AFTER
from tests.ingest.sources.test_nomis import recorded_population
from tests.ingest.sources.test_ons_cmd import LIFE
from tests.ingest.sources.test_recorded_fingertips import RECORDED

Read = Callable[[bytes], TidyFigures]
Served = tuple[bytes, Read, str, str]
TIMES = 24


def _population(recordings: Path) -> Served:
    content, declared = recorded_population(recordings)

    def read(content: bytes) -> TidyFigures:
        return read_nomis([content], declared, "population.csv")

    return content, read, "GEOGRAPHY_CODE", "GEOGRAPHY_NAME"


def _admissions(name: str, recordings: Path) -> Served:
    content = (recordings / "publishers/fingertips" / name).read_bytes()

    def read(content: bytes) -> TidyFigures:
        return read_fingertips(content, **RECORDED).figures

    return content, read, "Area Code", "Area Name"


def _looked_after(recordings: Path) -> Served:
    content = (recordings / "publishers/ees/ks2_la_cla_202425_revised.csv").read_bytes()
    read = partial(read_education_statistics, declared=LOOKED_AFTER, file="ks2.csv")
    return content, read, "new_la_code", "la_name"


def _life(recordings: Path) -> Served:
    (path,) = (recordings / "publishers/ons_beta_v4").glob("life-expectancy-*.csv")
    read = partial(read_ons_cmd, declared=LIFE, file="life.csv")
    return path.read_bytes(), read, "administrative-geography", "Geography"


@pytest.mark.parametrize(
    "served",
    [
        _population,
        partial(_admissions, "fingertips_90284_countyua.csv"),
        partial(_admissions, "fingertips_90284_region.csv"),
        _looked_after,
        _life,
    ],
    ids=["population", "admissions", "admissions by region", "looked after", "life expectancy"],
)
@pytest.mark.soak
def test_codes_beside_the_names_of_others_never_change_a_figure_silently(
    recordings: Path, served: Callable[[Path], Served]
) -> None:
    content, read, code, name = served(recordings)
    good = read(content)
    columns = [column for column in good.frame.columns if column != "row_number"]
    whole = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    others = dict.fromkeys(("period", "value", "lower", "upper", "status", "note"), 0)
    at = Places(code=whole[0].index(code), name=whole[0].index(name), **others)
    codes = tuple(sorted({row[at.code] for row in whole[1:]} - {""}))
    refused = 0
    for seed in range(TIMES):
        chance = random.Random(seed)  # noqa: S311 - damage, not secrets
        deed = NAMES_DEEDS[seed % len(NAMES_DEEDS)]
        rows = [[*row] for row in whole]
        deed(Damage(rows, at, chance, codes))
        try:
            figures = read(as_csv_bytes(rows))
        except Refused:
            refused += 1
            continue
        left = figures.frame[columns]
        if any(row.unplaced for row in figures.rejected):
            # A code went where there was none: the row is set aside and told, the others stand.
            known = left.merge(good.frame[columns], how="inner")
            assert len(known) == len(left), (deed.__name__, seed)
        else:
            assert left.equals(good.frame[columns]), (deed.__name__, seed)
    # What is the same has changed rows alone that no series takes.
    assert refused > TIMES // 2
