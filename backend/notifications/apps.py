from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from events.subscribers import subscribe
        from notifications import services, verbs
        from tasks.verbs import PURGED

        subscribe(services.KINDS, services.notify)
        subscribe([verbs.NOTIFICATION_READ], services.push_unread)
        subscribe([verbs.NOTIFICATION_TESTED], services.push_test)
        subscribe([PURGED], services.forget_task)
