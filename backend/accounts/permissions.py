"""What a request may do by how it is authenticated. Roles are checked where they count.

`IsSignedIn` is the default of every view, and the others build on it, so none can
forget a token's scope.
"""

from typing import TYPE_CHECKING

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request

from accounts.models import ApiToken

if TYPE_CHECKING:  # views import their settings, and so this module, while they load
    from rest_framework.views import APIView


class IsSignedIn(IsAuthenticated):
    """Anybody; an API token of scope `read` only for GET, HEAD and OPTIONS."""

    def problem_codes(self, method: str) -> list[str]:
        """What the schema says about it."""
        return [] if method in SAFE_METHODS else ["insufficient_scope"]

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not super().has_permission(request, view):
            return False
        token = request.auth
        if isinstance(token, ApiToken) and not is_in_scope(token, request):
            raise PermissionDenied(
                "This API token may only read.", code="insufficient_scope"
            )
        return True


def is_in_scope(token: ApiToken, request: Request) -> bool:
    return token.scope == ApiToken.Scope.WRITE or request.method in SAFE_METHODS


class HasSession(IsSignedIn):
    """A person who signed in: no API token manages the account it belongs to."""

    def problem_codes(self, method: str) -> list[str]:
        return [*super().problem_codes(method), "session_required"]

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not super().has_permission(request, view):
            return False
        if isinstance(request.auth, ApiToken):
            raise PermissionDenied(
                "API tokens may not; sign in.", code="session_required"
            )
        return True


class HasSessionToWrite(IsSignedIn):
    """Reading is for API tokens as well."""

    def problem_codes(self, method: str) -> list[str]:
        return rule_for(method).problem_codes(method)

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return rule_for(request.method).has_permission(request, view)


def rule_for(method: str | None) -> IsSignedIn:
    return IsSignedIn() if method in SAFE_METHODS else HasSession()
