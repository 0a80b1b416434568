"""The form in which a second coder answers one factor."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.models import AnswerChoices, CodedAnswer, CodingTask, SourceDocument
from policies.quotes import LONGEST_QUOTE
from policies.rubric import FACTORS, Answer, Factor
from policies.second_coding import Coded
from policies.texts import FACTOR_TEXTS, FactorText, answer_text

LONGEST_NOTE = 4_000


class FactorForm(forms.Form):
    """One factor of the rubric: `texts` is what the rubric asks. Nothing in it tells an answer."""

    answer = forms.ChoiceField(label=_("Answer"), required=False, widget=forms.RadioSelect)
    document = forms.ModelChoiceField(
        SourceDocument.objects.none(), label=_("Document"), required=False
    )
    page = forms.CharField(label=_("Page"), required=False, max_length=120)
    quote = forms.CharField(
        label=_("Quoted words"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 1, "class": "vLargeTextField"}),
    )

    def __init__(self, data, factor: Factor, documents, row: CodedAnswer | None):
        initial = {}
        if row:
            initial = {name: getattr(row, name) for name in ("answer", "page", "quote", "note")}
            initial["document"] = row.document_id
        super().__init__(data, prefix=factor.value, initial=initial)
        self.factor = factor
        self.fields["document"].queryset = documents
        self.fields["answer"].choices = [(one.value, _reply(factor, one)) for one in Answer]

    @property
    def texts(self) -> FactorText:
        return FACTOR_TEXTS[self.factor]

    @property
    def coded(self) -> Coded:
        return Coded(**self.cleaned_data)


def _reply(factor: Factor, answer: Answer) -> str:
    if answer == Answer.UNKNOWN:
        return str(AnswerChoices.UNKNOWN.label).capitalize()
    return str(answer_text(factor, answer))


def forms_of(task: CodingTask, data: Mapping | None = None) -> list[FactorForm]:
    """Seven forms, with what the coder wrote so far."""
    rows = {row.factor: row for row in task.answers.all()}
    documents = task.documents.order_by("title")
    return [FactorForm(data, factor, documents, rows.get(factor.value)) for factor in FACTORS]
