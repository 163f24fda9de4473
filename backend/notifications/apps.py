from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from events.subscribers import subscribe
        from notifications import services

        subscribe(services.KINDS, services.notify)
        subscribe([services.NOTIFICATION_READ], services.push_unread)
