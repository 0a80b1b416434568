"""One import by the peer, in a process of its own: prints a line of JSON.

`python -m bench.peer_imports.run prepare PLACES.json`, or `default`, `tuned` or `floor` with the
file to import. An import is what the library's admin does: the file is read, imported and rolled
back for its preview; then read once more, and imported. Left out, to its advantage: its preview
page (17 MB of HTML) and its log entries.
"""

# ruff: noqa: E402  Django has to be set up before models are imported

from __future__ import annotations

import csv
import io
import json
import sys
import time
from pathlib import Path

import django

django.setup()

from django.contrib import admin
from django.core.management import call_command
from django.db import connection, transaction
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from bench.measure import peak_mb, statements, timed
from bench.peer_imports.models import County, Policy, Source, State
from bench.peer_imports.resources import DefaultResource, TunedResource

RESOURCES = {"default": DefaultResource, "tuned": TunedResource}
COLUMNS = ("county_id", "factor", "answer", "source_id", "source_date")


def prepare(path: Path) -> dict:
    call_command("migrate", run_syncdb=True, verbosity=0)
    places = json.loads(path.read_text())
    states = {usps: State.objects.create(usps=usps) for usps in sorted({p[1] for p in places})}
    County.objects.bulk_create(
        [County(fips=fips, name=name, state=states[usps]) for fips, usps, name in places]
    )
    return {}


def read(path: Path) -> Dataset:
    if path.suffix == ".xlsx":
        return XLSX().create_dataset(path.read_bytes())
    return CSV().create_dataset(path.read_text(encoding="utf-8"))


def import_file(resource_class: type, path: Path) -> dict:
    admin.autodiscover()
    before, results, reading = peak_mb(), [], []

    def request(**how: bool) -> None:
        start = time.perf_counter()
        dataset = read(path)
        reading.append(time.perf_counter() - start)
        result = resource_class().import_data(dataset, **how)
        results.append(
            {
                **result.totals,
                "wrong": result.has_errors() or result.has_validation_errors(),
            }
        )

    with statements() as counted:
        seconds = {
            "preview": timed(lambda: request(dry_run=True)),
            "apply": timed(lambda: request(dry_run=False, retain_instance_in_row_result=True)),
        }
    return {
        "seconds": seconds,
        "read": sum(reading),
        "queries": counted.count,
        "before": before,
        "peak": peak_mb(),
        "totals": results[1],
        "wrong": results[0] != results[1] or results[1]["wrong"],
        "stored": resource_class._meta.model.objects.count(),
    }


def floor(path: Path) -> dict:
    """The rows and nothing else: read, matched and turned into values before the clock starts."""
    before = peak_mb()
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    Source.objects.bulk_create(
        [Source(title=title) for title in dict.fromkeys(line["source_title"] for line in lines)]
    )
    counties = dict(County.objects.values_list("fips", "pk"))
    sources = dict(Source.objects.values_list("title", "pk"))
    rows = [
        (
            *(counties[line["fips"]], line["factor"], line["answer"]),
            *(sources[line["source_title"]], line["source_date"]),
        )
        for line in lines
    ]

    def write() -> None:
        table, names = Policy._meta.db_table, ", ".join(COLUMNS)
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                text = io.StringIO()
                csv.writer(text).writerows(rows)
                text.seek(0)
                cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv)", text)
            else:
                marks = ", ".join(["%s"] * len(COLUMNS))
                sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  our own names
                cursor.executemany(sql, rows)

    with statements() as counted:
        seconds = {"apply": timed(write)}
    return {
        "seconds": seconds,
        "queries": counted.count,
        "before": before,
        "peak": peak_mb(),
        "wrong": False,
        "stored": Policy.objects.count(),
    }


def main(what: str, path: Path) -> None:
    if what == "prepare":
        result = prepare(path)
    elif what == "floor":
        result = floor(path)
    else:
        result = import_file(RESOURCES[what], path)
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
