"""Two people edit one row: who saves second is told, shown what differs, and loses nothing.

A form carries, signed, what it was loaded with, its inlines too. If that is no longer what is
stored, nothing is saved: the page shows what was loaded, what is there now and what was typed. What
only the other person changed is taken over into the form; saving again puts the rest over theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from policies.three_way import ThreeWay

#: The hidden field that says what was seen.
SEEN = "_seen"
MEANWHILE = "changed_meanwhile"
_SALT = "policies.admin.meanwhile"
_CHECKED = "on"
Text = str | list[str]
Texts = dict[str, Text]


class NoticingForm(forms.ModelForm):
    """`three_ways`: what differs, if somebody else saved the row meanwhile."""

    three_ways: list[ThreeWay] | None = None

    def clean(self):
        cleaned = super().clean()
        formsets = getattr(self.instance, "formsets_here", None)
        if formsets is None or not self.data.get(SEEN):
            return cleaned  # a part, or a form that was not made by our pages
        loaded, now = _read(self.data[SEEN]), snapshot(self)
        if loaded != now:
            self.three_ways = list(_three_ways(self, formsets, loaded, now))
            _take_over(self, loaded["fields"], now["fields"])
            for formset in formsets:
                _take_over_parts(formset, loaded, now)
            raise ValidationError(
                _(
                    "Somebody else saved this while you were editing it, so nothing was saved yet. "
                    "What you typed is still here."
                ),
                code=MEANWHILE,
            )
        return cleaned


class NoticingMixin:
    """Mixed into the admins of all that two people may edit. Their form is a NoticingForm."""

    change_form_template = "admin/policies/noticing_change_form.html"

    def get_object(self, request, object_id, from_field=None):
        """Read under a lock when it is about to be written, so that the second sees the first."""
        obj = super().get_object(request, object_id, from_field)
        if obj and request.method == "POST" and transaction.get_connection().in_atomic_block:
            obj.refresh_from_db(from_queryset=type(obj)._base_manager.select_for_update())
        return obj

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and request.POST.get(SEEN):
            loaded = _read(request.POST[SEEN])["parts"].get(prefix, {})
            kwargs["data"] = _without_gone(kwargs["data"], prefix, kwargs["queryset"], loaded)
        return kwargs

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if change:
            # Read before anything typed is put into these rows.
            obj.formsets_here, obj.parts_here = formsets, parts_of(formsets)
        return formsets, inlines

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if obj is not None and hasattr(obj, "formsets_here"):
            context["seen"] = _sealed(snapshot(form))
            context["three_ways"] = getattr(form, "three_ways", None)
        return super().render_change_form(request, context, add, change, form_url, obj)


# --- What is stored, and what was typed, as plain text -------------------------------------------


def snapshot(form: forms.ModelForm) -> dict:
    """What the database held of a row and of its parts when the form was made."""
    fields = form.fields.items()
    return {
        "fields": {name: _stored(field, form.initial.get(name)) for name, field in fields},
        "parts": form.instance.parts_here,
    }


def parts_of(formsets: Iterable) -> dict[str, dict[str, Texts]]:
    """What the database holds of the parts, by prefix and number, as the inlines read it."""
    return {
        formset.prefix: {str(row.pk): _row(formset, row) for row in formset.get_queryset()}
        for formset in formsets
    }


def _row(formset, row: Model) -> Texts:
    fields = formset.form.base_fields
    values = model_to_dict(row, fields=list(fields))
    return {name: _stored(field, values.get(name)) for name, field in fields.items()}


def _stored(field: forms.Field, value) -> Text:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(str(getattr(item, "pk", item)) for item in value or ())
    if isinstance(field, forms.BooleanField):
        return _CHECKED if value else ""
    if isinstance(field, forms.FileField):
        return str(value or "")
    return _plain(field, field.prepare_value(value))


def _typed(form: forms.ModelForm, name: str) -> Text:
    field, value = form.fields[name], form[name].data
    if isinstance(field, forms.ModelMultipleChoiceField):
        lines = value.splitlines() if isinstance(value, str) else value or ()
        return sorted(str(line).split()[0].strip(",;") for line in lines if str(line).strip())
    if isinstance(field, forms.FileField):
        stored = str(form.initial.get(name) or "")
        return getattr(value, "name", stored) if value else stored
    if isinstance(field, forms.BooleanField):
        return _CHECKED if value else ""
    return _plain(field, value)


def _plain(field: forms.Field, value) -> str:
    widget = getattr(field.widget, "widget", field.widget)
    written = widget.format_value(value)
    if isinstance(written, (list, tuple)):
        written = written[0] if written else ""
    return str("" if written is None else written).replace("\r\n", "\n").strip()


def _sealed(content: dict) -> str:
    return signing.dumps(content, salt=_SALT, compress=True)


def _read(sealed: str) -> dict:
    """What was loaded; nothing, if it is not of our making: then all differs."""
    try:
        return signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return {"fields": {}, "parts": {}}


# --- The difference ------------------------------------------------------------------------------


def _three_ways(form, formsets, loaded: dict, now: dict) -> Iterator[ThreeWay]:
    for name, field in form.fields.items():
        texts = (loaded["fields"].get(name, ""), now["fields"][name], _typed(form, name))
        if not texts[0] == texts[1] == texts[2]:
            yield ThreeWay(capfirst(str(field.label)), *(_words(field, text) for text in texts))
    for formset in formsets:
        yield from _of_parts(formset, loaded, now)


def _of_parts(formset, loaded: dict, now: dict) -> Iterator[ThreeWay]:
    label = capfirst(str(formset.model._meta.verbose_name))
    was, there = (content["parts"].get(formset.prefix, {}) for content in (loaded, now))
    typed: dict[str, Texts] = {}
    for number, form in enumerate(formset.forms):
        if _is_deleted(form) or not (form.instance.pk or form.has_changed()):
            continue
        key = str(form.instance.pk or f"new {number}")
        typed[key] = {name: _typed(form, name) for name in formset.form.base_fields}
    for key in dict.fromkeys((*was, *there, *typed)):
        # What they added cannot be in a form that was loaded before; saving leaves it there.
        mine = typed.get(key, {} if key in was else there.get(key, {}))
        texts = (was.get(key, {}), there.get(key, {}), mine)
        if not texts[0] == texts[1] == texts[2]:
            yield ThreeWay(label, *(_told(formset, one) for one in texts))


def _is_deleted(form) -> bool:
    return bool(form["DELETE"].data) if "DELETE" in form.fields else False


def _told(formset, texts: Texts) -> str:
    lines = []
    for name, text in texts.items():
        field = formset.form.base_fields[name]
        if words := _words(field, text):
            lines.append(f"{capfirst(str(field.label))}: {words}")
    return "\n".join(lines)


def _words(field: forms.Field, text: Text) -> str:
    """As people read it: names for numbers and codes."""
    if isinstance(field, forms.ModelChoiceField):
        keys = [key for key in ([text] if isinstance(text, str) else text) if key]
        try:
            return "; ".join(str(one) for one in field.queryset.filter(pk__in=keys))
        except (ValueError, ValidationError):
            return "; ".join(keys)
    if isinstance(field, forms.BooleanField):
        return _("yes") if text else _("no")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text) if text else "")
    return str(text)


# --- What only the other person changed ----------------------------------------------------------


def _take_over(form, loaded: Mapping[str, Text], now: Mapping[str, Text]) -> None:
    data = form.data.copy()
    for name in form.fields.keys() & now.keys() & loaded.keys():
        theirs = now[name]
        if isinstance(form.fields[name], forms.FileField):
            continue  # a file is chosen, not typed
        if theirs == loaded[name] or _typed(form, name) != loaded[name]:
            continue
        key = form.add_prefix(name)
        if isinstance(theirs, list) and isinstance(form.fields[name].widget, forms.Textarea):
            data[key] = "\n".join(theirs)
        elif isinstance(theirs, list):
            data.setlist(key, theirs)
        elif theirs or not isinstance(form.fields[name], forms.BooleanField):
            data[key] = theirs
        else:
            data.pop(key, None)
    form.data = data


def _take_over_parts(formset, loaded: dict, now: dict) -> None:
    was, there = (content["parts"].get(formset.prefix, {}) for content in (loaded, now))
    for form in formset.forms:
        key = str(form.instance.pk)
        if key in was and key in there:
            _take_over(form, was[key], there[key])


def _without_gone(data: QueryDict, prefix: str, queryset, loaded: dict[str, Texts]) -> QueryDict:
    """The posted rows of an inline without those that somebody deleted meanwhile.

    One that was left as it was loaded goes, one that was edited is posted as a new row.
    """
    rows = [_posted(data, f"{prefix}-{n}-") for n in range(_count(data, prefix, "TOTAL"))]
    first = _count(data, prefix, "INITIAL")
    key = queryset.model._meta.pk.name
    numbers = [row.get(key, [""])[0] for row in rows[:first]]
    named = queryset.filter(pk__in=[number for number in numbers if number.isdigit()])
    there = {str(pk) for pk in named.values_list("pk", flat=True)}
    if all(number in there for number in numbers):
        return data
    kept, anew = [], []
    for number, row in zip(numbers, rows[:first], strict=True):
        if number in there:
            kept.append(row)
        elif "DELETE" not in row and not _as_loaded(row, loaded.get(number, {})):
            anew.append(row | {key: [""]})
    return _posted_again(data, prefix, kept, [*anew, *rows[first:]])


def _count(data: QueryDict, prefix: str, which: str) -> int:
    text = data.get(f"{prefix}-{which}_FORMS", "")
    return min(int(text), 2000) if text.isascii() and text.isdigit() else 0


def _posted(data: QueryDict, start: str) -> dict[str, list[str]]:
    return {k.removeprefix(start): data.getlist(k) for k in data if k.startswith(start)}


def _as_loaded(row: dict[str, list[str]], loaded: Texts) -> bool:
    return all(
        "\n".join(row.get(name, [])).replace("\r\n", "\n").strip() == text
        for name, text in loaded.items()
        if isinstance(text, str)
    )


def _posted_again(data: QueryDict, prefix: str, initial: list, extra: list) -> QueryDict:
    again = QueryDict(mutable=True)
    for name in data:
        if not name.startswith(f"{prefix}-") or "_NUM_FORMS" in name or "__prefix__" in name:
            again.setlist(name, data.getlist(name))
    for number, row in enumerate([*initial, *extra]):
        for name, values in row.items():
            again.setlist(f"{prefix}-{number}-{name}", values)
    again[f"{prefix}-TOTAL_FORMS"] = str(len(initial) + len(extra))
    again[f"{prefix}-INITIAL_FORMS"] = str(len(initial))
    return again
