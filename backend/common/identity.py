from rest_framework.request import Request


def user_id_of(request: Request) -> int:
    """The id of whoever sent an authenticated request."""
    if request.user.pk is None:
        raise RuntimeError("only for views that require authentication")
    return int(request.user.pk)
