from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import schema  # noqa: F401, PLC0415 - registers itself
        from accounts.revocation import publish_end  # noqa: PLC0415
        from accounts.verbs import SESSION_ENDED  # noqa: PLC0415
        from events.subscribers import subscribe  # noqa: PLC0415

        # The request that ends a session tells Redis at once; the relay does it again,
        # so that a Redis that was away for a moment hears of it too. Raising makes the
        # relay try later.
        subscribe(
            [SESSION_ENDED],
            lambda event: publish_end(event.changes["session"]),
        )
