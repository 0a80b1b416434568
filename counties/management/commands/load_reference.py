"""python manage.py load_reference: states, counties, other names and changed FIPS codes."""

from django.core.management.base import BaseCommand

from counties.reference import load_reference


class Command(BaseCommand):
    """Thin wrapper around `counties.reference.load_reference`."""

    help = "Load the shipped states, counties, other names and changed FIPS codes; repeatable."

    def handle(self, *args, **options) -> None:
        for table in load_reference():
            self.stdout.write(
                f"{table.label}: {table.created} created, {table.updated} updated, "
                f"{table.deleted} deleted, {table.unchanged} unchanged"
            )
