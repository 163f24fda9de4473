"""What notifications look like in the API's documentation."""

from typing import Any

NOTIFICATION: dict[str, Any] = {
    "id": 9,
    "kind": "task_created",
    "title": "Call the plumber",
    "task": 7,
    "read": False,
    "created_at": "2030-01-27T09:30:00.123456Z",
}
