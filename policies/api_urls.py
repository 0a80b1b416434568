"""The paths of the API, under `/api/v1/`."""

from django.urls import path, re_path
from drf_spectacular.utils import extend_schema

from policies.api import codebook, counties, records, reports, schema
from policies.api.base import ApiView

LISTS = {
    "agreements": records.AgreementList,
    "change-log": records.ChangeLog,
    "codebook": codebook.CodebookList,
    "counties": counties.CountyList,
    "documents": records.DocumentList,
    "factors": records.FactorList,
    "map": counties.MapView,
    "options": records.OptionList,
    "reports/changes": reports.ChangesView,
    "reports/published": reports.PublishedList,
    "reports/summary": reports.SummaryView,
    "schema": schema.SchemaView,
    "state-provisions": records.ProvisionList,
    "states": records.StateList,
    "wins": records.WinList,
}


@extend_schema(exclude=True)
class IndexView(ApiView):
    """Where everything is."""

    def get(self, request):
        self.refuse_unknown()
        here = request.build_absolute_uri(request.path)
        return self.answer({name: f"{here}{name}/" for name in LISTS})


urlpatterns = [
    path("", IndexView.as_view(), name="api"),
    *(path(f"{name}/", view.as_view(), name=f"api-{name}") for name, view in LISTS.items()),
    path("counties/<str:fips>/", counties.CountyDetail.as_view(), name="api-county"),
    path(
        "counties/<str:fips>/history/",
        counties.CountyHistory.as_view(),
        name="api-county-history",
    ),
    re_path(r"^(?P<path>[\s\S]*)/\Z", schema.NotFoundView.as_view()),
    re_path(r"^(?P<path>[\s\S]*)\Z", schema.SlashView.as_view()),
]
