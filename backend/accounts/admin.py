from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import services
from accounts.models import Session, User


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    list_display = ["username", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active", "is_staff"]
    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ()),
        ("Task manager", {"fields": ("role", "time_zone")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "email", "password1", "password2")}),
    )

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return False  # deactivate instead: what a person did stays

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            self.end_sessions_of(obj.pk, request, Session.EndReason.DEACTIVATED)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            self.end_sessions_of(int(id), request, Session.EndReason.ADMIN)
        return response

    def end_sessions_of(self, user_id: int, request: HttpRequest, reason: str) -> None:
        """What was signed in before is no longer the person's will."""
        services.end_sessions(user_id=user_id, reason=reason, actor_id=request.user.pk)


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin[Session]):
    list_display = ["id", "user", "created_at", "rotated_at", "ended_at", "ip_address"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "end_reason"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    actions = ["end_sessions"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Session | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Session | None = None
    ) -> bool:
        return False

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
