"""How many of everything run, and how many connections to PostgreSQL they may hold.

Read from the environment alone: gunicorn asks before there are settings.
"""

import os


def number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


WEB_PROCESSES = number("WEB_CONCURRENCY", 3)
WEB_THREADS = number("WEB_THREADS", 4)
WORKER_PROCESSES = number("WORKER_CONCURRENCY", 2)

# How often each program runs, on all machines together.
WEB_INSTANCES = number("WEB_INSTANCES", 1)
REALTIME_INSTANCES = number("REALTIME_INSTANCES", 1)
WORKER_INSTANCES = number("WORKER_INSTANCES", 1)


def connections(*, has_replica: bool = False) -> dict[str, int]:
    """The most that each program holds at the primary, all its instances together.

    A thread of web keeps one, and so does a job of a worker. Web opens one more while
    its metrics are read, and one for good in each process that watches a replica.
    Realtime asks in one thread for its sockets and in another for its health; beat
    asks nothing.
    """
    web = WEB_PROCESSES * (WEB_THREADS + has_replica) + 1
    return {
        "web": WEB_INSTANCES * web,
        "realtime": REALTIME_INSTANCES * 2,
        "worker": WORKER_INSTANCES * WORKER_PROCESSES,
    }
