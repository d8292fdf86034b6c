"""Small hand-written tables, definitions and reference files for the tests of ingest."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.areas import AREA_TYPES, CONSTITUENT
from ingest.checking import check_figures
from ingest.loading import Reading
from ingest.pulling import read_pulled
from ingest.snapshot import Retrieved
from ingest.sources.els_datasets import ElsDataset
from ingest.tidy import TidyFigures
from metrics.catalogue import METRICS_FOLDER, Catalogue, load_catalogue
from metrics.definition import Metric

HEADER = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
DATASET = "homes-with-gardens"
LABEL = "Homes with gardens"
ITL1 = {"TLG": "E12000005", "TLB": "E92000001"}
AREA_CODES = (*CONSTITUENT, "E47000007", "E12000005", "E92000001", "E06000053", "E08000016")
Row = tuple[str, str, str]
_KINDS = {"E11": "Metropolitan county", "E12": "Region", "E47": "Combined authority"}
_NAMES_A_METRIC = re.compile(r'^(drawn_by|drawn_in|lowest_by) = ".*"$', re.MULTILINE)


def declared(**changes: Any) -> ElsDataset:
    """The declaration of the example table."""
    keys = {"id": DATASET, "title": LABEL, "cadence": {"every_months": 12}, "licence": "OGL v3.0"}
    return ElsDataset.model_validate({**keys, **changes})


def els_row(
    code: str = "E08000025",
    period: str = "2023-01-01/P1Y",
    value: str = "50.0",
    *,
    lower: str = "",
    upper: str = "",
    status: str = "",
    notes: str = "",
    label: str = LABEL,
    unit: str = "%",
) -> str:
    """One row of the publisher's file."""
    kind = _KINDS.get(code[:3], "Area")
    cells = [code, "A place", kind, label, period, value, "Percentage", unit]
    return ",".join([*cells, lower, upper, status, notes])


def els_csv(*rows: str, header: str = HEADER) -> bytes:
    """A file of the publisher."""
    return "\n".join([header, *rows, ""]).encode()


def els_json(**changes: Any) -> bytes:
    """The publisher's words for a table of one series."""
    words = {
        "label": LABEL,
        "decimalPlaces": 1,
        "sourceDate": "19/02/2026",
        "sourceURL": "https://example.org/gardens",
        "sourceOrg": "Office for Gardens",
        "caveats": "Balconies are left out.",
    }
    return json.dumps({"ess-beta-metadata": {**words, **changes}}).encode()


def metric(metric_id: str = "gardens", **changes: Any) -> Metric:
    """The definition of the example metric; nested keys are replaced as a whole."""
    return Metric.model_validate({**metric_keys(), "id": metric_id, "mission": 0, **changes})


def metric_keys() -> dict[str, Any]:
    """The keys of the example definition, as its TOML file would have them."""
    return {
        "title": "Homes with gardens",
        "short_title": "Gardens",
        "said_as": "the share of homes with a garden",
        "description": "The share of homes that have a garden.",
        "role": "context",
        "role_verified": False,
        "figures": "held",
        "publication": "continuing",
        "unit": {
            "label": "% of homes",
            "suffix": "%",
            "difference": "percentage points",
            "decimals": 1,
        },
        "polarity": "higher_is_better",
        "money": "none",
        "proportion": True,
        "evidence": "intervals",
        "rounding": 0.1,
        "plausible": {"lowest": 0.0, "highest": 100.0},
        "coverage": {
            "countries": ["England"],
            "area_types": list(AREA_TYPES),
            "period": "calendar_year",
            "first_period": "2020-01-01/P1Y",
            "boroughs": False,
            "combined_authority": True,
        },
        "source": {
            "adapter": "els",
            "dataset": DATASET,
            "unit": "%",
            "producer": "Office for Gardens",
            "landing_page": "https://example.org/gardens",
            "licence": "OGL v3.0",
            "accreditation": "official statistics",
        },
        "series": [{"label": LABEL}],
        "aggregation": {"rule": "published_only", "reason": "An example."},
        "reproduces": {"none_because": "An example."},
    }


@cache
def missions() -> Catalogue:
    """The declarations of the product, for their missions."""
    return load_catalogue()


def catalogue(*metrics: Metric) -> Catalogue:
    """The missions as they are, with these metrics in place of the product's own."""
    return dataclasses.replace(missions(), metrics={one.id: one for one in metrics})


def reading(
    rows: Sequence[str],
    known_on: str,
    *,
    one: Metric | None = None,
    areas: Sequence[str] = AREA_CODES,
    **declaration: Any,
) -> Reading:
    """Rows of the publisher's file, read and checked, ready to load."""
    day = date.fromisoformat(known_on)
    csv, words = els_csv(*rows), els_json()
    retrieved = Retrieved(
        url="https://example.org/gardens.csv",
        known_on=day,
        retrieved_on=day,
        sha256="0" * 64,
        size_bytes=len(csv),
        metadata_sha256="1" * 64,
    )
    pulled = read_pulled(declared(**declaration), ITL1, csv, words, retrieved)
    (checked,) = check_figures([pulled.figures], [one or metric()], areas)
    return Reading(checked, pulled.provenance, pulled.provenance.vintage[0])


def values(figures: TidyFigures) -> dict[Row, str]:
    """Value by series, area and period."""
    columns = ["series", "ref_area", "time_period", "obs_value"]
    return {
        (series, area, period): value
        for series, area, period, value in figures.frame[columns].itertuples(index=False)
    }


def write_reference_folder(folder: Path, codes: Sequence[str] = AREA_CODES) -> Path:
    """A folder of reference data with a few areas and nothing else."""
    kinds = {
        "E08": ("metropolitan district", "true", "true"),
        "E06": ("unitary authority", "true", "true"),
        "E47": ("combined authority", "false", "false"),
        "E12": ("region", "false", "false"),
        "E92": ("country", "false", "false"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    areas = [
        ",".join([code, f"Area {code}", *kinds[code[:3]], "", "", "", "", ""]) for code in codes
    ]
    files = {
        "areas.csv": [
            "code,name,type,lower_tier,upper_tier,start_on,end_on,recoded_to,region_code,"
            "country_code",
            *areas,
        ],
        "area_changes.csv": ["old_code,new_code,kind,effective_on,date_precision"],
        "groups.csv": ["id,title,kind,description,source,verified"],
        "memberships.csv": ["group_id,code,role,position,valid_from,valid_to"],
        "itl1.csv": ["itl_code,gss_code,name", *(f"{k},{v},Area {v}" for k, v in ITL1.items())],
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def write_metrics_folder(folder: Path, **definitions: dict[str, Any]) -> Path:
    """A folder of declarations: the product's missions, and these metrics by id."""
    shutil.copytree(METRICS_FOLDER / "missions", folder / "missions", dirs_exist_ok=True)
    # Clauses that name a metric of the product name one that is here.
    named = next(iter(definitions), "gardens").replace("_", "-")
    for path in (folder / "missions").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_NAMES_A_METRIC.sub(rf'\1 = "{named}"', text), encoding="utf-8")
    framework = folder / "missions" / "framework.toml"
    head, *workstreams = framework.read_text(encoding="utf-8").split("[[workstreams]]\n")
    said = [one if "not_shown" in one else f'not_shown = "."\n{one}' for one in workstreams]
    framework.write_text("[[workstreams]]\n".join([head, *said]), encoding="utf-8")
    target = folder / "definitions" / "00_context"
    target.mkdir(parents=True, exist_ok=True)
    for metric_id, keys in definitions.items():
        path = target / f"{metric_id.replace('_', '-')}.toml"
        path.write_text(_toml(keys), encoding="utf-8")
    return folder


def _toml(keys: dict[str, Any]) -> str:
    plain = {name: value for name, value in keys.items() if not _is_table(value)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in plain.items()]
    for name, value in keys.items():
        if isinstance(value, dict):
            lines += [f"[{name}]", *(f"{key} = {json.dumps(one)}" for key, one in value.items())]
        elif _is_table(value):
            for one in value:
                lines += [
                    f"[[{name}]]",
                    *(f"{key} = {json.dumps(text)}" for key, text in one.items()),
                ]
    return "\n".join([*lines, ""])


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )
