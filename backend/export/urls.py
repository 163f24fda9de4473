from django.urls import path

from export.views import ExportView

urlpatterns = [path("auth/me/export/", ExportView.as_view(), name="export")]
