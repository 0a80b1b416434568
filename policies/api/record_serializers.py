"""The keys of the rows of records. See `fields.py`."""

from __future__ import annotations

from rest_framework import serializers

from policies.api.fields import CitationSerializer, choice, day, flag, number, text, texts
from policies.models import (
    AgencyType,
    Agreement,
    AgreementKind,
    DocumentKind,
    EffectChoices,
    FactorChoices,
    LawLevel,
    Precision,
    WinKind,
)
from policies.models.reference import OptionPlace


class FactorSerializer(serializers.Serializer):
    code = choice(FactorChoices.values)
    number = number()
    name = text()
    question = text("As a resident asks it.")
    meaning = text("What earns the point.")


class StateSerializer(serializers.Serializer):
    state = text("Postal abbreviation.")
    fips = text("Two digits, as text.")
    name = text()
    unified_jail = flag("The state runs every jail.")
    jail_authority = text()
    law_coded_through = day("Through which day its law was coded; null: not yet.")
    counties = number()
    complete = number("Counties with all seven answers known.")
    partial = number("Counties with some answers known.")
    url = serializers.URLField()


class DocumentSerializer(serializers.Serializer):
    id = number()
    kind = choice(DocumentKind.values)
    title = text()
    publisher = text()
    published_on = day()
    published_on_precision = choice(Precision.values)
    url = text("Where it was published.")
    archived_url = text("A public archived copy.")
    sha256 = text("Of the archived file.")
    language = text()
    summary = text()
    sealed = flag("A court sealed it: only its title and hash are left.")
    sealed_reason = text()


class WinSerializer(serializers.Serializer):
    id = number()
    title = text()
    summary = text()
    kind = choice(WinKind.values)
    state = text()
    place = text("The city, if it is a city's.")
    counties = texts("FIPS codes.")
    factors = texts("Codes of the factors touched.")
    date_earliest = day("The date, or the earliest.")
    date_latest = day("If only a span is known.")
    date_precision = choice(Precision.values)
    note = text()
    needs_verification = flag()
    citations = CitationSerializer(many=True)


class ClaimSerializer(serializers.Serializer):
    factor = choice(FactorChoices.values)
    effect = choice(EffectChoices.values)
    effective_from = day(null=False)
    effective_from_precision = choice(Precision.values)
    effective_until = day()
    compliance_date = day("Decides from this day.")
    qualification = text()
    needs_verification = flag()
    verification_note = text()
    citations = CitationSerializer(many=True)


class ExceptionSerializer(serializers.Serializer):
    fips = text()
    factor = choice(FactorChoices.values, "null: every factor claimed.", null=True)
    reason = text()
    effective_from = day(null=False)
    effective_until = day()
    citations = CitationSerializer(many=True)


class ProvisionSerializer(serializers.Serializer):
    id = number()
    state = text()
    title = text()
    level = choice(LawLevel.values)
    legal_citation = text()
    binds_county_agencies = flag("Only then it decides a county's answer.")
    binds_others = text()
    summary = text()
    enacted_on = day()
    enacted_on_precision = choice(Precision.values)
    last_verified = day(null=False)
    needs_verification = flag()
    verification_note = text()
    citations = CitationSerializer(many=True)
    claims = ClaimSerializer(many=True)
    exceptions = ExceptionSerializer(many=True)


class AgreementSerializer(serializers.Serializer):
    id = number()
    kind = choice(AgreementKind.values)
    state = text()
    agency_name = text()
    agency_type = choice(AgencyType.values, "What the agency is.")
    type_as_listed = text("As ICE calls it.")
    decides = flag("Decides the answer of its counties.")
    counties = texts("FIPS codes.")
    model = text("Model or type of contract.")
    signed_on = day()
    signed_on_precision = choice(Precision.values)
    last_listed_on = day("Of the newest list by ICE that has it.")
    effective_from = day(null=False)
    effective_from_precision = choice(Precision.values)
    in_force_by = flag("It began on an earlier day that nobody recorded.")
    effective_until = day()
    effective_until_precision = choice(Precision.values)
    ended_as = choice(Agreement.EndedAs.values, blank=True)
    needs_verification = flag()
    citations = CitationSerializer(many=True)


class OptionSerializer(serializers.Serializer):
    key = text()
    place = choice(OptionPlace.values)
    order = number()
    factor = choice(FactorChoices.values, "That it would satisfy.", null=True)
    title = text()
    explanation = text()
    model_wording = text()
    who_can_adopt = text()
    document = number("Its source, as in `documents/`.", null=True)
    page = text()
    also_factors = texts("Factors that it touches besides.")
    routes = texts("Offices that usually adopt it, each with its instrument; the commonest first.")
    title_es = text("In Spanish, like the three after it; empty where there is none.")
    explanation_es = text()
    model_wording_es = text()
    who_can_adopt_es = text()
