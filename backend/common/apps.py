from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import checks, job_metrics  # noqa: F401 - they register themselves
        from common.migrating import lift_statement_timeout

        pre_migrate.connect(lift_statement_timeout, sender=self)
