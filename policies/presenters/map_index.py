"""The small index that the map's script fetches when somebody points at the map or searches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.templatetags.static import static
from django.utils.translation import gettext as _

from counties import shapes
from counties.names import name_key
from counties.state_codes import STATES
from policies.assessments import Assessment
from policies.presenters.choice import Choice
from policies.presenters.marks import SQUARE, score_label, score_sentence
from policies.rubric import FACTORS, MAX_SCORE, Answer, Score, score
from policies.texts import FACTOR_TEXTS

#: Change this when the index changes its form: browsers keep an index for a day.
INDEX_FORM = 3


def county_index(
    assessments: Mapping[str, Assessment],
    names: Iterable[tuple[str, str, str, str]],
    aliases: Iterable[tuple[str, str]],
    choice: Choice,
) -> dict:
    """What the map's script needs: every county in drawing order, and the words for its card.

    `names`: (fips, name, slug, state) of all counties; `aliases`: (fips, other name). Answers are
    seven letters of SQUARE; a fifth item, 1, marks a county with old evidence. FIPS codes are
    given as the steps from each to the next, which pack small; aliases by position of the county.
    """
    by_fips = {row[0]: row[1:] for row in names}
    nothing = SQUARE[Answer.UNKNOWN] * MAX_SCORE
    codes = list(shapes.county_paths())
    rows = []
    for fips in codes:
        name, slug, usps = by_fips.get(fips, (fips, "", STATES[fips[:2]][0]))
        known = assessments.get(fips)
        letters = "".join(SQUARE[a] for a in known.answers) if known else nothing
        rows.append([name, usps, slug, letters, *([1] if known and known.stale else [])])
    return {
        "counties": rows,
        "steps": [int(code) - int(last) for last, code in pairwise(["0", *codes])],
        "aliases": _aliases_by_position(codes, by_fips, aliases),
        "states": dict(STATES.values()),
        "outlines": {usps: static(shapes.fine_file(usps)) for usps, _name in STATES.values()},
        "profile": choice.url("county", "--", "--"),
        "factors": [str(FACTOR_TEXTS[factor].name) for factor in FACTORS],
        "scores": {s: {"label": label, "text": text} for s, label, text in _score_words()},
        "words": {
            "open": _("Read why"),
            "none": _("No county, town or ZIP of that name. Check the spelling."),
            "zip": _("ZIP %(zip)s"),
            "crosses": _("This place lies in several counties. If you live in another:"),
            "near": _("ZIP codes cross county lines. If you live in a county next to it:"),
            "border": _("You are near a border. If you are in another county:"),
            "private": _(
                "Found in your browser: nothing was sent. Opening the county's page is an "
                "ordinary request, which our server sees."
            ),
            "locating": _("Finding where you are …"),
            "denied": _("Your device did not say where it is. Type a county, town or ZIP."),
            "outside": _("That spot is outside the counties of this map."),
            "close": _("Close"),
            "before": _("Before"),
            "after": _("After"),
            "all": _("Show all %(n)s"),
            "old": _("Some evidence is old: over 24 months, or 90 days for a list of ICE's."),
        },
    }


def _aliases_by_position(
    codes: Sequence[str],
    by_fips: Mapping[str, tuple[str, ...]],
    aliases: Iterable[tuple[str, str]],
) -> dict[int, list[str]]:
    """Other names, without those that only spell the county's own name differently."""
    found: dict[int, list[str]] = {}
    positions = {fips: at for at, fips in enumerate(codes)}
    for fips, alias in aliases:
        if fips in by_fips and name_key(alias) != name_key(by_fips[fips][0]):
            found.setdefault(positions[fips], []).append(alias)
    return found


def _score_words() -> Iterable[tuple[str, str, str]]:
    """(known, "/", at least) -> label and sentence, for every score a county can have."""
    for known in range(MAX_SCORE + 1):
        for at_least in range(known + 1):
            answers = [Answer.YES] * at_least + [Answer.NONE_FOUND] * (known - at_least)
            counted: Score = score(answers + [Answer.UNKNOWN] * (MAX_SCORE - known))
            yield f"{known}/{at_least}", score_label(counted), score_sentence(counted)
