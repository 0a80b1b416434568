"""The same provision for many counties: a form, the list of what it would do, then drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.fips import FipsError, clean_fips
from counties.models import County
from policies import clock, county_bulk, reviews
from policies.admin.county_fields import DayField, page_field, quote_field, words_field
from policies.admin.county_forms import VERBS
from policies.admin.county_writing import may_write
from policies.admin.display import ANSWER_WORDS, change_url, list_url, squares, squares_of, words_of
from policies.admin.sending import may_send
from policies.assessments import Assessment, When, assess
from policies.county_bulk import Line, Plan, Provision, Skipped
from policies.models import (
    ChangeKind,
    ChangeSet,
    Citation,
    FactorChoices,
    Precision,
    RecordedAnswer,
    SourceDocument,
)
from policies.rubric import Answer

SKIPPED_WORDS: dict[Skipped, Promise] = {
    Skipped.ALREADY: gettext_lazy("already so"),
    Skipped.DRAFT: gettext_lazy("has a draft"),
    Skipped.IN_REVIEW: gettext_lazy("is in review"),
    Skipped.NOTHING_TO_CORRECT: gettext_lazy("no record to correct"),
    Skipped.BEGINS_THEN: gettext_lazy("its record begins on that very day: correct it"),
    Skipped.OTHER_PERIOD: gettext_lazy("another of its records lies within these days"),
}
WRITTEN_WORDS: dict[ChangeKind, Promise] = {
    ChangeKind.NEW: gettext_lazy("new record"),
    ChangeKind.POLICY_CHANGE: gettext_lazy("the policy changed"),
    ChangeKind.CORRECTION: gettext_lazy("we were wrong"),
}


class TogetherForm(forms.Form):
    counties = forms.CharField(widget=forms.HiddenInput)
    factors = forms.MultipleChoiceField(
        choices=FactorChoices.choices,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Factors"),
    )
    answer = forms.ChoiceField(
        choices=RecordedAnswer.choices, widget=forms.RadioSelect, label=gettext_lazy("Answer")
    )
    kind = forms.ChoiceField(
        choices=VERBS, widget=forms.RadioSelect, label=gettext_lazy("What happened")
    )
    starts = DayField(label=gettext_lazy("In force from"))
    ends = DayField(label=gettext_lazy("Until"))
    qualification = words_field(1, label=gettext_lazy("Qualification"))
    document = forms.ModelChoiceField(
        SourceDocument.objects.filter(sealed_at__isnull=True),
        label=gettext_lazy("Document"),
        widget=AutocompleteSelect(Citation._meta.get_field("document"), admin.site),
    )
    page = page_field()
    quote = quote_field(2)
    title = forms.CharField(max_length=200, label=gettext_lazy("Name of the change-set"))
    why = words_field(1, label=gettext_lazy("Why"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_counties(self) -> list[str]:
        codes = set()
        for word in self.cleaned_data["counties"].split():
            try:
                codes.add(clean_fips(word))
            except FipsError as error:
                raise ValidationError(str(error)) from None
        return sorted(codes)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        corrects = cleaned.get("kind") == ChangeKind.CORRECTION
        if not starts and not corrects and "starts" not in self.errors:
            self.add_error("starts", _("From when is it in force?"))
        if starts and ends and ends[0] <= starts[0]:
            self.add_error("ends", _("The end must be later than the start."))
        if corrects and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say what was wrong. The public change log shows it."))
        return cleaned

    def provision(self) -> Provision:
        data = self.cleaned_data
        starts, ends = (data[name] or (None, Precision.DAY) for name in ("starts", "ends"))
        return Provision(
            factors=tuple(data["factors"]),
            answer=data["answer"],
            kind=ChangeKind(data["kind"]),
            document=data["document"],
            effective_from=starts[0],
            effective_from_precision=starts[1],
            effective_until=ends[0],
            effective_until_precision=ends[1],
            **{name: data[name] for name in ("qualification", "page", "quote", "why")},
        )


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county of the list. `before`: its squares; `after`: too, if they would differ."""

    name: str
    url: str
    written: tuple[str, ...]
    skipped: tuple[str, ...]
    before: SafeString
    after: SafeString | str


class TogetherMixin:
    """Mixed into the admin of counties."""

    actions = ("record_together",)

    def has_record_permission(self, request) -> bool:
        return may_write(request.user) and may_send(request.user)

    @admin.action(description=gettext_lazy("Record the same provision …"), permissions=["record"])
    def record_together(self, request, queryset):
        return self._together(request, queryset.order_by("pk").values_list("pk", flat=True))

    def get_urls(self):
        view = self.admin_site.admin_view(self.together_view)
        return [path("together/", view, name="counties_county_together"), *super().get_urls()]

    def together_view(self, request):
        if not self.has_record_permission(request):
            raise PermissionDenied
        if request.method == "GET":
            inside = County.objects.filter(state=request.GET.get("state", "").upper())
            return self._together(request, inside.order_by("pk").values_list("pk", flat=True))
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        form = TogetherForm(request.POST)
        if not form.is_valid():
            return self._form_page(request, form, request.POST.get("counties", "").split(), 400)
        fips, provision = form.cleaned_data["counties"], form.provision()
        if "_make" in request.POST:
            try:
                return self._make(request, form, fips, provision)
            except reviews.AlreadyDoneError as error:
                messages.info(request, " ".join(error.messages))
                return HttpResponseRedirect(list_url(ChangeSet))
            except ValidationError as error:
                for message in error.messages:
                    messages.error(request, message)
        found = county_bulk.plan(fips, provision, clock.today())
        return self._form_page(request, form, fips, 200, found)

    def _make(self, request, form, fips, provision):
        made = county_bulk.make_drafts(
            fips=fips,
            provision=provision,
            seen=form.cleaned_data["seen"],
            title=form.cleaned_data["title"],
            by=request.user,
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, _("The drafts are made. Read them, and send them to review."))
        return HttpResponseRedirect(change_url(made))

    def _together(self, request, fips: Collection[str]):
        form = TogetherForm(initial={"counties": " ".join(fips)})
        return self._form_page(request, form, fips)

    def _form_page(self, request, form, fips, status: int = 200, found: Plan | None = None):
        lines = _lines(found) if found else ()
        context = {
            **self.admin_site.each_context(request),
            "title": _("The same provision for many counties"),
            "subtitle": None,
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "form": form,
            "media": self.media + form.media,
            "chosen": len(fips),
            "some": County.objects.filter(pk__in=list(fips)[:6]).select_related("state"),
            "plan": found,
            "lines": lines,
            "figures": _figures(found, lines) if found else {},
        }
        return TemplateResponse(request, "admin/policies/together.html", context, status=status)


def _lines(found: Plan) -> list[CountyLine]:
    now = assess(When(found.day), fips={line.county.pk for line in found.lines})
    return [
        _county_line(found, list(group), now)
        for _fips, group in groupby(found.lines, key=lambda line: line.county.pk)
    ]


def _county_line(found: Plan, lines: list[Line], now: Mapping[str, Assessment]) -> CountyLine:
    county = lines[0].county
    moved = found.moved.get(county.pk)
    return CountyLine(
        name=str(county),
        url=change_url(county),
        written=tuple(_written(line, found.answer) for line in lines if line.kind),
        skipped=tuple(_skipped(line) for line in lines if line.skipped),
        before=squares(now.get(county.pk)),
        after=squares_of(moved.answers_after, words_of(moved.after)) if moved else "",
    )


def _written(line: Line, answer: str) -> str:
    return _("%(factor)s: %(before)s → %(after)s, %(what)s") % {
        "factor": FactorChoices(line.factor).label,
        "before": ANSWER_WORDS[line.before],
        "after": ANSWER_WORDS[Answer(answer)],
        "what": WRITTEN_WORDS[line.kind],
    }


def _skipped(line: Line) -> str:
    return f"{FactorChoices(line.factor).label}: {SKIPPED_WORDS[line.skipped]}"


def _figures(found: Plan, lines: list[CountyLine]) -> dict:
    skipped = Counter(line.skipped for line in found.lines if line.skipped)
    return {
        "drafts": len(found.written),
        "counties": sum(bool(line.written) for line in lines),
        "moved": len(found.moved),
        "skipped": [(SKIPPED_WORDS[why], count) for why, count in skipped.most_common()],
    }
