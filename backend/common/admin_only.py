"""Sign-in by cookie, for Django's admin alone: the API's requests carry a token.

On a list request these three were 84 function calls of 1,800, and none of what they
do was used. Protection against CSRF stays on for every address.
"""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

PREFIX = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Lets the requests of all other addresses pass untouched."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(PREFIX):
            return super().__call__(request)
        return self.get_response(request)


class AdminSessionMiddleware(AdminOnly, SessionMiddleware):
    pass


class AdminAuthenticationMiddleware(AdminOnly, AuthenticationMiddleware):
    pass


class AdminMessageMiddleware(AdminOnly, MessageMiddleware):
    pass
