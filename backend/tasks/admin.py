from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tasks import services
from tasks.models import Task


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin[Task]):
    """Reading across users; changes go through the services like everybody's."""

    list_display = ["id", "title", "user", "status", "priority", "due_date", "version"]
    list_filter = ["status", "priority", ("deleted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["title", "user__username"]
    readonly_fields = ["user", "version", "created_at", "updated_at", "completed_at"]
    fields = [*services.EDITABLE, *readonly_fields]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Task | None = None
    ) -> bool:
        is_gone = obj is not None and obj.deleted_at is not None
        return not is_gone and super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Task | None = None
    ) -> bool:
        return False  # the trash is the owner's

    def save_model(
        self, request: HttpRequest, obj: Task, form: Any, change: bool
    ) -> None:
        services.update_task(
            actor_id=int(request.user.pk or 0),
            owner_id=obj.user_id,
            task_id=obj.pk,
            fields={name: form.cleaned_data[name] for name in form.changed_data},
        )
