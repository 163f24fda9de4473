from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from tasks.views.answers import TASK_ID
from tasks.views.bulk import BulkView
from tasks.views.changes import ChangesView
from tasks.views.filters import SavedFilterViewSet
from tasks.views.imports import ImportView
from tasks.views.labels import LabelViewSet
from tasks.views.progress import ProgressView
from tasks.views.summary import SummaryView
from tasks.views.tasks import TaskViewSet
from tasks.views.trash import TrashViewSet

router = SimpleRouter()
router.register("tasks", TaskViewSet, basename="task")
router.register("labels", LabelViewSet, basename="label")
router.register("filters", SavedFilterViewSet, basename="filter")
trash = TrashViewSet.as_view({"get": "list", "delete": "empty"})
trashed = TrashViewSet.as_view({"delete": "destroy"})

urlpatterns = [
    *router.urls,
    path("tasks/bulk/", BulkView.as_view(), name="task-bulk"),
    path("tasks/changes/", ChangesView.as_view(), name="task-changes"),
    path("tasks/import/", ImportView.as_view(), name="task-import"),
    path("tasks/progress/", ProgressView.as_view(), name="task-progress"),
    path("tasks/summary/", SummaryView.as_view(), name="task-summary"),
    path("tasks/trash/", trash, name="trash"),
    re_path(rf"^tasks/trash/(?P<pk>{TASK_ID})/$", trashed, name="trashed-task"),
]
