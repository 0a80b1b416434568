"""The list of texts that staff may edit: short ones of the rubric, and whole pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from policies import place_kinds, texts
from policies.long_texts import ABOUT, GLOSSARY, LEGAL_HELP, METHODOLOGY
from policies.rubric import FACTORS
from policies.site_texts import LONG, Entry, in_both

_PARTS = {
    "name": (_("name"), 60),
    "question": (_("question"), 120),
    "meaning": (_("what earns the point"), 300),
    "yes": (_("reply if in force"), 160),
    "no": (_("reply if not in force"), 160),
    "none_found": (_("reply if none was found"), 160),
}


def entries() -> Iterator[Entry]:
    yield Entry(
        "notice",
        _("Notice on top of every page"),
        _("Every page"),
        "",
        "",
        markdown=True,
        most=600,
        may_be_empty=True,
    )
    for factor in FACTORS:
        shipped = texts.FACTOR_MESSAGES[factor]
        page = texts.FACTOR_TEXTS[factor].name
        for part, message in zip(texts.PARTS, shipped, strict=False):
            label, most = _PARTS[part]
            english, spanish = in_both(message)
            key = f"factor.{factor.value}.{part}"
            yield Entry(key, label, page, english, spanish, most=most)
    for score, message in texts.BAND_MESSAGES.items():
        english, spanish = in_both(message)
        yield Entry(f"band.{score}", str(score), _("What a score usually means"), english, spanish)
    for kind, messages in place_kinds.MESSAGES.items():
        page = f"{_('Who decides')}: {place_kinds.NAMES[kind]}"
        for part, message in zip(place_kinds.PARTS, messages, strict=True):
            english, spanish = in_both(message)
            key, label = f"place.{kind.value}.{part}", place_kinds.PART_LABELS[part]
            yield Entry(key, label, page, english, spanish, most=400)
    yield Entry("about", _("About"), _("About"), *ABOUT, markdown=True, most=LONG)
    yield Entry(
        *("methodology", _("How we count, in words"), _("How we count"), *METHODOLOGY),
        markdown=True,
        most=LONG,
    )
    yield Entry(
        *("legal-help", _("Where to find legal help"), _("Every county’s page"), *LEGAL_HELP),
        markdown=True,
        most=1000,
    )
    for slug, (term, english, spanish) in GLOSSARY.items():
        yield Entry(
            f"glossary.{slug}", term, _("Glossary"), english, spanish, markdown=True, most=2000
        )
