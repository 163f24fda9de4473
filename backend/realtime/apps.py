from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"

    def ready(self) -> None:
        from accounts.verbs import SESSION_ENDED
        from events.subscribers import subscribe
        from realtime.services import push_session_end, push_task
        from tasks.verbs import ALL

        subscribe(ALL, push_task)
        subscribe([SESSION_ENDED], push_session_end)
