"""What can happen to a task, as the event log names it."""

PREFIX = "task_"  # dropped where it is plain that a task is meant

CREATED = "task_created"
UPDATED = "task_updated"
REVERTED = "task_reverted"
TRASHED = "task_trashed"
RESTORED = "task_restored"
PURGED = "task_purged"

ALL = (CREATED, UPDATED, REVERTED, TRASHED, RESTORED, PURGED)
