"""All addresses: the pages in each language, the API, the admin and the health check."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from policies.views import errors

urlpatterns = [
    path("healthz", errors.healthz, name="healthz"),
    path("api/v1/", include("policies.api_urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include("policies.urls")), prefix_default_language=False),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
