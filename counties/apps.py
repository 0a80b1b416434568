"""The app that holds what the Census Bureau says: states, counties, names, codes and shapes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountiesConfig(AppConfig):
    """Reference data; knows nothing about policies."""

    name = "counties"
    verbose_name = _("States and counties")
    default_auto_field = "django.db.models.BigAutoField"
