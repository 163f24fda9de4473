from rest_framework.request import Request


def user_id_of(request: Request) -> int:
    """The id of whoever sent an authenticated request."""
    if request.user.pk is None:
        raise RuntimeError("only for views that require authentication")
    return int(request.user.pk)


def is_origin_of(host: str, origin: str) -> bool:
    """Whether a page of this host sends this Origin (RFC 6454 §7), which is untrusted.

    Both leave out the scheme's default port, so there is nothing to parse.
    """
    return origin in (f"http://{host}", f"https://{host}")
