"""The page of the method: it explains all that the product says, and its examples are stored."""

from __future__ import annotations

import html
import re

import pytest

from data.tables import BLANK_STATUSES, STATUS_LETTERS
from layouts.document import pieces
from layouts.pages.clause_words import KIND_WORDS
from layouts.pages.method import CAUSE_MEANINGS, STATUS_MEANINGS
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from layouts.templating import TEMPLATES
from layouts.tokens import VERDICT_STYLES
from metrics.measures.results import Cause, Verdict

LINK = re.compile(r'href="(/[^"#?]*)(?:\?[^"#]*)?#([^"]+)"')


@pytest.fixture(scope="module")
def pages(built_store_url, catalogue):
    return Pages(ReadOnlyStore(built_store_url), catalogue)


def markup(pages, path):
    served = pages.serve(path, "")
    assert served.page.status == 200, served.page.description
    return "".join(piece.html for piece in pieces(served.page))


@pytest.fixture(scope="module")
def page(pages):
    return markup(pages, "/method")


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def example_after(page, anchor):
    """The first example that stands below an anchor."""
    rest = page[page.index(f'id="{anchor}"') :]
    return text_of(re.search(r'<div class="example">.*?</div>', rest, re.DOTALL).group())


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_explained_with_its_word_and_shape(page, verdict):
    place = re.search(
        rf'<div id="verdict-{VERDICT_STYLES[verdict].token}">.*?</div>', page, re.DOTALL
    ).group()
    assert verdict.value in text_of(place)
    assert '<svg class="verdict-glyph ' in place
    assert len(text_of(place.split("<dd>")[1]).split()) > 6


# No measure gives this cause: pace is measured.
@pytest.mark.parametrize("cause", [one for one in Cause if one is not Cause.NONE])
def test_every_cause_is_explained(page, cause):
    assert CAUSE_MEANINGS[cause] in text_of(page)
    assert f"<dt>{cause.value[:1].upper()}{cause.value[1:]}</dt>" in page


@pytest.mark.parametrize("letter", STATUS_LETTERS)
def test_every_status_letter_is_explained(page, letter):
    row = re.search(rf'<tr id="status-{letter}">.*?</tr>', page, re.DOTALL).group()
    words = text_of(row)
    assert STATUS_LETTERS[letter] in words.lower()
    assert STATUS_MEANINGS[letter] in words
    assert ("in place of a value" in words) == (letter in BLANK_STATUSES)


def test_no_letter_and_no_cause_is_explained_that_does_not_exist():
    assert set(STATUS_MEANINGS) == set(STATUS_LETTERS)
    assert set(CAUSE_MEANINGS) <= set(Cause)


def test_every_statement_is_listed_under_its_kind_of_test(page, catalogue):
    for clause in catalogue.clauses.values():
        assert f"#clause-{clause.id.replace('.', '-')}" in page
        assert KIND_WORDS[clause.kind] in text_of(page)


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("statements", "Mission 7 is split into 2 statements."),
        ("one-area", "5.5 percentage points below England (76.0%): worse."),
        ("baselines", "cannot be shown (noise) since financial year 2019/20, but no clear change"),
        ("interval-test", "The change is 2.4 times that, which is more than 1.96."),
        ("complete-counts", "1 percentage point below England (63%): worse."),
        ("no-test", "published without a margin of error"),
        ("counted-events", "the counts behind these rates are not held"),
        ("worst", "the counts behind these rates are not held"),
        ("leverage", "by financial year and the private ones by calendar year"),
        ("counts", "No data. Not held: the clauses need counts of learners"),
        ("breaks", "the method changed between April 2019 and April 2025"),
        ("nominal-money", "in the money of each year, before inflation"),
        ("overlap", "there are 12 figures, of which 4 share no year with another."),
        ("many-tests", "chance alone gives about 9 of each."),
        ("noise", "13.2 years, or 9.5 years once sampling noise is taken out."),
        ("pace", "up 5.6 percentage points a year is needed."),
        ("methods", "Absolute pace (this dashboard): No clear change."),
        ("ranks", "of 216 areas; it cannot be told apart from"),
        ("cohort", "Birmingham, Coventry, Dudley, Sandwell and Walsall."),
        ("benchmark", "2.7 years below England (60.9 years): worse."),
        ("groups", "from the counts of 7 authorities. There is no interval"),
        ("status", "there is no figure for April 2019."),
    ],
)
def test_each_rule_has_an_example_from_the_store(page, anchor, words):
    assert words in example_after(page, anchor)


def test_what_is_left_open_is_listed_with_its_reason(page):
    words = text_of(page)
    assert "The wording does not say what makes a city globally competitive" in words
    assert "Not in this edition" in words


def test_without_figures_every_rule_still_stands(client):
    page = client.get("/method").text
    assert page.count("The figures for this example are not held.") > 10
    assert "Benjamini and Hochberg" in page


def test_links_into_a_page_lead_to_something_that_is_there(pages, catalogue):
    """Every link with a fragment, on one page of each kind and on all pages of missions."""
    missions = [f"/missions/{mission.slug}" for mission in catalogue.missions.values()]
    starts = ["/", "/method", "/data", "/accessibility", "/search", *missions]
    starts += ["/areas/E47000007", "/metrics/life-satisfaction", "/metrics/gigabit-broadband"]
    made = {path: markup(pages, path) for path in starts}
    links = {link for text in made.values() for link in LINK.findall(text)}
    assert {path for path, _ in links} >= {"/method", "/data"}
    for path, anchor in sorted(links):
        made.setdefault(path, markup(pages, path))
        assert f'id="{anchor}"' in made[path], f"{path}#{anchor}"


def test_links_of_templates_into_the_method_exist_on_it(page):
    for template in TEMPLATES.glob("*.html"):
        for anchor in re.findall(r'"/method#([\w-]+)"', template.read_text(encoding="utf-8")):
            assert f'id="{anchor}"' in page, f"{template.name}: {anchor}"


def test_links_within_the_page_lead_somewhere(page):
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert page.count(f'id="{anchor}"') == 1, anchor
