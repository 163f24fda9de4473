"""Starts the stack, checks everything in order, says what held; exit status 0 or 1.

Arguments choose checks by a part of their name. KEEP=1 leaves the stack running,
SHORT=1 takes Redis away for ten seconds instead of sixty.
"""

import sys
import time
from collections.abc import Callable

from tests.compose import containers, journeys
from tests.compose.project import Project, started

Check = Callable[[Project], None]
CHECKS: tuple[Check, ...] = (
    containers.no_process_has_rights,
    containers.each_is_confined,
    containers.nothing_can_be_written_into_an_image,
    containers.each_is_healthy,
    containers.only_nginx_publishes,
    containers.volumes_are_where_they_are_needed,
    containers.networks_are_as_drawn,
    containers.who_is_outside_reaches_no_server,
    containers.back_has_no_way_out,
    containers.no_secret_is_in_sight,
    containers.no_setting_is_a_secret,
    containers.the_programs_own_one_database_and_nothing_else,
    containers.a_secret_of_ones_own_is_a_file,
    containers.images_hold_no_private_file,
    journeys.an_idle_stack_is_small,
    journeys.it_is_used_in_a_browser,
    journeys.a_task_lives_from_creation_to_trash_and_back,
    journeys.a_second_up_starts_nothing_anew,
    journeys.a_rolling_restart_is_not_noticed,
    journeys.scaling_is_not_noticed,
    journeys.a_release_that_does_not_start_changes_nothing,
    journeys.a_new_release_and_the_way_back_are_not_noticed,
    journeys.redis_stopped_is_not_noticed,
    journeys.redis_frozen_is_not_noticed,
    journeys.postgresql_crashing_loses_nothing,
    journeys.what_dies_among_several_is_not_noticed,
    journeys.a_backup_is_made_by_night,
    journeys.a_backup_comes_back_on_empty_volumes,
    journeys.down_and_up_with_other_settings_keeps_the_data,
)


def main(parts: list[str]) -> bool:
    chosen = [
        check
        for check in CHECKS
        if not parts or any(part in check.__name__ for part in parts)
    ]
    with started() as project:
        print(f"started on {project.web_url}", flush=True)
        failed = [check for check in chosen if not holds(check, project)]
    return not failed


def holds(check: Check, project: Project) -> bool:
    name = check.__name__.replace("_", " ")
    started_at = time.monotonic()
    try:
        check(project)
    except Exception as error:  # noqa: BLE001 - told, and the others still run
        print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)
        return False
    print(f"ok    {name} ({time.monotonic() - started_at:.0f} s)", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
