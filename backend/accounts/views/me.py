from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.models import User
from accounts.permissions import HasSessionToWrite
from accounts.serializers import (
    OwnPasswordSerializer,
    ProfileSerializer,
    UserSerializer,
    taken,
)
from common.attempts import count_attempt_of, forget_attempts, own_account
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.schema import problems, takes_body
from common.serializers import validated


@contextmanager
def own_password_attempt(request: Request) -> Iterator[None]:
    """Count it against the person; what does not fail starts the count anew."""
    account = own_account(user_id_of(request))
    count_attempt_of(request, account=account)
    yield
    forget_attempts(account=account)


class MeView(generics.GenericAPIView[User]):
    serializer_class = UserSerializer
    permission_classes = [HasSessionToWrite]
    filter_backends: list[Any] = []
    schema_tag = "Account"

    def get_object(self) -> User:
        refuse_unknown_parameters(self.request, [])
        return services.current_user(user_id_of(self.request))

    @extend_schema(summary="My profile")
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(self.get_object()).data)

    @extend_schema(
        summary="Change my profile",
        description="A new `email` needs `password`; the old address is told.",
        request=ProfileSerializer,
        responses=UserSerializer,
    )
    def patch(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        changes = validated(ProfileSerializer, request.data, partial=True)
        password = changes.pop("password", None)
        if password is None:
            return self.change(request, changes)
        with own_password_attempt(request):
            return self.change(request, changes, password)

    def change(
        self, request: Request, changes: dict[str, Any], password: str | None = None
    ) -> Response:
        try:
            user = services.update_profile(
                user_id=user_id_of(request), changes=changes, password=password
            )
        except IntegrityError as error:
            raise ValidationError({"email": taken("email").detail}) from error
        return Response(UserSerializer(user).data)

    @extend_schema(
        summary="Delete my account",
        description="At once nobody can sign in and the name is free; what it holds "
        "is purged soon after.",
        request=OwnPasswordSerializer,
        responses={204: None},
    )
    @problems("last_admin")
    @takes_body
    def delete(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        proof = validated(OwnPasswordSerializer, request.data)
        with own_password_attempt(request):
            services.delete_account(user_id=user_id_of(request), **proof)
        return Response(status=status.HTTP_204_NO_CONTENT)
