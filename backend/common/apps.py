from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import checks  # noqa: F401 - registers the checks
        from common.migrating import lift_statement_timeout

        pre_migrate.connect(lift_statement_timeout, sender=self)
