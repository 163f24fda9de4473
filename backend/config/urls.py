"""Every address of the backend; what is not here is the SPA's or a 404."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from common import health
from common.problems import kind_of_problem
from common.schema_view import SchemaView

urlpatterns = [
    path("api/", include("tasks.urls")),  # first, for they are asked the most
    path("api/", include("accounts.urls")),
    path("api/", include("notifications.urls")),
    path("api/", include("realtime.urls")),
    path("api/", include("export.urls")),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="docs"),
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/login/", include("accounts.admin_login")),
    path("admin/", admin.site.urls),
    path("problems/<slug:code>", kind_of_problem),
    path("health/live/", health.live),
    path("health/ready/", health.ready),
]

handler400 = "common.problems.bad_request"
handler403 = "common.problems.permission_denied"
handler404 = "common.problems.page_not_found"
handler500 = "common.problems.server_error"
