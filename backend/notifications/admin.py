from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from notifications.deliveries import retry_delivery
from notifications.models import Delivery, Notification


class NoEditing:
    """What was sent stays as it was sent."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeliveryInline(NoEditing, admin.TabularInline[Delivery, Notification]):
    model = Delivery
    fields = ["channel", "state", "attempts", "last_error", "next_attempt_at"]
    can_delete = False


@admin.register(Notification)
class NotificationAdmin(NoEditing, admin.ModelAdmin[Notification]):
    list_display = ["id", "recipient", "kind", "title", "created_at", "read_at"]
    list_filter = ["kind", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["recipient"]
    search_fields = ["recipient__username", "title"]
    show_full_result_count = False
    inlines = [DeliveryInline]


@admin.register(Delivery)
class DeliveryAdmin(NoEditing, admin.ModelAdmin[Delivery]):
    list_display = [
        "id",
        "recipient",
        "kind",
        "channel",
        "state",
        "attempts",
        "last_error",
        "next_attempt_at",
        "changed_at",
    ]
    list_filter = ["state", "channel"]
    list_select_related = ["notification__recipient"]
    search_fields = ["notification__recipient__username"]
    show_full_result_count = False
    actions = ["send_again"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(ordering="notification__recipient")
    def recipient(self, delivery: Delivery) -> str:
        return delivery.notification.recipient.username

    @admin.display(ordering="notification__kind")
    def kind(self, delivery: Delivery) -> str:
        return delivery.notification.kind

    @admin.action(description="Send failed ones again", permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        admin_id = int(str(request.user.pk))
        again = sum(
            retry_delivery(delivery_id=pk, actor_id=admin_id)
            for pk in queryset.values_list("pk", flat=True)
        )
        self.message_user(request, f"{again} deliveries will be sent again.")
