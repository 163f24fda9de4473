"""What this app itself writes to the event log."""

NOTIFICATION_READ = "notification_read"
NOTIFICATION_TESTED = "notification_tested"
PREFERENCES_UPDATED = "notification_preferences_updated"
DELIVERY_RETRIED = "delivery_retried"
