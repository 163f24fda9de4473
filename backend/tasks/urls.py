from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tasks.views.labels import LabelViewSet
from tasks.views.summary import SummaryView
from tasks.views.tasks import TaskViewSet

router = SimpleRouter()
router.register("tasks", TaskViewSet, basename="task")
router.register("labels", LabelViewSet, basename="label")

urlpatterns = [
    path("", include(router.urls)),
    path("tasks/summary/", SummaryView.as_view(), name="task-summary"),
]
