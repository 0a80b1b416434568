"""The form of a county's screen: a source once, and for each factor an answer and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin.county_fields import DayField, page_field, quote_field, words_field, written
from policies.admin.county_new_document import NewDocumentForm
from policies.county_entry import Entry, NewDocument
from policies.county_standing import Standing
from policies.models import ChangeKind, Citation, Precision, RecordedAnswer, SourceDocument

ANSWERS = (
    ("", gettext_lazy("leave as it is")),
    (RecordedAnswer.YES.value, gettext_lazy("yes")),
    (RecordedAnswer.NO.value, gettext_lazy("no")),
    (RecordedAnswer.NONE_FOUND.value, gettext_lazy("none found")),
)
VERBS = (
    (ChangeKind.POLICY_CHANGE.value, gettext_lazy("The policy changed")),
    (ChangeKind.CORRECTION.value, gettext_lazy("We were wrong")),
)


class SourceForm(forms.Form):
    """What holds for every factor that is answered and says nothing else itself."""

    document = forms.ModelChoiceField(
        SourceDocument.objects.filter(sealed_at__isnull=True),
        required=False,
        label=gettext_lazy("Document"),
        widget=AutocompleteSelect(
            Citation._meta.get_field("document"),
            admin.site,
        ),
    )
    starts = DayField(label=gettext_lazy("In force from"))
    observed = forms.BooleanField(
        required=False, label=gettext_lazy("it began earlier (“by” this day)")
    )
    ends = DayField(label=gettext_lazy("Until"))
    page = page_field()
    quote = quote_field(2)
    why = words_field(1, label=gettext_lazy("Why"))


class FactorForm(forms.Form):
    """One factor. It is written if an answer is chosen, or anything of its draft changed, and left
    alone otherwise."""

    answer = forms.ChoiceField(
        choices=ANSWERS, required=False, widget=forms.RadioSelect, label=gettext_lazy("Answer")
    )
    kind = forms.ChoiceField(
        choices=VERBS,
        required=False,
        widget=forms.RadioSelect,
        label=gettext_lazy("What happened"),
    )
    quote = quote_field(3)
    page = page_field()
    starts = DayField(label=gettext_lazy("In force from"))
    ends = DayField(label=gettext_lazy("Until"))
    qualification = words_field(1, label=gettext_lazy("Qualification"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, standing: Standing):
        self.standing = standing
        super().__init__(data, prefix=standing.factor, initial=_initial(standing))
        if standing.live is None:
            del self.fields["kind"]
        #: What the form is shown against; what was posted says what it was shown against before.
        self.seen_now = self["seen"].value() or standing.key

    @property
    def opened(self) -> bool:
        """Whether something was typed, so that it is shown again."""
        return self.is_bound and bool({*self.changed_data} - {"seen"})

    @property
    def chosen(self) -> bool:
        return bool(self.is_bound and self.cleaned_data.get("answer"))

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("answer") and "answer" not in self.errors and self._is_typed():
            if self.standing.draft:
                cleaned["answer"] = self.standing.draft.answer  # it is left as it is
            else:
                self.add_error("answer", _("Choose an answer, or this factor is left alone."))
        asks_kind = "kind" in self.fields and "kind" not in self.errors
        if cleaned.get("answer") and asks_kind and not cleaned.get("kind"):
            self.add_error("kind", _("Did the policy change, or were we wrong?"))
        return cleaned

    def _is_typed(self) -> bool:
        """Whether anything beside the answer was typed, or changed of a draft."""
        days = {"starts", "ends"} & set(self.changed_data)
        return bool(days) or any(map(self._is_new, ("quote", "page", "qualification")))

    def _is_new(self, name: str) -> bool:
        old = self.initial.get(name) or ""
        return self.cleaned_data.get(name, "").split() != str(old).split()

    def check_dates(self, starts, ends) -> None:
        """`starts`, `ends`: what holds for this factor, each with its precision, or None."""
        live, kind = self.standing.live, self.cleaned_data.get("kind")
        if starts is None:
            self.add_error("starts", _("From when? Say it here, or with the source for all."))
            return
        if ends and ends[0] <= starts[0]:
            self.add_error("ends", _("The end must be later than the start."))
        if kind != ChangeKind.POLICY_CHANGE or live is None:
            return
        if starts[0] < live.effective_from:
            said = _("The record before begins on %(day)s, and a change comes later.")
            self.add_error("starts", said % {"day": live.effective_from})
        elif starts[0] == live.effective_from and not ends:
            self.add_error(
                "starts", _("Say when the policy changed: the first day of the new one.")
            )


def _initial(standing: Standing) -> dict:
    draft = standing.draft
    if draft is None:
        return {"answer": ""}
    citation = next(iter(draft.citations.all()), None)
    return {
        "answer": "",
        "kind": draft.change_kind,
        "starts": written(draft.effective_from, draft.effective_from_precision),
        "ends": written(draft.effective_until, draft.effective_until_precision),
        "qualification": draft.qualification,
        "page": citation.page if citation else "",
        "quote": citation.quote if citation else "",
    }


class CountyForm:
    """All of them together. Valid only as a whole."""

    def __init__(
        self, standings: Mapping[str, Standing], data=None, files=None, *, may_add: bool = True
    ):
        self.source = SourceForm(data, prefix="source")
        self.factors = {
            factor: FactorForm(data, standing=standing) for factor, standing in standings.items()
        }
        self.new = NewDocumentForm(data, files) if may_add else None
        self.problems: list[str] = []

    def is_valid(self, *, sending: bool) -> bool:
        """`sending`: whether it goes to review, so that it has to be whole."""
        parts = [self.source, *self.factors.values(), *([self.new] if self.new else ())]
        valid = not sum(not part.is_valid() for part in parts)  # every one says its errors
        chosen = [form for form in self.factors.values() if form.chosen]
        if not chosen and valid:
            self.problems.append(_("Nothing was answered, so nothing was saved."))
        for form in chosen:
            if not {"starts", "ends"} & {*self.source.errors, *form.errors}:
                form.check_dates(self._starts(form), self._ends(form))
        self._check_document(chosen, sending)
        corrects = any(f.cleaned_data.get("kind") == ChangeKind.CORRECTION for f in chosen)
        if sending and corrects and not self.source.cleaned_data.get("why"):
            self.source.add_error("why", _("Say what was wrong. The public change log shows it."))
        return valid and not self.problems and not self.has_errors

    @property
    def has_errors(self) -> bool:
        parts = (self.source, *self.factors.values(), *([self.new] if self.new else ()))
        return bool(self.problems) or any(part.is_bound and part.errors for part in parts)

    @property
    def only_the_file_is_known(self) -> bool:
        """Whether nothing else is wrong than that the file is here already, as when a form is
        posted twice."""
        others = (self.source, *self.factors.values())
        clean = not self.problems and not any(part.errors for part in others)
        return clean and self.new is not None and set(self.new.errors) == {"file"}

    @property
    def media(self) -> forms.Media:
        return self.source.media + (self.new.media if self.new else forms.Media())

    def _check_document(self, chosen, sending: bool) -> None:
        picked = self.source.cleaned_data.get("document")
        new = self.new is not None and self.new.wanted
        if new and picked:
            self.source.add_error(
                "document", _("Either a document that is here, or a new one: clear one of them.")
            )
        if new or picked or "document" in self.source.errors:
            return
        bare = [form for form in chosen if not self._cites_already(form)]
        if any(self._shared(form, "quote") or self._shared(form, "page") for form in bare):
            self.source.add_error("document", _("Which document has these words?"))
        elif sending and bare:
            self.source.add_error("document", _("Nothing is published without a source: name it."))

    def _cites_already(self, form: FactorForm) -> bool:
        """A draft keeps what it cites, and so does a correction that names no other document."""
        draft, live = form.standing.draft, form.standing.live
        if draft:
            return bool(draft.citations.all())
        return live is not None and form.cleaned_data.get("kind") == ChangeKind.CORRECTION

    def document(self) -> SourceDocument | NewDocument | None:
        if self.new and self.new.wanted:
            return self.new.made()
        return self.source.cleaned_data.get("document")

    def entries(self) -> list[Entry]:
        return list(self._entries())

    def _entries(self) -> Iterator[Entry]:
        for factor, form in self.factors.items():
            if not form.chosen:
                continue
            starts, ends = self._starts(form), self._ends(form)
            yield Entry(
                factor=factor,
                answer=form.cleaned_data["answer"],
                kind=ChangeKind(form.cleaned_data.get("kind") or ChangeKind.NEW),
                effective_from=starts[0],
                effective_from_precision=starts[1],
                effective_until=ends[0] if ends else None,
                effective_until_precision=ends[1] if ends else Precision.DAY,
                in_force_by=self._in_force_by(form, starts),
                qualification=form.cleaned_data["qualification"],
                page=self._shared(form, "page"),
                quote=self._shared(form, "quote"),
                why=self.source.cleaned_data["why"],
                seen=form.cleaned_data["seen"],
            )

    def _shared(self, form: FactorForm, name: str):
        return form.cleaned_data.get(name) or self.source.cleaned_data.get(name) or ""

    def _in_force_by(self, form: FactorForm, starts) -> bool:
        """As it was, where the start is the one that was recorded."""
        stored = form.standing.draft or form.standing.live
        same = stored is not None and stored.effective_from == starts[0]
        return self.source.cleaned_data["observed"] or (same and stored.in_force_by)

    def _starts(self, form: FactorForm):
        return self._day(form, "starts", "effective_from")

    def _ends(self, form: FactorForm):
        return self._day(form, "ends", "effective_until")

    def _day(self, form: FactorForm, name: str, stored: str):
        """Of the factor, else of all; a correction keeps what is recorded."""
        found = form.cleaned_data.get(name) or self.source.cleaned_data.get(name)
        live = form.standing.live
        corrects = form.cleaned_data.get("kind") == ChangeKind.CORRECTION
        if found or not corrects or live is None or form.standing.draft:
            return found
        day = getattr(live, stored)
        return (day, getattr(live, f"{stored}_precision")) if day else None
