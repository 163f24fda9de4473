from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from events.subscribers import subscribe  # noqa: PLC0415
        from notifications import services  # noqa: PLC0415 - needs the models

        subscribe(services.KINDS, services.notify)
        subscribe([services.NOTIFICATION_READ], services.push_unread)
