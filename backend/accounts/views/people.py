from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.filters import PersonFilter
from accounts.models import User
from accounts.permissions import HasSession
from accounts.serializers import PersonSerializer
from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.schema import problems
from common.serializers import StrictSerializer, validated

READERS = (User.Role.STAFF, User.Role.ADMIN)
WRITERS = (User.Role.ADMIN,)


class PersonViewSet(
    IdempotentPosts,
    JSONListMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[User],
):
    """Staff read, admins write; both by what the database says, not the token."""

    serializer_class = PersonSerializer
    filterset_class = PersonFilter
    permission_classes = [HasSession]
    keyset_field = "date_joined"
    lookup_value_regex = r"[1-9][0-9]{0,17}"
    schema_tag = "People"
    queryset = User.objects.none()

    def get_queryset(self) -> QuerySet[User]:
        return services.listed_people()

    def get_list_queryset(self) -> QuerySet[User]:
        return services.listed_people()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # Before anything is looked for: others must not learn which ids there are.
        if self.action not in (None, "metadata"):  # PUT and OPTIONS tell nothing
            roles = READERS if request.method in SAFE_METHODS else WRITERS
            services.require_role(user_id_of(request), *roles)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(summary="Everybody, newest first")
    @problems("permission_denied")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(summary="One person")
    @problems("permission_denied")
    def retrieve(self, request: Request, pk: str) -> Response:
        return super().retrieve(request, pk=pk)

    @extend_schema(
        summary="Change somebody's role, or (de)activate them",
        description="Deactivating ends sessions and API tokens at once, and another "
        "role ends sessions. An active admin always stays.",
    )
    @problems("permission_denied", "last_admin")
    def partial_update(self, request: Request, pk: str) -> Response:
        person = services.update_person(
            actor_id=user_id_of(request),
            user_id=int(pk),
            changes=validated(PersonSerializer, request.data, partial=True),
        )
        return Response(PersonSerializer(person).data)

    @extend_schema(
        summary="Sign somebody out everywhere", request=None, responses={204: None}
    )
    @problems("permission_denied")
    @action(detail=True, methods=["post"])
    def logout(self, request: Request, pk: str) -> Response:
        validated(StrictSerializer, request.data)
        services.log_out_person(actor_id=user_id_of(request), user_id=int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
