from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"

    def ready(self) -> None:
        from accounts.verbs import SESSION_ENDED  # noqa: PLC0415
        from events.subscribers import subscribe  # noqa: PLC0415
        from realtime.services import push_session_end, push_task  # noqa: PLC0415
        from tasks.verbs import ALL  # noqa: PLC0415

        subscribe(ALL, push_task)
        subscribe([SESSION_ENDED], push_session_end)
