from typing import Any

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension

from common.schema import codes_of


# drf-spectacular registers subclasses by an untyped hook.
class SessionAuthenticationScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names the ways to authenticate."""

    target_class = "accounts.authentication.SessionAuthentication"
    name = "bearer"


class ApiTokenAuthenticationScheme(
    OpenApiAuthenticationExtension  # type: ignore[no-untyped-call]
):
    target_class = "accounts.authentication.ApiTokenAuthentication"
    name = "apiToken"

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """Left out where no API token is let in."""
        is_closed = any(
            "session_required" in codes_of(permission, auto_schema.method)
            for permission in auto_schema.view.get_permissions()
        )
        return [] if is_closed else {self.name: []}

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "tm_…",
            "description": "A personal API token; scope `read` permits only GET.",
        }
