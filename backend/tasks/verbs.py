"""What can happen to a task, as the event log names it."""

CREATED = "task_created"
UPDATED = "task_updated"
TRASHED = "task_trashed"
RESTORED = "task_restored"

ALL = (CREATED, UPDATED, TRASHED, RESTORED)
