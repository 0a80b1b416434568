"""Fills the demonstration database with invented records."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from policies import clock, demo


class Command(BaseCommand):
    help = "Load invented records for every county. Only into a database kept for that."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Invented records only go into a demonstration database. Use `make demo`, which "
                "sets SANCTUARY_ENV=demo and a database of its own."
            )
        system = get_user_model().objects.get(username="system")
        try:
            loaded = demo.load(by=system, at=clock.now())
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded} invented records loaded.")
