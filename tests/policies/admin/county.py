"""The form of a county's screen as a browser would post it."""

from django.urls import reverse


def screen(county) -> str:
    return reverse("admin:counties_county_change", args=[county.pk])


def address(county) -> str:
    return reverse("admin:counties_county_record", args=[county.pk])


def form_of(client, county) -> dict[str, str]:
    """Everything as the page has it, nothing answered."""
    form = client.get(screen(county)).context["entry_form"]
    shown = {f"{factor}-seen": part.seen_now for factor, part in form.factors.items()}
    for factor, part in form.factors.items():
        shown |= {
            f"{factor}-{name}": part[name].value() or ""
            for name in part.fields
            if name not in ("answer", "seen")
        }
    return {**shown, "new-is_public": "on"}


def answered(client, county, *factors, answer="yes", **more) -> dict[str, str]:
    """These factors answered; `more`: by field name, with `__` for the hyphen."""
    data = form_of(client, county)
    data |= {f"{factor}-answer": answer for factor in factors}
    return data | {name.replace("__", "-"): str(value) for name, value in more.items()}


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])
