from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from events.subscribers import subscribe  # noqa: PLC0415
        from notifications.services import KINDS, notify  # noqa: PLC0415

        subscribe(KINDS, notify)
