"""What notifications look like in the API's documentation."""

from typing import Any

NOTIFICATION: dict[str, Any] = {
    "id": 9,
    "kind": "task_created",
    "title": "Call the plumber",
    "task": 7,
    "read": False,
    "created_at": "2030-01-27T09:30:00.123456Z",
    "deliveries": [
        {
            "channel": "in_app",
            "state": "sent",
            "attempts": 1,
            "last_error": "",
            "at": "2030-01-27T09:30:00.234567Z",
        },
        {
            "channel": "email",
            "state": "pending",
            "attempts": 1,
            "last_error": "The mail server is not available (421).",
            "at": "2030-01-27T09:30:01.345678Z",
        },
    ],
}
PREFERENCES = {
    "kinds": {
        "task_created": {"in_app": True, "email": True},
        "session_reused": {"in_app": True, "email": True},
        "test": {"in_app": True, "email": False},
    },
    "digest_hour": 7,
}
WISH = {"kinds": {"task_created": {"email": True}}, "digest_hour": 7}
