"""The columns of the kind `policies`, with the headings under which they come. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from policies.imports.factor_names import FACTOR_NAMES
from policies.imports.tables import Column
from policies.rubric import FACTORS

_IN_ENGLISH = (
    Column(
        "fips",
        ("FIPS code", "county FIPS", "county FIPS code", "GEOID", "GEOID - FIPS", "FIPS5"),
    ),
    Column("state", ("state name", "state abbreviation", "state code", "ST", "USPS")),
    Column("county", ("county name", "county or equivalent", "county or parish", "parish")),
    Column("factor", ("factor code", "factor name", "factor number", "criterion")),
    Column("answer", ("answer code", "value", "response")),
    *(Column(factor.value, FACTOR_NAMES[factor]) for factor in FACTORS),
    Column("title", ("policy title", "title of policy", "policy name", "policy")),
    Column(
        "qualification",
        ("qualifications", "exceptions", "loopholes", "exceptions and loopholes"),
    ),
    Column(
        "effective_from",
        ("effective date", "date effective", "start date", "start", "in force from", "since"),
    ),
    Column("effective_until", ("end date", "end", "in force until", "until", "expires")),
    Column("source_title", ("source", "document", "document title", "source document")),
    Column(
        "source_url",
        ("link", "URL", "document URL", "document link", "source link", "web address"),
    ),
    Column("source_date", ("document date", "date of document", "publication date", "published")),
    Column("page", ("pages", "page number", "page no")),
    Column("quote", ("quoted words", "quoted text", "quotation", "excerpt")),
    Column("notes", ("note", "comments", "comment", "remarks")),
    Column("in_force_by", ("began earlier",)),
    Column("last_verified", ("last checked", "checked on", "verified on", "observed on")),
)
_IN_SPANISH: Mapping[str, tuple[str, ...]] = {
    "fips": ("código FIPS", "código del condado"),
    "state": ("estado",),
    "county": ("condado", "nombre del condado"),
    "factor": ("criterio", "código del factor", "número del factor"),
    "answer": ("respuesta", "valor"),
    "title": ("título", "título de la política", "política"),
    "qualification": ("salvedad", "salvedades", "excepciones"),
    "effective_from": (
        *("vigente desde", "fecha de vigencia", "fecha de entrada en vigor"),
        *("fecha de inicio", "inicio", "desde"),
    ),
    "effective_until": ("vigente hasta", "fecha de fin", "fin", "hasta"),
    "source_title": ("fuente", "documento", "título del documento"),
    "source_url": ("enlace", "dirección web", "enlace del documento", "enlace de la fuente"),
    "source_date": ("fecha del documento", "fecha de la fuente", "fecha de publicación"),
    "page": ("página", "páginas", "número de página"),
    "quote": ("cita", "texto citado"),
    "notes": ("nota", "notas", "comentario", "comentarios", "observaciones"),
    "in_force_by": ("comenzó antes",),
    "last_verified": ("última verificación", "verificado el"),
}

COLUMNS: tuple[Column, ...] = tuple(
    replace(column, synonyms=(*column.synonyms, *_IN_SPANISH.get(column.name, ())))
    for column in _IN_ENGLISH
)
