from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import (  # noqa: F401 - they register themselves
            checks,
            job_metrics,
            server_checks,
        )
