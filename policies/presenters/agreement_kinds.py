"""The models of 287(g) agreements and the kinds of contracts: how each is drawn, what it means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from policies.models import AgreementKind

#: Classes of the drawing; `SEVERAL`: agreements of two or more of the others.
SEVERAL, OTHER, OTHERS_ONLY = "several", "other", "dot"
#: By kind: words that tell a model, as recorded, and the class it is drawn in.
_CLASSES = {
    AgreementKind.PROGRAM_287G: (
        ("task force", "task"),
        ("warrant", "warrant"),
        ("jail", "jail"),
    ),
    AgreementKind.DETENTION: (
        ("usms", "task"),
        ("digsa", "jail"),
        ("igsa", "warrant"),
    ),
}


def css_of_model(kind: str, model: str) -> str:
    told = model.lower()
    return next((css for word, css in _CLASSES[AgreementKind(kind)] if word in told), OTHER)


def steps_of(kind: str) -> dict[str, tuple[str, str]]:
    """The legend of a kind: class -> label and meaning."""
    if kind == AgreementKind.DETENTION:
        return {
            "warrant": (
                "IGSA",
                _("An agreement between governments: ICE pays the county for each person held."),
            ),
            "jail": ("DIGSA", _("The same, for a facility that holds people for ICE alone.")),
            "task": (
                "USMS IGA",
                _("A contract of the US Marshals that ICE uses too."),
            ),
            SEVERAL: (_("Two or more kinds"), _("The county's agencies have different contracts.")),
            OTHER: (_("Kind not said"), _("The record does not say which contract it is.")),
            OTHERS_ONLY: (
                _("Only agencies that decide nothing"),
                _("A city's jail or a private operator has one; the county's answer is its own."),
            ),
        }
    return {
        "task": (
            _("Task Force"),
            _("Officers act as immigration agents on the street, in their daily work."),
        ),
        "jail": (
            _("Jail Enforcement"),
            _("Officers question people in the jail and begin their deportation."),
        ),
        "warrant": (
            _("Warrant Service Officer"),
            _("Officers serve ICE's warrants on people in the jail."),
        ),
        SEVERAL: (_("Two or more models"), _("The county's agencies have different agreements.")),
        OTHER: (_("Model not said"), _("The record does not say which model it is.")),
        OTHERS_ONLY: (
            _("Only agencies that decide nothing"),
            _("City police, a constable, a campus has one; the county's answer is its own."),
        ),
    }
