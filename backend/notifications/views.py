from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from notifications import services
from notifications.filters import NotificationFilter
from notifications.models import Notification
from notifications.serializers import (
    NotificationSerializer,
    ReadAllSerializer,
    ReadSerializer,
    UnreadSerializer,
)


class NotificationViewSet(
    IdempotentPosts, mixins.ListModelMixin, viewsets.GenericViewSet[Notification]
):
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    lookup_value_regex = r"[1-9][0-9]{0,17}"
    queryset = Notification.objects.none()

    def get_queryset(self) -> QuerySet[Notification]:
        return Notification.objects.filter(recipient=user_id_of(self.request))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    def validated(self, serializer_class: Any) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data

    @extend_schema(summary="My notifications, newest first")
    def list(self, request: Request) -> Response:
        return super().list(request)

    @extend_schema(
        summary="Mark one as read or unread",
        request=ReadSerializer,
        responses=NotificationSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        notification = services.set_read(
            user_id=user_id_of(request),
            notification_id=int(pk),
            is_read=self.validated(ReadSerializer)["read"],
        )
        return Response(NotificationSerializer(notification).data)

    @extend_schema(
        summary="How many are unread", responses=UnreadSerializer, filters=False
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
        up_to = self.validated(ReadAllSerializer).get("up_to")
        unread = services.read_all(user_id=user_id_of(request), up_to=up_to)
        return Response({"unread": unread})
