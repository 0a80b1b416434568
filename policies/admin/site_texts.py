"""Texts of the site in the admin: English and Spanish side by side, with preview and history."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import clock, markdown, site_text_actions, site_texts
from policies.admin.derived import ReadOnlyAdmin
from policies.models import SiteText
from policies.site_texts import Entry

WRITE, PUBLISH = "policies.add_sitetext", "policies.review_changeset"


class WordsForm(forms.Form):
    english = forms.CharField(label=gettext_lazy("English"), required=False, widget=forms.Textarea)
    spanish = forms.CharField(label=gettext_lazy("Spanish"), required=False, widget=forms.Textarea)
    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=500)
    changes_method = forms.BooleanField(
        label=gettext_lazy("These words change what earns a point"),
        help_text=gettext_lazy("The public change log will call it a change of method."),
        required=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Listed:
    entry: Entry
    url: str
    english: str
    changed: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version, and how it differs from the one before it."""

    row: SiteText
    english: SafeString
    spanish: SafeString
    may_publish: bool
    is_in_force: bool


@admin.register(SiteText)
class SiteTextAdmin(ReadOnlyAdmin):
    def has_add_permission(self, request):
        return False  # a version is written on its text's own page

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.list_view), name="policies_sitetext_changelist"),
            path("add/", wrap(self.list_view), name="policies_sitetext_add"),
            path("preview/", wrap(self.preview_view), name="policies_sitetext_preview"),
            path("text/<str:key>/", wrap(self.text_view), name="policies_sitetext_text"),
            path("<int:pk>/change/", wrap(self.version_view), name="policies_sitetext_change"),
            path("<int:pk>/publish/", wrap(self.publish_view), name="policies_sitetext_publish"),
            path("<int:pk>/restore/", wrap(self.restore_view), name="policies_sitetext_restore"),
        ]

    # --- The list ------------------------------------------------------------------------------

    def list_view(self, request):
        """Every text, by the page on which it stands. One query."""
        self._must_see(request)
        newest = {}
        for row in SiteText.objects.order_by("pk"):
            state = newest.setdefault(row.key, {"published": None, "draft": False})
            if row.published_at:
                state["published"], state["draft"] = row, False
            else:
                state["draft"] = True
        wanted = request.GET.get("q", "").casefold().strip()[:80]
        pages: dict[str, list[Listed]] = {}
        for entry in site_texts.registry().values():
            state = newest.get(entry.key, {"published": None, "draft": False})
            row = state["published"]
            english = (row.english if row else "") or entry.english
            spanish = (row.spanish if row else "") or entry.spanish
            found = f"{entry.page} {entry.label} {english} {spanish}".casefold()
            if wanted in found:
                changed = bool(row and (row.english or row.spanish))
                listed = Listed(entry, text_url(entry.key), english[:160], changed, state["draft"])
                pages.setdefault(str(entry.page), []).append(listed)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Texts of the site"),
            "opts": self.opts,
            "pages": pages,
            "q": request.GET.get("q", "")[:80],
        }
        return TemplateResponse(request, "admin/policies/site_texts.html", context)

    # --- One text ------------------------------------------------------------------------------

    def text_view(self, request, key):
        """Both languages side by side; what was typed is kept whatever is wrong with it."""
        self._must_see(request)
        entry = site_texts.registry().get(key)
        if entry is None:
            raise Http404
        if request.method == "POST":
            if not request.user.has_perm(WRITE):
                raise PermissionDenied
            form = WordsForm(request.POST)
            if (
                form.is_valid()
                and "_preview" not in request.POST
                and self._save(request, entry, form)
            ):
                return HttpResponseRedirect(text_url(key))
        else:
            form = WordsForm(initial=self._initial(entry))
        versions = self._versions(request, entry)
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(str(entry.label)),
            "subtitle": str(entry.page),
            "opts": self.opts,
            "entry": entry,
            "form": form,
            "may_write": request.user.has_perm(WRITE),
            "previews": _previews(entry, form["english"].value(), form["spanish"].value()),
            "versions": versions,
            "preview_url": reverse("admin:policies_sitetext_preview"),
        }
        return TemplateResponse(request, "admin/policies/site_text.html", context)

    def version_view(self, request, pk):
        """A version is shown on the page of its text."""
        self._must_see(request)
        row = SiteText.objects.filter(pk=pk).first()
        if row is None or row.key not in site_texts.registry():
            raise Http404
        return HttpResponseRedirect(text_url(row.key))

    def _initial(self, entry: Entry) -> dict:
        newest = SiteText.objects.filter(key=entry.key).order_by("-pk").first()
        written = newest if newest and (newest.english or newest.spanish) else None
        return {
            "english": written.english if written else entry.english,
            "spanish": written.spanish if written else entry.spanish,
            "seen": newest.pk if newest else None,
        }

    def _save(self, request, entry: Entry, form: WordsForm) -> bool:
        try:
            site_text_actions.write(
                key=entry.key, by=request.user, at=clock.now(), **form.cleaned_data
            )
        except ValidationError as error:
            for sentence in error.messages:
                form.add_error(None, sentence)
            if any(one.code == "changed_meanwhile" for one in error.error_list):
                form.data = form.data.copy()  # so that saving again is a decision, not a repeat
                form.data["seen"] = site_text_actions.newest_version(entry.key)
            return False
        messages.success(request, _("Saved as a draft. Somebody else publishes it."))
        return True

    def _versions(self, request, entry: Entry) -> list[Version]:
        rows = list(
            SiteText.objects.filter(key=entry.key)
            .select_related("created_by", "published_by")
            .order_by("-pk")
        )
        newest = next((row.pk for row in rows if row.published_at), 0)
        before = [*rows[1:], None][: len(rows)]
        return [
            Version(
                row,
                difference(*_pair(entry, old, row, "english")),
                difference(*_pair(entry, old, row, "spanish")),
                may_publish=row.published_at is None
                and row.pk > newest
                and request.user.has_perm(PUBLISH),
                is_in_force=row.pk == newest,
            )
            for row, old in zip(rows, before, strict=True)
        ]

    def preview_view(self, request):
        """The two texts as the public would see them."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._must_see(request)
        entry = site_texts.registry().get(request.POST.get("key", ""))
        if entry is None:
            raise Http404
        english, spanish = request.POST.get("english", ""), request.POST.get("spanish", "")
        shown = _previews(entry, english, spanish)
        found = site_texts.problems(entry, english, spanish)
        return JsonResponse({"english": shown[0], "spanish": shown[1], "problems": found})

    def publish_view(self, request, pk):
        return self._act(request, pk, PUBLISH, self._publish)

    def restore_view(self, request, pk):
        return self._act(request, pk, WRITE, self._restore)

    def _act(self, request, pk, permission, act):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm(permission):
            raise PermissionDenied
        row = SiteText.objects.filter(pk=pk).first()
        if row is None or row.key not in site_texts.registry():
            raise Http404
        try:
            act(request, row)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
        return HttpResponseRedirect(text_url(row.key))

    def _publish(self, request, row: SiteText) -> None:
        site_text_actions.publish(
            version=row, by=request.user, at=clock.now(), reason=request.POST.get("reason", "")
        )
        messages.success(request, _("Published."))

    def _restore(self, request, row: SiteText) -> None:
        """The same words as a new version; it is read and published like any other."""
        site_text_actions.write(
            key=row.key,
            english=row.english,
            spanish=row.spanish,
            by=request.user,
            at=clock.now(),
            seen=site_text_actions.newest_version(row.key),
            note=_("Back to version %(number)s.") % {"number": row.pk},
        )
        messages.success(request, _("Saved as a draft. Somebody else publishes it."))

    def _must_see(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def text_url(key: str) -> str:
    return reverse("admin:policies_sitetext_text", args=[key])


def _pair(entry: Entry, old: SiteText | None, new: SiteText, language: str) -> tuple[str, str]:
    """The words before and after, those that ship where a version has none."""
    shipped = getattr(entry, language)
    return (getattr(old, language) if old else "") or shipped, getattr(new, language) or shipped


def _previews(entry: Entry, english: str | None, spanish: str | None) -> tuple[str, str]:
    shown = [(words or "")[: entry.most] for words in (english, spanish)]
    if entry.markdown:
        return markdown.render(shown[0]), markdown.render(shown[1])
    return escape(shown[0]), escape(shown[1])


def difference(old: str, new: str) -> SafeString:
    """The new words with what was left out and what came in marked, word by word."""
    before, after = old.split(" "), new.split(" ")
    parts = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(("", " ".join(after[c:d]), ""))
            continue
        if a < b:
            parts.append(("<del>", " ".join(before[a:b]), "</del>"))
        if c < d:
            parts.append(("<ins>", " ".join(after[c:d]), "</ins>"))
    return format_html_join(
        " ", "{}{}{}", ((SafeString(o), words, SafeString(c)) for o, words, c in parts)
    )
