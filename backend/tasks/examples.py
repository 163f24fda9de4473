"""What tasks look like in the API's documentation."""

from typing import Any

NEW_TASK: dict[str, Any] = {
    "title": "Call the plumber",
    "description": "The kitchen tap **drips**.",
    "priority": "high",
    "due_date": "2030-01-31",
    "due_time": "17:00",
    "labels": ["home"],
}
FULL_TASK = {**NEW_TASK, "status": "pending"}
TASK = {
    "id": 7,
    **FULL_TASK,
    "completed_at": None,
    "version": 1,
    "created_at": "2030-01-27T09:30:00.123456Z",
    "updated_at": "2030-01-27T09:30:00.123456Z",
    "user": 3,
}
TRASHED_TASK = {**TASK, "version": 2, "deleted_at": "2030-01-28T08:00:00.123456Z"}
IMPORT = {
    "tasks": [
        NEW_TASK,
        {
            "title": "Buy a tap",
            "status": "completed",
            "created_at": "2029-12-24T08:00:00Z",
            "completed_at": "2029-12-28T16:30:00Z",
        },
    ]
}
IMPORTED = {"results": [{**TASK, "deleted_at": None}]}
CHANGES = {"results": [TASK], "gone": [5], "cursor": "eyIzIjo0Mn0", "has_more": False}
HISTORY_ENTRY = {
    "revision": 42,
    "verb": "updated",
    "actor": {"id": 3, "username": "ana"},
    "version": 2,
    "changes": {"priority": ["medium", "high"], "due_time": [None, "17:00"]},
    "reverted_to": None,
    "occurred_at": "2030-01-28T08:00:00.123456Z",
}
REVERT = {"version": 1, "fields": ["priority"]}
LABEL = {"name": "home", "count": 3}
RENAME_LABEL = {"name": "house"}
SUMMARY = {
    "total": 12,
    "by_status": {"pending": 7, "in_progress": 2, "completed": 3},
    "by_priority": {"low": 1, "medium": 8, "high": 3},
    "overdue": 1,
    "due_today": 2,
    "due_this_week": 4,
    "today": "2030-01-31",
}
PROGRESS = {
    "time_zone": "Europe/London",
    "completed_per_day": [
        {"date": "2030-01-30", "count": 0},
        {"date": "2030-01-31", "count": 2},
    ],
    "open_by_age": [
        {"name": "day", "count": 1},
        {"name": "week", "count": 3},
        {"name": "month", "count": 0},
        {"name": "quarter", "count": 0},
        {"name": "older", "count": 5},
    ],
    "by_label": [{"name": "home", "open": 2, "completed": 7}],
    "open_total": 9,
    "completed_total": 31,
}
BULK = {"ids": [7, 9], "set": {"priority": "low", "labels": ["later"]}}
BULK_RESULTS = {
    "results": [
        {"id": 7, "version": 3, "changed": True},
        {"id": 9, "version": 1, "changed": False},
    ]
}
NEW_FILTER = {
    "name": "Next at home",
    "query": "status=pending,in_progress&label=home&ordering=due_date",
    "grouping": "due_date",
}
FILTER = {
    "id": 4,
    **NEW_FILTER,
    "position": 0,
    "created_at": "2030-01-27T09:30:00.123456Z",
    "updated_at": "2030-01-27T09:30:00.123456Z",
}
