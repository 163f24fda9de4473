from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import metrics, schema  # noqa: F401 - they register themselves
        from accounts.revocation import publish_ends
        from accounts.verbs import SESSION_ENDED
        from events.subscribers import subscribe

        # The request that ends a session tells Redis at once; the relay does it again,
        # so that a Redis that was away for a moment hears of it too. Raising makes the
        # relay try later.
        subscribe(
            [SESSION_ENDED],
            lambda event: publish_ends([event.changes["session"]]),
        )
