"""What templates print: marks, links that keep the dates, periods and reasons in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from policies.assessments import When, assessment_of, explain
from policies.lens import Lens, map_class
from policies.lens_query import Query
from policies.models import PolicyWin, Precision, StateProvision
from policies.presenters import (
    directory,
    law,
    map,
    map_figures,
    map_index,
    marks,
    sorting,
    states,
    wins,
)
from policies.presenters.choice import Choice
from policies.presenters.county import county_page
from policies.presenters.history import answers_since
from policies.presenters.sources import document_date
from policies.presenters.timeline import score_timeline
from policies.resolution import Decision, Rule
from policies.rubric import FACTORS, MAX_SCORE, Answer, Factor
from tests.factories import (
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    published,
    published_provision,
)

TODAY = date(2020, 6, 1)


def choice(as_of: date = TODAY) -> Choice:
    return Choice.of({}, When(as_of), TODAY)


def assessment(yes: int, known: int = MAX_SCORE):
    answers = [Answer.YES] * yes + [Answer.NONE_FOUND] * (known - yes)
    answers += [Answer.UNKNOWN] * (MAX_SCORE - known)
    return assessment_of("06001", [Decision(a, Rule.COUNTY_RECORD) for a in answers], TODAY)


# --- Marks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yes", "known", "numeral", "css", "label"),
    [
        (7, 7, "7", "h", "7 of 7"),
        (0, 7, "0", "a", "0 of 7"),
        (3, 5, "3+", "w", "at least 3, two factors unknown"),
        (3, 4, "3+", "p", "at least 3, three factors unknown"),
        (6, 6, "6+", "z", "at least 6, one factor unknown"),
        (0, 6, "–", "s", "none known to be in force, one factor unknown"),
        (0, 0, "–", "u", "no record"),
    ],
)
def test_a_mark_never_shows_what_is_not_known_as_a_score(yes, known, numeral, css, label):
    mark = marks.mark(assessment(yes, known))

    assert (mark.numeral, mark.css, mark.label) == (numeral, css, label)
    assert mark.is_complete == (known == MAX_SCORE)


def test_squares_stand_in_the_order_of_the_factors():
    mark = marks.mark(assessment(2, known=4))

    assert [square.css for square in mark.squares] == ["y", "y", "f", "f", "u", "u", "u"]
    assert mark.squares[0].label == "No 287(g) agreement: In force"


def test_an_unknown_county_has_no_class_on_the_map():
    assert map_class(assessment(0, known=0).score) == ""


def test_every_possible_score_has_words():
    for known in range(MAX_SCORE + 1):
        for yes in range(known + 1):
            assert marks.score_sentence(assessment(yes, known).score).endswith(".")


# --- Links keep what was chosen ----------------------------------------------------------------


def test_links_keep_dates_and_palette():
    query = {"as_of": "2018-06-01", "known_on": "2020-01-31", "palette": "safe", "q": "x"}
    chosen = Choice.of(query, When(date(2018, 6, 1), date(2020, 1, 31)), TODAY)

    assert chosen.url("county", "ca", "marin") == (
        "/counties/ca/marin/?as_of=2018-06-01&known_on=2020-01-31&palette=safe"
    )
    assert chosen.undated == "?palette=safe"
    assert chosen.palette_of_the_other == ""


def test_without_a_choice_links_are_plain():
    assert choice().url("states") == "/states/"
    assert choice().keep == ""


# --- The map -----------------------------------------------------------------------------------


def test_the_index_lists_counties_in_the_order_in_which_they_are_drawn():
    index = map_index.county_index(
        {"01003": assessment(3)}, [("01003", "Baldwin County", "baldwin", "AL")], [], choice()
    )

    assert len(index["counties"]) == 3143
    assert [sum(index["steps"][:n]) for n in (1, 2, 3143)] == [1001, 1003, 56045]
    assert index["counties"][1] == ["Baldwin County", "AL", "baldwin", "yyyffff"]
    assert index["counties"][0][3] == "uuuuuuu"
    assert index["scores"]["7/3"]["label"] == "3 of 7"


def test_the_index_marks_old_evidence_and_knows_other_names():
    old = replace(assessment(3), stale=True)
    names = [("36047", "Kings County", "kings", "NY"), ("01049", "DeKalb County", "dekalb", "AL")]
    aliases = [("36047", "Brooklyn"), ("01049", "De Kalb")]
    index = map_index.county_index({"36047": old}, names, aliases, choice())
    at = index["counties"].index(["Kings County", "NY", "kings", "yyyffff", 1])

    # Names that differ only in their spelling are found without being sent.
    assert index["aliases"] == {at: ["Brooklyn"]}


def test_the_map_says_how_old_its_evidence_is():
    fresh, old = assessment(3), replace(assessment(3), stale=True)

    assert map._age_of_evidence([assessment(0, known=0)]) == ""
    assert map._age_of_evidence([fresh]).startswith("No evidence is older")
    assert map._age_of_evidence([fresh, old]).startswith("For 1 of the 2 counties with a record")


def test_figures_never_mix_fully_and_partly_known_counties():
    holds = map_figures.limiting_holds(
        [assessment(7), assessment(3, known=3), assessment(2, known=2)]
    )

    assert (holds.complete, holds.partial, holds.total) == (1, 1, 2)


def test_days_of_change_stand_newest_first_and_keep_the_factor():
    query = Query(Lens(factor=Factor.LIMITS_HOLDS))
    shown = map.days([date(2017, 9, 25), TODAY], choice(), query)

    assert [day.is_shown for day in shown] == [True, False]
    assert shown[1].url == "/?factor=limits_holds&as_of=2017-09-25"


def test_days_before_the_earlier_of_two_lead_nowhere():
    query = Query(Lens(since=date(2018, 1, 1)))
    shown = map.days([date(2018, 1, 1), date(2018, 1, 2)], choice(), query)

    assert [day.iso for day in shown] == ["2018-01-02"]


# --- States ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effects", "css"),
    [
        (set(), "none"),
        ({"forbids"}, "forbids"),
        ({"forbids", "mandates"}, "mandates"),
        ({"requires"}, "limits"),
        ({"requires", "mandates"}, "both"),
    ],
)
def test_posture_is_read_from_the_provisions_in_force(effects, css):
    assert states.posture(effects).css == css


def test_a_state_bar_covers_every_county():
    rows = states.state_rows({"06001": assessment(7), "06003": assessment(1, 3)}, {}, choice())
    california = next(row for row in rows if row.usps == "CA")

    assert len(rows) == 51
    assert (california.analysed, california.partial, california.unknown) == (1, 1, 56)
    assert [piece.css for piece in california.bar] == ["h", "p", "u"]
    assert sum(piece.width for piece in california.bar) == pytest.approx(100, abs=0.05)


# --- The directory -----------------------------------------------------------------------------


def test_headings_sort_and_turn_around():
    query = QueryDict("ordering=-score&as_of=2018-06-01&page=3")
    score_column = sorting.columns(directory._headings(), query, "state")[-1]

    assert score_column.sorted == "descending"
    assert score_column.url == "?ordering=score&as_of=2018-06-01"


def test_filters_without_a_control_are_carried_on():
    form = directory._form(QueryDict("modified_since=2020-01-01&score=5&score=6&page=2"))

    assert form.hidden == (("modified_since", "2020-01-01"),)
    assert [option.value for option in form.scores if option.chosen] == ["5", "6"]


# --- Dates in words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "words"),
    [
        (None, None, Precision.DAY, "date not known"),
        (date(2019, 7, 1), None, Precision.MONTH, "July 2019"),
        (date(2017, 1, 1), date(2019, 1, 1), Precision.YEAR, "between 2017 and 2019"),
        (date(2017, 1, 20), date(2017, 1, 20), Precision.DAY, "Jan. 20, 2017"),
    ],
)
def test_a_win_is_dated_no_more_exactly_than_is_known(earliest, latest, precision, words):
    win = PolicyWin(date_earliest=earliest, date_latest=latest, date_precision=precision)

    assert wins.win_date(win) == words


def test_whom_a_provision_binds_is_translated():
    provision = StateProvision(binds_county_agencies=True, binds_others="courts, the governor")

    assert law._binds(provision) == "county agencies, courts, the governor"


def test_periods_in_words():
    start, end = date(2017, 9, 1), date(2018, 3, 13)

    assert law.period(start, Precision.MONTH, None) == "since September 2017"
    assert law.period(start, Precision.DAY, end) == "Sept. 1, 2017 until March 13, 2018"
    assert law.period(start, Precision.DAY, end, "no longer listed") == (
        "Sept. 1, 2017 to March 13, 2018 (no longer listed)"
    )


# --- A county's page ---------------------------------------------------------------------------


@pytest.fixture
def texan():
    """A county whose hold policy is preempted from 1 September 2017 on."""
    county = CountyFactory(usps="TX", fips="48453")
    published(
        LocalPolicyFactory,
        county=county,
        effective_from=date(2017, 2, 1),
        effective_from_precision=Precision.MONTH,
        qualification="Except for murder.",
    )
    published_provision(
        state=county.state,
        title="SB 4",
        claims=[{"effect": "mandates", "effective_from": date(2017, 9, 1)}],
    )
    return county


def page_of(county, as_of: date):
    chosen = choice(as_of)
    return county_page(county, explain(county, chosen.when), chosen, "https://example.org/x/")


@pytest.mark.django_db
def test_a_preempted_policy_is_marked_and_kept_beside_the_answer(texan):
    row = page_of(texan, date(2018, 6, 1)).factors[2]

    assert (row.css, row.answer) == ("pre", "Not in force")
    assert [note.kind for note in row.notes] == ["preempted"]
    assert row.local.startswith("The county itself: in force.")
    assert row.local_citations[0].quote == "shall not hold any person"
    assert [stretch.since for stretch in row.history] == ["Sept. 1, 2017", "February 2017"]


@pytest.mark.django_db
def test_the_headline_names_the_law_that_preempts_a_policy(texan):
    page = page_of(texan, date(2018, 6, 1))

    assert page.sentence.endswith("Its own policy on holds is preempted by Texas law.")
    assert page.deciders == "What decides it: state law on holds."


@pytest.mark.django_db
def test_words_that_are_quoted_again_point_to_the_first_place(texan):
    document = texan.local_policies.get().citations.get().document
    again = published(LocalPolicyFactory, county=texan, factor="limits_notifications")
    again.citations.update(document=document)

    rows = page_of(texan, date(2017, 8, 31)).factors

    assert (rows[2].citations[0].anchor, rows[2].citations[0].same_as) == ("words-1", "")
    assert (rows[3].citations[0].quote, rows[3].citations[0].same_as) == ("", "words-1")


@pytest.mark.django_db
def test_the_header_counts_old_evidence_as_the_rows_do(texan):
    published(LocalPolicyFactory, county=texan, factor="no_287g", effective_from=date(2019, 12, 1))
    page = page_of(texan, date(2020, 1, 1))

    assert page.checked == "Checked between Dec. 1, 2019 and Dec. 17, 2019."
    page = page_of(texan, date(2022, 1, 1))
    assert page.checked.endswith("2 of the seven are older than 24 months.")
    assert sum(note.kind == "stale" for row in page.factors for note in row.notes) == 2


@pytest.mark.django_db
def test_before_the_mandate_the_policy_counts_with_its_exceptions(texan):
    page = page_of(texan, date(2017, 8, 31))
    row = page.factors[2]

    assert (row.css, row.qualification, row.local) == ("y", "Except for murder.", "")
    assert page.mark.label == "at least 1, six factors unknown"
    assert page.since == "February 2017"


@pytest.mark.django_db
def test_a_citation_freezes_both_dates(texan):
    page = page_of(texan, date(2018, 6, 1))

    assert page.cite_url == "https://example.org/x/?as_of=2018-06-01&known_on=2020-06-01"
    assert "in force on June 1, 2018, as known on June 1, 2020" in page.cite


@pytest.mark.django_db
def test_old_evidence_is_said_to_be_old(texan):
    row = page_of(texan, date(2017, 8, 31)).factors[2]
    assert row.notes == ()

    published(LocalPolicyFactory, county=texan, factor="no_287g", effective_from=date(2016, 1, 1))
    row = page_of(texan, date(2020, 1, 1)).factors[0]
    assert [note.kind for note in row.notes] == ["stale"]
    assert row.notes[0].text == "Nobody has confirmed it since Jan. 1, 2016."


@pytest.mark.django_db
def test_the_words_of_a_sealed_document_are_not_shown(texan, django_user_model):
    policy = texan.local_policies.get()
    document = policy.citations.get().document
    document.sealed_at = "2020-02-01T12:00:00Z"
    document.sealed_by = django_user_model.objects.create_user("clerk")
    document.sealed_reason = "Court order."
    document.save()

    row = page_of(texan, date(2017, 8, 31)).factors[2]

    assert row.answer == "In force"
    assert [citation.quote for citation in row.citations] == [""]


@pytest.mark.django_db
def test_a_citation_of_a_private_document_is_left_out(texan):
    document = texan.local_policies.get().citations.get().document
    type(document).objects.filter(pk=document.pk).update(is_public=False)

    assert page_of(texan, date(2017, 8, 31)).factors[2].citations == ()


@pytest.mark.django_db
def test_the_timeline_shows_every_change_and_nothing_for_none(texan):
    explanation = explain(texan, When(TODAY))
    timeline = score_timeline(explanation, TODAY, TODAY)
    calm = CountyFactory(fips="06001")
    published(LocalPolicyFactory, county=calm)

    assert [bar.since for bar in timeline.bars] == ["February 2017", "Sept. 1, 2017"]
    assert score_timeline(explain(calm, When(TODAY)), TODAY, TODAY) is None


@pytest.mark.django_db
def test_answers_hold_since_the_last_change_before_the_day(texan):
    explanation = explain(texan, When(date(2018, 6, 1)))

    assert answers_since(explanation, date(2018, 6, 1)) == date(2017, 9, 1)


@pytest.mark.django_db
def test_an_unknown_county_says_so_without_a_zero():
    page = page_of(CountyFactory(fips="06001"), TODAY)

    assert page.is_unknown
    assert page.numeral == "Not scored"
    assert page.since == page.checked == ""
    assert len(page.factors) == len(FACTORS)


@pytest.mark.django_db
def test_documents_show_their_date_as_exactly_as_known():
    document = DocumentFactory(
        published_on=date(2017, 2, 1), published_on_precision=Precision.MONTH
    )

    assert document_date(document) == "February 2017"
