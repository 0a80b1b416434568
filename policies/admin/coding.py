"""Second codings: asked for, coded blind, compared. Each act is one call of `second_coding`.

A coder sees the county's name, the rubric's questions and the documents chosen for them; no page
here shows an answer of the record to anybody before the coder has submitted.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import clock, reviews, second_coding
from policies.admin.coding_forms import forms_of
from policies.admin.coding_reading import ReadsDocuments
from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import flag
from policies.admin.quality import people
from policies.models import ChangeSet, CodedAnswer, CodingTask, FactorChoices
from policies.rubric import Factor
from policies.views.documents import FOR_STAFF_ONLY

ASK, COMPARE, CODE = "policies.add_codingtask", "policies.view_codingtask", second_coding.CODE
#: Change-sets offered for a comment: those that are not decided, newest first.
SETS_OFFERED = 50


class AskForm(forms.ModelForm):
    class Meta:
        model = CodingTask
        fields = ("county", "documents", "coder", "due_on")


@admin.register(CodingTask)
class CodingTaskAdmin(ReadsDocuments, ReadOnlyAdmin):
    form = AskForm
    autocomplete_fields = ("county", "documents")
    list_display = ("county", "coder", "status", "due", "asked_by", "submitted_at")
    list_select_related = ("county__state", "coder", "asked_by")
    list_filter = ("status",)
    search_fields = ("county__name", "=county__fips", "coder__username")
    change_list_template = "admin/policies/coding_list.html"
    show_full_result_count = False

    # --- Who may see what ----------------------------------------------------------------------

    def has_add_permission(self, request):
        return request.user.has_perm(ASK)

    def has_view_permission(self, request, obj=None):
        user = request.user
        if user.has_perm(COMPARE):
            return True
        return user.has_perm(CODE) and (obj is None or obj.coder_id == user.pk)

    def get_queryset(self, request):
        """All for those who compare; for others, what they are to code."""
        rows = super().get_queryset(request)
        if request.user.has_perm(COMPARE):
            return rows
        return rows.filter(coder=request.user)

    @admin.display(description=gettext_lazy("due"), ordering="due_on", empty_value="")
    def due(self, task):
        late = task.is_open and task.due_on and task.due_on < clock.today()
        return flag(task.due_on) if late else task.due_on and task.due_on.isoformat()

    # --- Asking --------------------------------------------------------------------------------

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "coder":
            kwargs["queryset"] = people(CODE).exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        """A form that is valid only once the task is asked for, so that refusals keep its words."""
        base = super().get_form(request, obj, **kwargs)

        class Asking(base):
            def clean(self):
                cleaned = super().clean()
                if not self.errors:
                    try:
                        self.asked = second_coding.ask(
                            by=request.user, at=clock.now(), **self.cleaned_data
                        )
                    except ValidationError as error:
                        self.add_error(None, error)
                return cleaned

            def save(self, commit=True):
                self.save_m2m = lambda: None
                return self.asked

        return Asking

    def save_model(self, request, obj, form, change):
        """It was asked for already, by `Asking.clean`."""

    # --- One of them ---------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        task = self.seen_or_404(request, object_id)
        if task.is_open and task.coder_id == request.user.pk:
            return self._page(request, task, "coding", forms=forms_of(task))
        if task.status == CodingTask.Status.DONE and request.user.has_perm(COMPARE):
            return self._comparison(request, task)
        answers = list(task.answers.select_related("document"))
        own = answers if task.coder_id == request.user.pk else []
        return self._page(request, task, "coding_state", answers=own)

    def seen_or_404(self, request, pk) -> CodingTask:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def _page(self, request, task, name: str, status: int = 200, **more):
        context = {
            **self.admin_site.each_context(request),
            "title": str(task.county),
            "subtitle": None,
            "opts": self.opts,
            "task": task,
            "documents": task.documents.order_by("title"),
            "may_cancel": task.is_open and request.user.has_perm(ASK),
            **more,
        }
        template = f"admin/policies/{name}.html"
        response = TemplateResponse(request, template, context, status=status)
        response["Cache-Control"] = FOR_STAFF_ONLY
        return response

    def _comparison(self, request, task: CodingTask):
        answers = list(task.answers.select_related("document"))
        undecided = [ChangeSet.Status.OPEN, ChangeSet.Status.IN_REVIEW]
        here = Q(items__local_policy__county=task.county_id)
        sets = ChangeSet.objects.filter(status__in=undecided).order_by("-pk")
        about = list(sets.filter(here).distinct()[:SETS_OFFERED])
        others = list(sets.exclude(pk__in=[one.pk for one in about])[:SETS_OFFERED])
        return self._page(
            request,
            task,
            "coding_compared",
            answers=answers,
            same=sum(answer.agrees for answer in answers),
            change_sets=[*about, *others],
            day=clock.day_of(task.submitted_at),
        )

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "policies_codingtask"
        read = "<int:pk>/documents/<int:number>/"
        return [
            path("agreement/", wrap(self.agreement_view), name=f"{name}_agreement"),
            path(read, wrap(self.read_view), name=f"{name}_read"),
            path(f"{read}file/", wrap(self.file_view), name=f"{name}_file"),
            *(
                path(f"<int:pk>/{act}/", wrap(getattr(self, f"{act}_view")), name=f"{name}_{act}")
                for act in ("code", "cancel", "queue", "comment")
            ),
            *super().get_urls(),
        ]

    # --- Acts ----------------------------------------------------------------------------------

    def code_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        task = self.seen_or_404(request, pk)
        if task.coder_id != request.user.pk:
            raise PermissionDenied
        filled = forms_of(task, request.POST)
        if not all(form.is_valid() for form in filled):
            return self._page(request, task, "coding", 400, forms=filled)
        answers: dict[Factor, second_coding.Coded] = {form.factor: form.coded for form in filled}
        who = {"task": task, "by": request.user, "at": clock.now()}
        try:
            second_coding.save(answers=answers, **who)
            if "submit" in request.POST:
                second_coding.submit(**who)
        except reviews.AlreadyDoneError as error:
            messages.info(request, " ".join(error.messages))
        except ValidationError as error:
            # What was written is kept; only the submitting was refused.
            for sentence in error.messages:
                messages.error(request, sentence)
            return self._page(request, task, "coding", 409, forms=filled)
        else:
            done = "submit" in request.POST
            messages.success(request, _("Submitted. Thank you.") if done else _("Saved."))
        return self._back(pk)

    def cancel_view(self, request, pk):
        def cancel(task):
            second_coding.cancel(task=task, by=request.user, at=clock.now())
            return _("Cancelled.")

        return self._act(request, pk, ASK, cancel)

    def queue_view(self, request, pk):
        def put(task):
            answer = self._answer(request, task)
            second_coding.put_into_queue(answer=answer, by=request.user, at=clock.now())
            return _("It is in the queue of findings now.")

        return self._act(request, pk, ASK, put)

    def comment_view(self, request, pk):
        def comment(task):
            number = request.POST.get("change_set", "")
            found = ChangeSet.objects.filter(pk=number).first() if number.isdigit() else None
            if found is None:
                raise ValidationError(_("Choose a change-set."))
            second_coding.comment(
                answer=self._answer(request, task),
                change_set=found,
                by=request.user,
                at=clock.now(),
                text=request.POST.get("text", "")[: second_coding.LONGEST_COMMENT],
            )
            return _("Your comment is kept.")

        return self._act(request, pk, ASK, comment)

    def _act(self, request, pk, permission: str, do):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        task = self.seen_or_404(request, pk)
        if not request.user.has_perm(permission):
            raise PermissionDenied
        try:
            messages.success(request, do(task))
        except reviews.AlreadyDoneError as error:
            messages.info(request, " ".join(error.messages))
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
        return self._back(pk)

    def _answer(self, request, task: CodingTask) -> CodedAnswer:
        found = task.answers.filter(factor=request.POST.get("factor", "")).first()
        if found is None:
            raise ValidationError(_("There is no difference here."))
        return found

    def _back(self, pk):
        return HttpResponseRedirect(reverse("admin:policies_codingtask_change", args=[pk]))

    # --- The report ----------------------------------------------------------------------------

    def agreement_view(self, request):
        if not request.user.has_perm(COMPARE):
            raise PermissionDenied
        found = second_coding.agreement_by_factor()
        context = {
            **self.admin_site.each_context(request),
            "title": _("How far second coders agree with the record"),
            "subtitle": None,
            "opts": self.opts,
            "rows": [(FactorChoices(factor.value).label, one) for factor, one in found.items()],
        }
        return TemplateResponse(request, "admin/policies/coding_agreement.html", context)
