"""Addresses of the public pages. A slug is that of `County.slug`, an abbreviation in lower case."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from policies.views import (
    change_log,
    compare,
    counties,
    data,
    documents,
    embed,
    error_reports,
    find,
    map,
    map_forms,
    options,
    outside,
    patterns,
    prose,
    records,
    reports,
    share,
    states,
)


class FiveDigits(StringConverter):
    """A FIPS code: text, with its leading zero."""

    regex = "[0-9]{5}"


register_converter(FiveDigits, "fips")

urlpatterns = [
    path("", map.map_page, name="map"),
    path("map-index.json", map.map_index_file, name="map-index"),
    path("map-history.json", map.map_history_file, name="map-history"),
    path("map/table/", map_forms.map_table, name="map-table"),
    path("map/map.csv", map_forms.map_csv, name="map-csv"),
    path("map/map.svg", map_forms.map_svg, name="map-svg"),
    path("map/map.png", map_forms.map_png, name="map-png"),
    path("embed/", embed.embed, name="embed"),
    path("embed/map/", embed.map_frame, name="embed-map"),
    path("embed/state/<str:usps>/", embed.state_frame, name="embed-state"),
    path("embed/county/<str:usps>/<slug:slug>/", embed.county_frame, name="embed-county"),
    path("share/<str:usps>.png", share.state_picture, name="share-state"),
    path("share/<str:usps>/<slug:slug>.png", share.county_picture, name="share-county"),
    path("find/", find.find, name="find"),
    path("counties/", counties.directory, name="directory"),
    path("counties/<fips:fips>/", counties.county_by_fips, name="county-by-fips"),
    path("counties/<str:usps>/", counties.counties_of_state, name="counties-of-state"),
    path("counties/<str:usps>/<slug:slug>/", counties.county, name="county"),
    path("counties/<str:usps>/<slug:slug>/receipt/", counties.receipt_page, name="receipt"),
    path("report-an-error/", error_reports.report_an_error, name="report-an-error"),
    path("compare/", compare.compare, name="compare"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("states/", states.states, name="states"),
    path("states/<str:usps>/", states.state, name="state"),
    path("wins/", records.wins, name="wins"),
    path("wins/feed/", records.WinsFeed(), name="wins-feed"),
    path("agreements/", records.agreements, name="agreements"),
    path("reports/", reports.summary, name="reports"),
    path("reports/changes/", reports.changes, name="report-changes"),
    path("reports/published/", reports.beside_published, name="report-published"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/file/", documents.original, name="document-file"),
    path("documents/<int:pk>/pages/<int:number>.png", documents.picture, name="document-picture"),
    path("options/", options.options, name="options"),
    path("options/<slug:slug>/", options.option, name="option"),
    path("data/", data.data, name="data"),
    path("data/changes/", change_log.change_log, name="change-log"),
    path("review/<str:token>/", outside.outside_review, name="outside-review"),
    path("reply/<str:token>/", outside.county_reply, name="county-reply"),
    path("methodology/", records.methodology, name="methodology"),
    path("about/", prose.about, name="about"),
    path("glossary/", prose.glossary, name="glossary"),
]
