from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from accounts import services
from accounts.models import ApiToken, Session, User


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Changes go through the service, with its events and its last admin."""

    list_display = ["username", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Settings", {"fields": ("time_zone", "language")}),
        ("Permissions", {"fields": ("role", "is_active")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "email", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(deleted_at=None)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return False  # deactivate instead: what a person did stays

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        if not change:  # in a transaction, like every change of the site
            super().save_model(request, obj, form, change)
            services.record_person_added(user_id=obj.pk, actor_id=actor_of(request))
            return
        try:
            services.update_person(
                actor_id=actor_of(request),
                user_id=obj.pk,
                changes={name: form.cleaned_data[name] for name in form.changed_data},
            )
        except APIException as refused:
            raise PermissionDenied(str(refused.detail)) from refused

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            is_set = response.status_code == HTTPStatus.FOUND
            if request.method == "POST" and is_set:
                services.record_password_set(
                    user_id=int(id), actor_id=actor_of(request)
                )
        return response


def actor_of(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


class Log(admin.ModelAdmin[Any]):
    """Rows that are read here, and written by the services."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False


@admin.register(Session)
class SessionAdmin(Log):
    list_display = ["id", "user", "created_at", "rotated_at", "ended_at", "ip_address"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "end_reason"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    actions = ["end_sessions"]

    @admin.action(description="End selected sessions", permissions=["view"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        ended = sum(
            services.end_session(
                session=session,
                reason=Session.EndReason.ADMIN,
                actor_id=request.user.pk,
            )
            for session in queryset
        )
        self.message_user(request, f"{ended} sessions ended.")


@admin.register(ApiToken)
class ApiTokenAdmin(Log):
    list_display = ["id", "user", "name", "scope", "last_used_at", "revoked_at"]
    list_filter = ["scope", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email", "name"]
    exclude = ["digest", "nonce"]
