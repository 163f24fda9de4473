"""What can happen to a task, as the event log names it."""

PREFIX = "task_"  # dropped where it is plain that a task is meant

CREATED = "task_created"
UPDATED = "task_updated"
REVERTED = "task_reverted"
TRASHED = "task_trashed"
RESTORED = "task_restored"
PURGED = "task_purged"

ALL = (CREATED, UPDATED, REVERTED, TRASHED, RESTORED, PURGED)

# What can happen to a saved filter: these are facts of the account's stream.
FILTER_CREATED = "filter_created"
FILTER_UPDATED = "filter_updated"
FILTER_DELETED = "filter_deleted"
