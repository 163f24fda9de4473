"""What an export looks like in the API's documentation."""

from accounts.examples import USER
from notifications.examples import PREFERENCES
from tasks.examples import FILTER, TASK, TRASHED_TASK

EXPORT = {
    "format": 1,
    "exported_at": "2030-01-31T12:00:00.123456Z",
    "profile": USER,
    "notification_preferences": PREFERENCES,
    "saved_filters": [FILTER],
    "tasks": [{**TASK, "deleted_at": None}, {**TRASHED_TASK, "id": 8}],
}
