"""Loads the facts that ship with the project."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from policies import baseline_loader, clock, demo
from policies.models import LocalPolicy


class Command(BaseCommand):
    help = "Load the baseline records compiled from the documents. Safe to repeat."

    def handle(self, *args, **options):
        if LocalPolicy.objects.filter(origin__startswith=demo.ORIGIN).exists():
            raise CommandError(
                "This database holds invented records (made by `make demo`); real ones do not go "
                "into it. Use another DATA_DIR or DATABASE_URL."
            )
        system, _ = get_user_model().objects.get_or_create(
            username="system", defaults={"is_active": False}
        )
        loaded = baseline_loader.load(by=system, at=clock.now())
        if options["verbosity"] > 0:
            self.stdout.write(
                f"Baseline: {loaded.documents} documents, {loaded.records} records and "
                f"{loaded.texts} texts and figures were new."
            )
