"""Says after saving which quotes are not where they claim to be.

A warning only: the copy may be a poor one, and whoever typed may have the paper at hand.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from policies.models import Citation
from policies.quotes_check import checkable, unfound_quotes


def warn_of_unfound_quotes(request: HttpRequest, formsets) -> None:
    """Of the citations that were just saved. Two queries if any has a quote, else none."""
    saved = [
        one.instance.pk
        for formset in formsets
        if formset.model is Citation
        for one in formset.forms
        if one.instance.pk and one.instance.quote
    ]
    if saved:
        for unfound in unfound_quotes(checkable().filter(pk__in=saved)):
            messages.warning(request, str(unfound))
