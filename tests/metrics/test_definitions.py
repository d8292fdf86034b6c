"""The definitions: they load, each broken one is refused in words, and none is missing."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from data.areas import area_type
from data.periods import read_period
from metrics.catalogue import METRICS_FOLDER, CatalogueError, load_catalogue
from metrics.definition import Evidence, Metric, Role
from metrics.mission import ClauseKind

CATALOGUE = load_catalogue()
HELD = [metric for metric in CATALOGUE.metrics.values() if metric.figures == "held"]
# Those of the main publisher, whose files the recordings hold one by one.
REPOSITORY = [metric for metric in HELD if metric.source and metric.source.adapter == "els"]

# The metrics that research found the missions to have, and what declares each here.
OURS = {
    "m1_gva_per_hour": ("gva-per-hour",),
    "m1_median_weekly_pay": ("median-weekly-pay",),
    "m1_employment_rate": ("employment-rate",),
    "m1_gdhi_per_head": ("household-income-per-head",),
    "m1_low_paid_jobs": ("low-paid-jobs",),
    "m1_participation_rate": ("participation-rate",),
    "m1_disability_employment_gap": ("disability-employment-gap",),
    "m1_skilled_employment": ("skilled-employment",),
    "m1_children_workless_households": ("children-in-workless-households",),
    "m1_exports": ("exports",),
    "m1_fdi_inward": ("foreign-investment-inward",),
    "m1_fdi_outward": ("foreign-investment-outward",),
    "m2_public_rd": ("public-research-and-development",),
    "m2_business_rd": ("business-research-and-development",),
    "m2_innovation_active": ("innovation-active-businesses",),
    "m3_travel_to_work_mode": ("usual-travel-to-work",),
    "m3_journey_time_employment": ("travel-time-to-employment",),
    "m3_connectivity_score": ("connectivity-score",),
    "m3_bus_nonfrequent_on_time": ("buses-on-time",),
    "m3_bus_excess_wait": ("bus-excess-waiting",),
    "m3_public_transport_trip_share": ("public-transport-trip-share",),
    "m4_gigabit": ("gigabit-broadband",),
    "m4_4g": ("4g-land-area",),
    "m4_5g": ("5g-premises", "5g-land-area"),
    "m4_superfast": ("premises-below-30mbps",),
    "m5_ks2_rwm": ("key-stage-2-reading-writing-maths",),
    "m5_gcse_by_19": ("english-and-maths-by-19",),
    "m5_ofsted_good_outstanding": ("good-or-outstanding-schools",),
    "m5_persistent_absence": (
        "persistent-absence",
        "persistent-absence-free-school-meals",
        "persistent-absence-looked-after",
    ),
    "m5_eyfs_literacy_comm_maths": ("early-learning-goals",),
    "m6_fe_achievements": ("skills-training-completions", "further-education-achievements"),
    "m6_apprenticeship_starts": ("apprenticeship-starts",),
    "m6_apprenticeship_achievements": ("apprenticeship-achievements",),
    "m6_level3_plus": ("level-3-qualifications",),
    "m6_fe_participation": ("further-education-participation",),
    "m7_hle_male": ("healthy-life-expectancy-male",),
    "m7_hle_female": ("healthy-life-expectancy-female",),
    "m7_smoking": ("adult-smoking",),
    "m7_obesity_year6": ("child-obesity-year-6",),
    "m7_obesity_adult": ("adult-overweight-or-obesity",),
    "m7_cancer_early_stage": ("cancer-early-diagnosis",),
    "m7_cvd_u75_preventable": ("preventable-cardiovascular-deaths",),
    "m8_satisfaction": ("life-satisfaction",),
    "m8_worthwhile": ("life-worthwhile",),
    "m8_happiness": ("happiness",),
    "m8_anxiety": ("anxiety",),
    "m9_satisfied_local_area": ("satisfied-with-local-area",),
    "m9_civic_participation": ("civic-participation",),
    "m9_culture_engagement": ("culture-engagement",),
    "m10_nondecent_rented": ("non-decent-rented-homes",),
    "m10_first_time_buyers": ("first-time-buyer-mortgage-sales",),
    "m10_net_additions": ("net-additional-homes",),
    "m11_homicide": ("homicide-rate",),
    "m11_neighbourhood_crime": ("neighbourhood-crime",),
    "m11_sharp_object_admissions": ("sharp-object-admissions",),
    "m12_population_devolved": ("population-under-devolution-deal",),
}


def broken(tmp_path: Path, name: str, *changes: tuple[str, str]) -> list[str]:
    """The faults of the declarations when one of them has been changed."""
    for part in ("missions", "definitions"):
        shutil.copytree(METRICS_FOLDER / part, tmp_path / part)
    path = next((tmp_path / "definitions").glob(f"*/{name}.toml"))
    text = path.read_text(encoding="utf-8")
    for was, is_now in changes:
        assert was in text, f"{name} has no {was!r} to change"
        text = text.replace(was, is_now)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        (
            "exports",
            [("workstreams =", "workstream =")],
            "01_pay_employment_productivity/exports.toml: workstream: there is no such key; "
            "did you mean workstreams?",
        ),
        (
            "exports",
            [("[unit]\nlabel", "[unit]\nlable")],
            "01_pay_employment_productivity/exports.toml: unit.lable: there is no such key; "
            "did you mean label?",
        ),
        (
            "exports",
            [("[[series]]\nlabel", "[[series]]\nlable")],
            "01_pay_employment_productivity/exports.toml: series.0.lable: there is no such key; "
            "did you mean label?",
        ),
        (
            "exports",
            [("boroughs = false", "boroughs = false\nzebra = 1")],
            "01_pay_employment_productivity/exports.toml: coverage.zebra: there is no such key; "
            "expected one of area_types, boroughs, combined_authority, countries, first_period, "
            "period, united_kingdom",
        ),
        (
            "exports",
            [('polarity = "higher_is_better"\n', "")],
            "01_pay_employment_productivity/exports.toml: polarity: not declared; it must be",
        ),
        (
            "exports",
            [('"higher_is_better"', '"upwards"')],
            "01_pay_employment_productivity/exports.toml: polarity: Input should be "
            "'higher_is_better', 'lower_is_better' or 'none', found 'upwards'",
        ),
        (
            "gigabit-broadband",
            [('["4.gigabit"]', '["4.gigabits"]')],
            "gigabit-broadband: serves: there is no clause 4.gigabits",
        ),
        (
            "gigabit-broadband",
            [('["digital", "smart-city-region"]', '["digits"]')],
            "gigabit-broadband: workstreams: there is no workstream digits",
        ),
        (
            "exports",
            [('[[series]]\nlabel = "Value of UK exports"\n', "")],
            "01_pay_employment_productivity/exports.toml: figures are held, so these must be "
            "declared: ['series']",
        ),
        (
            "exports",
            [('figures = "held"', 'figures = "not held"')],
            "01_pay_employment_productivity/exports.toml: figures are not held, so figures_note "
            "must say why",
        ),
        (
            "exports",
            [('adapter = "els"', 'adapter = "education_statistics_api"')],
            "01_pay_employment_productivity/exports.toml: source: no whole answer of the service "
            "behind 'education_statistics_api' was ever recorded; say in not_proved how its reader "
            "was tested",
        ),
        (
            "foreign-investment-outward",
            [("Outward foreign direct investment", "Inward foreign direct investment")],
            "foreign-investment-outward: series ('foreign-direct-investment', "
            "'Inward foreign direct investment') is already declared by foreign-investment-inward",
        ),
        (
            "persistent-absence",
            [('"school_year"', '"financial_year"')],
            "persistent-absence: coverage.first_period: '2006-08-01/P1Y' is not of the declared "
            "shape financial_year",
        ),
        (
            "key-stage-2-reading-writing-maths",
            [('area = "E92000001"', 'area = "X92000001"')],
            "key-stage-2-reading-writing-maths: reproduces.area: 'X92000001' is no GSS code of a "
            "known kind of area",
        ),
        (
            "exports",
            [("lowest = 10.0", "lowest = 3e6")],
            "01_pay_employment_productivity/exports.toml: plausible: lowest must be below highest",
        ),
    ],
)
def test_a_broken_definition_is_refused_in_words(
    tmp_path: Path, name: str, changes: list[tuple[str, str]], fault: str
) -> None:
    assert fault in broken(tmp_path, name, *changes)


def test_an_unknown_kind_of_area_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    faults = broken(tmp_path, "exports", ('"ITL 3"', '"parish"'))
    assert len(faults) == 1
    assert "coverage.area_types" in faults[0]
    assert "'combined authority'" in faults[0]
    assert faults[0].endswith("found 'parish'")


def test_a_folder_of_no_mission_is_refused(tmp_path: Path) -> None:
    for part in ("missions", "definitions"):
        shutil.copytree(METRICS_FOLDER / part, tmp_path / part)
    definitions = tmp_path / "definitions"
    (definitions / "03_transport").rename(definitions / "03_trasnport")
    with pytest.raises(CatalogueError, match="no mission has a folder of this name"):
        load_catalogue(tmp_path)


def test_ids_do_not_come_from_inside_the_file(tmp_path: Path) -> None:
    faults = broken(tmp_path, "exports", ('title = "Total', 'id = "trade"\ntitle = "Total'))
    assert any("come from the folder and file name" in fault for fault in faults)


@pytest.mark.parametrize("metric", HELD, ids=lambda metric: metric.id)
def test_breaks_lie_inside_the_series(metric: Metric) -> None:
    assert metric.coverage is not None
    first = read_period(metric.coverage.first_period, metric.coverage.period)
    assert all(cut.starts > first.start for cut in metric.breaks)


@pytest.mark.parametrize("metric", HELD, ids=lambda metric: metric.id)
def test_a_figure_to_reproduce_is_plausible(metric: Metric) -> None:
    assert metric.plausible is not None
    if metric.reproduces.value is not None:
        assert metric.plausible.lowest <= metric.reproduces.value <= metric.plausible.highest


@pytest.mark.parametrize("metric", CATALOGUE.metrics.values(), ids=lambda metric: metric.id)
def test_a_clause_is_served_by_metrics_of_its_own_mission(metric: Metric) -> None:
    assert {CATALOGUE.clauses[clause_id].mission for clause_id in metric.serves} <= {metric.mission}


def test_coverage_of_land_does_not_judge_coverage_of_people() -> None:
    land = CATALOGUE.metrics["5g-land-area"]
    assert land.role is Role.CONTEXT
    assert not land.serves
    assert not any(metric.figures == "held" for metric in CATALOGUE.serving("4.majority-5g"))


def test_counts_of_completions_are_not_judged_by_a_rate_of_something_else() -> None:
    achievements = CATALOGUE.metrics["further-education-achievements"]
    served = [CATALOGUE.clauses[clause_id] for clause_id in achievements.serves]
    assert all(clause.kind is ClauseKind.NOT_MEASURABLE for clause in served)
    for clause_id in ("6.completions-200k", "6.lowest-skilled-80k"):
        assert not any(metric.figures == "held" for metric in CATALOGUE.serving(clause_id))


def test_money_of_each_year_is_called_nominal() -> None:
    priced = [metric for metric in CATALOGUE.metrics.values() if metric.unit.prefix == "£"]
    assert len(priced) >= 9
    assert {metric.money for metric in priced} == {"nominal"}


def test_intervals_are_claimed_of_surveys_that_have_them() -> None:
    assert CATALOGUE.metrics["median-weekly-pay"].evidence is Evidence.INTERVALS
    assert CATALOGUE.metrics["gva-per-hour"].evidence is Evidence.MODEL_WITHOUT_INTERVALS


@pytest.mark.recordings
def test_every_metric_of_the_missions_is_declared(recordings: Path) -> None:
    text = (recordings.parent / "catalogue" / "metrics.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"(?ms)^- mission: (\d+)\n  id: (\w+)\n(.*?)(?=^- mission|\Z)", text)
    assert {identifier for _, identifier, _ in entries} == set(OURS)
    for mission, identifier, rest in entries:
        verified = "\n  tier_verified: true" in rest
        for ours in OURS[identifier]:
            metric = CATALOGUE.metrics[ours]
            assert metric.mission == int(mission), ours
            if metric.role in (Role.HEADLINE, Role.SUPPORTING):
                assert metric.role_verified <= verified, ours
                assert f"\n  tier: {metric.role.value}\n" in rest, ours


@pytest.mark.recordings
def test_every_series_of_the_recorded_tables_is_declared_once(recordings: Path) -> None:
    declared = Counter(
        (metric.source.dataset, label.label)
        for metric in REPOSITORY
        if metric.source
        for label in metric.series
    )
    published = set()
    for path in (recordings / "ons_els" / "main").glob("*/*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as rows:
            published |= {(path.stem, row["indicator"]) for row in csv.DictReader(rows)}
    assert set(declared) == published
    assert set(declared.values()) == {1}


@pytest.mark.recordings
@pytest.mark.parametrize("metric", REPOSITORY, ids=lambda metric: metric.id)
def test_the_declaration_holds_for_the_recorded_table(metric: Metric, recordings: Path) -> None:
    assert metric.source is not None
    assert metric.coverage is not None
    assert metric.plausible is not None
    name = metric.source.dataset
    labels = {label.label for label in metric.series}
    path = recordings / "ons_els" / "main" / name / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        # Some foreign-investment rows are coded `na`: they stand for no area.
        rows = [
            row
            for row in csv.DictReader(file)
            if row["indicator"] in labels and row["areacd"] != "na"
        ]
    assert {row["unit"] for row in rows} == {metric.source.unit}
    codes = {row["areacd"] for row in rows}
    # An ITL 1 row counts as the region or country that it is.
    kinds = {kind for kind in map(area_type, codes) if kind != "ITL 1"}
    assert kinds <= set(metric.coverage.area_types)
    first = read_period(metric.coverage.first_period, metric.coverage.period)
    assert first <= min(read_period(row["period"], metric.coverage.period) for row in rows)
    values = [float(row["observation"]) for row in rows if row["observation"]]
    assert metric.plausible.lowest <= min(values)
    assert max(values) <= metric.plausible.highest
    assert metric.coverage.combined_authority == ("E47000007" in codes)
    assert metric.coverage.boroughs == {f"E080000{number}" for number in range(25, 32)}.issubset(
        codes
    )
    bounded = sum(bool(row["lci_95"]) for row in rows)
    assert (metric.evidence is Evidence.INTERVALS) == (bounded > len(values) / 2)


def test_no_note_says_that_nothing_reads_a_workbook() -> None:
    """Any workbook can be declared, so that none being read is no reason for what is not held."""
    notes = {metric.id: metric.figures_note for metric in CATALOGUE.metrics.values()}
    assert [
        name for name, note in notes.items() if "no reader for" in note.replace("\n", " ")
    ] == []
