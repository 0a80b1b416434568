"""The filters of the lists of records. `policies.filters` has those of counties."""

from __future__ import annotations

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County, State
from policies import catalogue, changes
from policies.api import places
from policies.filters import STATE_NAMES, CheckedFilterSet, DayFilter, StatesFilter
from policies.models import (
    AgencyType,
    Agreement,
    AgreementKind,
    ChangeEvent,
    ChangeKind,
    DocumentKind,
    EffectChoices,
    FactorChoices,
    LawLevel,
    LocalOption,
    PolicyWin,
    ProvisionClaim,
    SourceDocument,
    StateProvision,
    WinKind,
)
from policies.models.reference import OptionPlace

LONGEST_TEXT = 100


class CountyCodeField(forms.CharField):
    def clean(self, value):
        code = super().clean(value)
        if code and not (places.is_code(code) and County.objects.filter(pk=code).exists()):
            raise ValidationError(places.why_not(code)[0])
        return code


class CountyCodeFilter(django_filters.Filter):
    """One county, by its FIPS code."""

    field_class = CountyCodeField

    def __init__(self, **kwargs):
        super().__init__(label=_("County"), help_text=_("FIPS code, five digits."), **kwargs)


class YesNoFilter(django_filters.ChoiceFilter):
    def __init__(self, **kwargs):
        super().__init__(choices=[("true", _("yes")), ("false", _("no"))], **kwargs)

    def filter(self, qs, value):
        return super().filter(qs, {"true": True, "false": False}.get(value, value))


class TextFilter(django_filters.CharFilter):
    """Words in any of `fields`."""

    def __init__(self, *fields: str):
        super().__init__(
            label=_("Words"), help_text=_("Part of the text."), max_length=LONGEST_TEXT
        )
        self.fields = fields

    def filter(self, qs, value):
        if not value:
            return qs
        matches = Q()
        for name in self.fields:
            matches |= Q(**{f"{name}__icontains": value})
        return qs.filter(matches)


class StateFilter(CheckedFilterSet):
    q = TextFilter("name")

    class Meta:
        model = State
        fields: list[str] = []


class WinFilter(CheckedFilterSet):
    state = StatesFilter()
    county = CountyCodeFilter(field_name="counties")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=WinKind.choices)
    factor = django_filters.ChoiceFilter(
        label=_("Factor touched"), field_name="win_factors__factor", choices=FactorChoices.choices
    )
    since = DayFilter(
        label=_("Since"), method="filter_since", help_text=_("Dated wins of this day or later.")
    )
    q = TextFilter("title", "summary", "place")

    class Meta:
        model = PolicyWin
        fields: list[str] = []

    def filter_since(self, queryset, name, value):
        return queryset.filter(Q(date_earliest__gte=value) | Q(date_latest__gte=value))


class DocumentFilter(CheckedFilterSet):
    clocks = ("known_on",)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    published_since = DayFilter(
        label=_("Published since"), field_name="published_on", lookup_expr="gte"
    )
    q = TextFilter("title", "publisher", "summary")

    class Meta:
        model = SourceDocument
        fields: list[str] = []


class ProvisionFilter(CheckedFilterSet):
    state = StatesFilter()
    factor = django_filters.ChoiceFilter(
        label=_("Factor"), choices=FactorChoices.choices, method="filter_claims"
    )
    effect = django_filters.ChoiceFilter(
        label=_("Effect"), choices=EffectChoices.choices, method="filter_claims"
    )
    level = django_filters.ChoiceFilter(label=_("Level"), choices=LawLevel.choices)
    binds_county_agencies = YesNoFilter(label=_("Binds county agencies"))
    q = TextFilter("title", "legal_citation", "summary")

    class Meta:
        model = StateProvision
        fields: list[str] = []

    def filter_claims(self, queryset, name, value):
        """One and the same claim has the factor and the effect."""
        chosen = self.form.cleaned_data
        wanted = {key: chosen[key] for key in ("factor", "effect") if chosen[key]}
        claims = ProvisionClaim.objects.filter(**wanted).order_by()
        return queryset.filter(pk__in=claims.values("provision"))


class AgreementFilter(CheckedFilterSet):
    state = StatesFilter()
    county = CountyCodeFilter(field_name="counties")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=AgreementKind.choices)
    agency_type = django_filters.ChoiceFilter(label=_("Agency"), choices=AgencyType.choices)
    q = TextFilter("agency_name", "model")

    class Meta:
        model = Agreement
        fields: list[str] = []


class OptionWordsFilter(TextFilter):
    """Words as they ship, or as staff wrote them."""

    def filter(self, qs, value):
        return (
            (super().filter(qs, value) | qs.filter(catalogue.written_with(value))) if value else qs
        )


class OptionFilter(CheckedFilterSet):
    clocks = ()
    place = django_filters.ChoiceFilter(label=_("Place"), choices=OptionPlace.choices)
    factor = django_filters.ChoiceFilter(label=_("Factor"), choices=FactorChoices.choices)
    q = OptionWordsFilter("title", "explanation", "model_wording")

    class Meta:
        model = LocalOption
        fields: list[str] = []


class ChangeFilter(CheckedFilterSet):
    clocks = ("known_on",)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ChangeKind.choices)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=STATE_NAMES,
        method="filter_state",
        help_text=_("Its law, its records and its counties."),
    )
    county = CountyCodeFilter(field_name="counties")

    class Meta:
        model = ChangeEvent
        fields: list[str] = []

    def filter_state(self, queryset, name, value):
        return queryset.filter(pk__in=changes.log(state=value).order_by().values("pk"))
