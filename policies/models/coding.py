"""A county coded a second time, by somebody who does not see the first answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counties.models import County
from policies.models.base import IMPLAUSIBLE_YEAR, plausible_years
from policies.models.local_policy import FactorChoices
from policies.models.source import SourceDocument
from policies.rubric import Answer

_ANSWERS = [answer.value for answer in Answer]


class AnswerChoices(models.TextChoices):
    """What a coder may find. Unknown: the documents do not tell."""

    YES = Answer.YES.value, _("yes, a protective policy")
    NO = Answer.NO.value, _("no")
    NONE_FOUND = Answer.NONE_FOUND.value, _("none found")
    UNKNOWN = Answer.UNKNOWN.value, _("cannot be told from these documents")


class CodingTask(models.Model):
    """One county that one person codes blind. Written by `policies.second_coding` alone."""

    class Status(models.TextChoices):
        OPEN = "open", _("being coded")
        DONE = "done", _("submitted")
        CANCELLED = "cancelled", _("cancelled")

    county = models.ForeignKey(
        County,
        verbose_name=_("county"),
        on_delete=models.PROTECT,  # counties are reference data that records depend on
        related_name="coding_tasks",
    )
    documents = models.ManyToManyField(
        SourceDocument,
        verbose_name=_("documents to read"),
        related_name="+",
        help_text=_("All that the coder is to read, and nothing that tells the answers."),
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coder"),
        on_delete=models.PROTECT,  # who coded it stays on record
        related_name="coding_tasks",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        editable=False,
        on_delete=models.PROTECT,  # who asked stays on record
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)

    class Meta:
        verbose_name = _("second coding")
        verbose_name_plural = _("second codings")
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        permissions = [("code_codingtask", "Can code a county as a second coder")]
        constraints = [
            models.CheckConstraint(
                name="codingtask_submitted_when_done",
                condition=Q(status__in=["open", "cancelled"], submitted_at__isnull=True)
                | Q(status="done", submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="codingtask_due_in_a_plausible_year",
                condition=plausible_years("due_on"),
                violation_error_message=IMPLAUSIBLE_YEAR,
            ),
            models.UniqueConstraint(
                fields=["county", "coder"],
                condition=Q(status="open"),
                name="codingtask_one_open_a_coder",
                violation_error_message=_("This coder is coding that county already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county}: {self.coder}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class CodedAnswer(models.Model):
    """A second coder's answer to one factor. Frozen when its task is submitted."""

    task = models.ForeignKey(
        CodingTask,
        verbose_name=_("second coding"),
        on_delete=models.CASCADE,  # part of its task
        related_name="answers",
    )
    factor = models.CharField(_("factor"), max_length=25, choices=FactorChoices.choices)
    answer = models.CharField(_("answer"), max_length=10, choices=AnswerChoices.choices)
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # a cited document is evidence
        related_name="+",
    )
    page = models.CharField(_("page"), max_length=120, blank=True)
    quote = models.TextField(_("quoted words"), blank=True)
    note = models.TextField(_("note"), blank=True)
    coded_at = models.DateTimeField(_("coded at"))
    recorded = models.CharField(
        _("the record’s answer"),
        max_length=10,
        choices=AnswerChoices.choices,
        blank=True,
        help_text=_("What the record said when the coder submitted."),
    )
    raised_at = models.DateTimeField(_("put into the queue at"), null=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("put into the queue by"),
        null=True,
        on_delete=models.PROTECT,  # who raised it stays on record
        related_name="+",
    )

    class Meta:
        verbose_name = _("second coder’s answer")
        verbose_name_plural = _("second coder’s answers")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["task", "factor"], name="codedanswer_once_a_factor"),
            models.CheckConstraint(
                name="codedanswer_known_factor", condition=Q(factor__in=FactorChoices.values)
            ),
            models.CheckConstraint(
                name="codedanswer_known_answers",
                condition=Q(answer__in=_ANSWERS, recorded__in=["", *_ANSWERS]),
            ),
            models.CheckConstraint(
                name="codedanswer_raised_by_someone_once_compared",
                condition=Q(raised_at__isnull=True, raised_by__isnull=True)
                | (Q(raised_at__isnull=False, raised_by__isnull=False) & ~Q(recorded="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_factor_display()}: {self.get_answer_display()}"

    @property
    def agrees(self) -> bool:
        return self.answer == self.recorded
