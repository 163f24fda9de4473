from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.params import Param
from common.replica import ReplicaReads
from common.schema import LOCATION
from common.serializers import StrictSerializer, validated
from notifications import preferences, services
from notifications.filters import NotificationFilter
from notifications.models import Notification
from notifications.serializers import (
    NotificationSerializer,
    PreferencesChangeSerializer,
    PreferencesSerializer,
    ReadAllSerializer,
    ReadSerializer,
    UnreadSerializer,
)


class NotificationViewSet(
    IdempotentPosts,
    ReplicaReads,
    JSONListMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Notification],
):
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    lookup_value_regex = r"[1-9][0-9]{0,17}"
    queryset = Notification.objects.none()

    def get_queryset(self) -> QuerySet[Notification]:
        mine = Notification.objects.visible_to(user_id_of(self.request))
        return mine.with_deliveries()

    def get_list_queryset(self) -> QuerySet[Notification]:
        return Notification.objects.visible_to(Param("user", "bigint"))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(summary="My notifications, newest first")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(summary="One notification")
    def retrieve(self, request: Request, pk: str) -> Response:
        return super().retrieve(request, pk)

    @extend_schema(
        summary="Mark one as read or unread",
        request=ReadSerializer,
        responses=NotificationSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        notification = services.set_read(
            user_id=user_id_of(request),
            notification_id=int(pk),
            is_read=validated(ReadSerializer, request.data).get("read"),
        )
        return Response(NotificationSerializer(notification).data)

    @extend_schema(
        summary="How many are unread",
        responses=UnreadSerializer,
        filters=False,
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def summary(self, request: Request) -> Response:
        return Response({"unread": services.unread_count(user_id_of(request))})

    @extend_schema(
        summary="Mark all as read",
        request=ReadAllSerializer,
        responses=UnreadSerializer,
        filters=False,
    )
    @action(
        detail=False,
        methods=["post"],
        url_path="read-all",
        pagination_class=None,
        filterset_class=None,
    )
    def read_all(self, request: Request) -> Response:
        up_to = validated(ReadAllSerializer, request.data).get("up_to")
        unread = services.read_all(user_id=user_id_of(request), up_to=up_to)
        return Response({"unread": unread})

    @extend_schema(
        summary="Send myself a test by each channel that is on for tests",
        description="In-app it has arrived with the answer; for mail, ask for the "
        "notification again until its delivery is no longer pending. "
        f"At most {services.TESTS_AN_HOUR} an hour.",
        parameters=[LOCATION],
        request=None,
        responses={status.HTTP_201_CREATED: NotificationSerializer},
        filters=False,
    )
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def test(self, request: Request) -> Response:
        validated(StrictSerializer, request.data)
        notification = services.send_test(actor_id=user_id_of(request))
        return Response(
            NotificationSerializer(notification).data,
            status=status.HTTP_201_CREATED,
            headers={
                "Location": reverse("notification-detail", args=[notification.pk])
            },
        )

    @extend_schema(
        summary="Which kinds reach me by which channels",
        responses=PreferencesSerializer,
        filters=False,
    )
    @action(
        detail=False,
        url_path="preferences",
        pagination_class=None,
        filterset_class=None,
    )
    def show_preferences(self, request: Request) -> Response:
        return Response(preferences.preferences_of(user_id_of(request)))

    @extend_schema(
        summary="Change the named channels of the named kinds",
        request=PreferencesChangeSerializer,
        responses=PreferencesSerializer,
        filters=False,
    )
    @show_preferences.mapping.patch
    def update_preferences(self, request: Request) -> Response:
        wishes = validated(PreferencesChangeSerializer, request.data)
        changed = preferences.update_preferences(
            actor_id=user_id_of(request),
            wishes=wishes.get("kinds", {}),
            digest_hour=wishes.get("digest_hour", preferences.UNNAMED),
        )
        return Response(changed)
