"""What a county's page shows, gathered in a fixed number of queries however many counties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from counties import shapes
from counties.models import County
from counties.neighbours import neighbours_of
from policies import changes, markdown, peers, site_texts
from policies import evidence as evidence_road
from policies.assessments import (
    Assessment,
    agreements_of,
    explanation_of,
    records_behind,
)
from policies.parameters import refuse_all_but
from policies.presenters.around import NEIGHBOURS, TWINS, around
from policies.presenters.county import county_page
from policies.presenters.law import agreement_items, note_items, provision_items
from policies.presenters.missing import Surroundings, missing
from policies.presenters.timeline import score_timeline
from policies.presenters.what_if import PARAMETER, chosen_factors, what_if
from policies.presenters.wins import win_items
from policies.rubric import Answer, Factor
from policies.views import nation, queries
from policies.what_if import Lever, levers

NEWEST_CHANGES = 10
#: Counties to follow that are shown for a factor.
PEERS = 3


def context(county: County, request: HttpRequest) -> dict:
    """For `policies/county.html`. Raises BadParameter for a `what if` about no factor."""
    choice = request.choice
    when = choice.when
    refuse_all_but(request.GET, PARAMETER, repeatable=(PARAMETER,))
    chosen = chosen_factors(request.GET.getlist(PARAMETER))
    evidence = evidence_road.load(fips=[county.pk], before=when.known_before).of(county.pk)
    explanation = explanation_of(
        county, evidence, when.as_of, lambda behind: records_behind(behind, cited=True)
    )
    switches = levers(evidence, when.as_of, state_runs_jails=county.state.unified_jail)
    assessed = nation.assessed(request.revision, when)
    provisions = list(queries.provisions(county.state, when))

    populations = queries.populations()
    near, touches = _neighbours(county, populations)
    twins = peers.twins(county.pk, explanation.assessment.answers, assessed.values(), populations)
    like = _like(county, switches, explanation.assessment, assessed, populations)
    policies = queries.policies_of(like, when)
    named = {*near, *twins[:TWINS], *(code for codes in like.values() for code in codes)}
    others = County.objects.select_related("state").in_bulk(named)
    surroundings = Surroundings(
        provisions=provisions,
        options=list(queries.jail_options()),
        peers={
            factor: [
                (others[code], policies[code, factor])
                for code in codes
                if (code, factor) in policies
            ]
            for factor, codes in like.items()
        },
        powers=list(queries.powers_here(county)),
    )
    shown = county_page(
        county,
        explanation,
        choice,
        request.build_absolute_uri(request.path),
        provisions=provisions,
    )
    return {
        "county": shown,
        "picture_url": request.build_absolute_uri(
            choice.url("share-county", county.state_id.lower(), county.slug)
        ),
        "embed_url": choice.url("embed", kind="county", county=county.pk),
        "patterns_url": choice.url("patterns", county=county.pk),
        "missing": missing(county, explanation, switches, surroundings, choice),
        "what_if": what_if(county, explanation, switches, chosen, provisions, assessed, choice),
        "around": around(
            county,
            [others[code] for code in near],
            touches,
            twins,
            [others[code] for code in twins[:TWINS]],
            assessed,
            _totals(county),
            choice,
        ),
        "timeline": score_timeline(explanation, when.as_of, choice.today),
        "agreements": agreement_items(agreements_of(county, when), choice),
        "wins": win_items(queries.wins(when).filter(counties=county), choice),
        "provisions": provision_items(provisions, choice),
        "notes": note_items(queries.notes(county.state, county), choice),
        "changes": changes.log(before=when.known_before, county=county.pk)[:NEWEST_CHANGES],
        "legal_help": markdown.render(site_texts.text("legal-help")),
        "is_indexed": PARAMETER not in request.GET,
    }


def _neighbours(county: County, populations: Mapping[str, int | None]) -> tuple[list[str], bool]:
    """Those with the longest common borders, or for an island the nearest of its state; and
    whether they touch."""
    touching = neighbours_of(county.pk)
    if touching:
        return [code for code in touching if code in populations][:NEIGHBOURS], True
    return queries.nearest_in_state(county, NEIGHBOURS), False


def _like(
    county: County,
    switches: Sequence[Lever],
    own: Assessment,
    assessed: Mapping[str, Assessment],
    populations: Mapping[str, int | None],
) -> dict[Factor, list[str]]:
    """For each factor that the county lacks and could have, the counties to follow."""
    lacking = [
        lever.factor
        for lever in switches
        if lever.is_open and own.answer(lever.factor) != Answer.YES
    ]
    return peers.with_own_policy(county.pk, lacking, assessed.values(), populations, PEERS)


def _totals(county: County) -> tuple[int, int]:
    """How many counties there are, in the nation and in the county's state."""
    by_state = Counter(code[:2] for code in shapes.county_paths())
    return by_state.total(), by_state[county.state.fips]
