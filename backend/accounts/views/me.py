from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.models import User
from accounts.permissions import HasSessionToWrite
from accounts.serializers import UserSerializer
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of


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

    @extend_schema(summary="Change my profile")
    def patch(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        serializer = UserSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        user = services.update_profile(
            user_id=user_id_of(request), changes=serializer.validated_data
        )
        return Response(UserSerializer(user).data)
