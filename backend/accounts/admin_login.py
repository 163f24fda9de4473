"""The admin's sign-in, limited like the API's."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from common.attempts import (
    TooManyAttempts,
    count_attempt_of,
    forget_attempts,
    login_account,
)
from common.problems import too_many_requests


def admin_login(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return admin.site.login(request)
    account = login_account(request.POST.get("username", ""))
    try:
        count_attempt_of(request, account=account)
    except TooManyAttempts as refusal:
        return too_many_requests(request, refusal.wait)
    response = admin.site.login(request)
    if isinstance(response, HttpResponseRedirect):
        forget_attempts(account=account)
    return response


urlpatterns = [path("", admin_login)]
