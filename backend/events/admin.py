from django.contrib import admin
from django.http import HttpRequest

from events.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Read only: a log that can be edited proves nothing."""

    list_display = ["id", "occurred_at", "verb", "actor", "subject_id", "relayed_at"]
    list_filter = ["verb", ("relayed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["actor"]
    search_fields = ["=subject_id", "request_id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Event | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Event | None = None
    ) -> bool:
        return False
