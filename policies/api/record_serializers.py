"""The keys of the rows of records. See `fields.py`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from counties.state_codes import STATES
from policies.api.fields import CitationSerializer, choice, day, flag, number, text, texts
from policies.models import (
    AgencyType,
    Agreement,
    AgreementKind,
    ChangeKind,
    DocumentKind,
    EffectChoices,
    FactorChoices,
    LawLevel,
    Precision,
    WinKind,
)
from policies.models.reference import OptionPlace

USPS = sorted(usps for usps, _name in STATES.values())


class ColumnType(models.TextChoices):
    """What a column of a list holds."""

    TEXT = "text", _("text")
    INTEGER = "integer", _("whole number")
    NUMBER = "number", _("number")
    BOOLEAN = "boolean", _("true or false")
    DATE = "date", _("day, as YYYY-MM-DD")
    DATETIME = "datetime", _("moment, with its time zone")
    CHOICE = "choice", _("one of a few words")
    URL = "url", _("address")


class FactorSerializer(serializers.Serializer):
    code = choice(FactorChoices.values, _("Code of the factor, as in all other lists."))
    number = number(_("Its place among the seven."))
    name = text(_("Its name."))
    question = text(_("As a resident asks it."))
    meaning = text(_("What earns the point."))


class StateSerializer(serializers.Serializer):
    state = text(_("Postal abbreviation."))
    fips = text(_("Two digits, as text."))
    name = text(_("Name of the state."))
    unified_jail = flag(_("The state runs every jail."))
    jail_authority = text(_("Who runs the jails, where the state does."))
    law_coded_through = day(_("Through which day its law was coded; null: not yet."))
    counties = number(_("How many counties it has."))
    complete = number(_("Counties with all seven answers known."))
    partial = number(_("Counties with some answers known."))
    url = serializers.URLField(help_text=_("Address of its page."))


class DocumentSerializer(serializers.Serializer):
    id = number(_("Number of the document, for good."))
    kind = choice(DocumentKind.values, _("What it is."))
    title = text(_("Title of the document."))
    publisher = text(_("Who issued it; for a search note, who looked."))
    published_on = day(_("Date of the document."))
    published_on_precision = choice(Precision.values, _("How exactly that date is known."))
    url = text(_("Where it was published."))
    archived_url = text(_("A public archived copy."))
    sha256 = text(_("SHA-256 of the archived file."))
    language = text(_("Code of its language."))
    summary = text(_("What it is, in our own words."))
    sealed = flag(_("A court sealed it: only its title and hash are left."))
    sealed_reason = text(_("Why it was sealed."))


class WinSerializer(serializers.Serializer):
    id = number(_("Number of this version of the record."))
    title = text(_("What was won."))
    summary = text(_("What happened, in a few sentences."))
    kind = choice(WinKind.values, _("How it was won."))
    state = text(_("Postal abbreviation."))
    place = text(_("The city, if it is a city's."))
    counties = texts(_("FIPS codes."))
    factors = texts(_("Codes of the factors touched."))
    date_earliest = day(_("The date, or the earliest."))
    date_latest = day(_("If only a span is known."))
    date_precision = choice(Precision.values, _("How exactly the date is known."))
    note = text(_("What has to be said about it."))
    needs_verification = flag(_("A date or wording is yet to be checked by staff."))
    citations = CitationSerializer(many=True)


class ClaimSerializer(serializers.Serializer):
    factor = choice(FactorChoices.values, _("The factor that the law bears on."))
    effect = choice(EffectChoices.values, _("What the law does to it."))
    effective_from = day(_("First day in force."), null=False)
    effective_from_precision = choice(Precision.values, _("How exactly that date is known."))
    effective_until = day(_("First day no longer in force; empty: still in force."))
    compliance_date = day(_("Decides from this day, if not at once."))
    qualification = text(_("Exceptions and loopholes, in words."))
    needs_verification = flag(_("A date or wording is yet to be checked by staff."))
    verification_note = text(_("What is yet to be checked."))
    citations = CitationSerializer(many=True)


class ExceptionSerializer(serializers.Serializer):
    fips = text(_("Code of the county that the law leaves out: five digits, as text."))
    factor = choice(FactorChoices.values, _("The factor; null: every factor claimed."), null=True)
    reason = text(_("Why it is left out."))
    effective_from = day(_("First day in force."), null=False)
    effective_until = day(_("First day no longer in force; empty: still in force."))
    citations = CitationSerializer(many=True)


class ProvisionSerializer(serializers.Serializer):
    id = number(_("Number of this version of the record."))
    state = text(_("Postal abbreviation."))
    title = text(_("What the law is called."))
    level = choice(LawLevel.values, _("Its rank: the higher prevails."))
    legal_citation = text(_("Where to find it in the law."))
    binds_county_agencies = flag(_("Only then it decides a county's answer."))
    binds_others = text(_("Whom else it binds."))
    summary = text(_("What it says, in our own words."))
    enacted_on = day(_("When it was enacted."))
    enacted_on_precision = choice(Precision.values, _("How exactly that date is known."))
    last_verified = day(_("When somebody last compared it with its source."), null=False)
    needs_verification = flag(_("A date or wording is yet to be checked by staff."))
    verification_note = text(_("What is yet to be checked."))
    citations = CitationSerializer(many=True)
    claims = ClaimSerializer(many=True)
    exceptions = ExceptionSerializer(many=True)


class AgreementSerializer(serializers.Serializer):
    id = number(_("Number of this version of the record."))
    kind = choice(AgreementKind.values, _("287(g) agreement or detention contract."))
    state = text(_("Postal abbreviation."))
    agency_name = text(_("The agency that signed."))
    agency_type = choice(AgencyType.values, _("What the agency is."))
    type_as_listed = text(_("As ICE calls it."))
    decides = flag(_("Decides the answer of its counties."))
    counties = texts(_("FIPS codes."))
    model = text(_("Model or type of contract."))
    signed_on = day(_("When it was signed."))
    signed_on_precision = choice(Precision.values, _("How exactly that date is known."))
    last_listed_on = day(_("Of the newest list by ICE that has it."))
    effective_from = day(_("First day in force."), null=False)
    effective_from_precision = choice(Precision.values, _("How exactly that date is known."))
    in_force_by = flag(_("It began on an earlier day that nobody recorded."))
    effective_until = day(_("First day no longer in force; empty: still in force."))
    effective_until_precision = choice(Precision.values, _("How exactly that date is known."))
    ended_as = choice(Agreement.EndedAs.values, _("How it ended."), blank=True)
    needs_verification = flag(_("A date or wording is yet to be checked by staff."))
    citations = CitationSerializer(many=True)


class OptionSerializer(serializers.Serializer):
    key = text(_("Short name of the option, for good."))
    place = choice(OptionPlace.values, _("Where it can be adopted."))
    order = number(_("Its place in the list."))
    factor = choice(FactorChoices.values, _("That it would satisfy."), null=True)
    title = text(_("What it is called."))
    explanation = text(_("What it does."))
    model_wording = text(_("Words to propose."))
    who_can_adopt = text(_("Who has the power to adopt it."))
    document = number(_("Its source, as in `documents/`."), null=True)
    page = text(_("Page of its source."))
    also_factors = texts(_("Factors that it touches besides."))
    routes = texts(_("Offices that usually adopt it, each with its instrument; commonest first."))
    title_es = text(_("What it is called, in Spanish; empty where there is no Spanish."))
    explanation_es = text(_("What it does, in Spanish."))
    model_wording_es = text(_("Words to propose, in Spanish."))
    who_can_adopt_es = text(_("Who has the power to adopt it, in Spanish."))


class ChangeSerializer(serializers.Serializer):
    revision = number(_("Number of the change, for good."))
    at = serializers.DateTimeField(help_text=_("When we made it."))
    kind = choice(ChangeKind.values, _("Whether the world changed, we were wrong, or another."))
    summary = text(_("What changed."))
    state = choice(USPS, _("Postal abbreviation, of a change to a state's law."), null=True)
    counties = texts(_("FIPS codes of the counties it bears on."))


class ColumnSerializer(serializers.Serializer):
    list = text(_("Name of the list, as in the address of the API."))
    column = text(_("Name of the column in the CSV; in the JSON, its key behind those of parents."))
    type = choice(ColumnType.values, _("What its values are."))
    several = flag(_("A row may have several values; a CSV joins them by “; ”."))
    nullable = flag(_("Null in the JSON, empty in the CSV, where nothing is known or applies."))
    values = texts(_("All that there can be, if it is one of a few."))
    meaning = text(_("What it means."))
