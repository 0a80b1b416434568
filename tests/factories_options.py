"""Factories for the catalogue of local options."""

import factory
from factory.django import DjangoModelFactory

from policies.models import LocalOption
from tests.factories import DocumentFactory


class OptionFactory(DjangoModelFactory):
    class Meta:
        model = LocalOption

    key = factory.Sequence(lambda n: f"option-{n}")
    order = factory.Sequence(lambda n: n + 1)
    place = "county_jail"
    factor = "limits_holds"
    title = "No holding of people on ICE's request"
    explanation = "A detainer asks the jail to keep someone."
    model_wording = "No one who is due for release shall be kept."
    who_can_adopt = "The sheriff by written policy."
    document = factory.SubFactory(DocumentFactory)
