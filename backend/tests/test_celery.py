"""The worker's broker connection, with a Valkey of its own to break."""

from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from redis.exceptions import ConnectionError as RedisConnectionError

from devstack.log import Log
from devstack.ports import free_port
from devstack.valkey import Valkey


@pytest.mark.parametrize("answer", ["ack", "reject"])
def test_an_answer_that_redis_never_heard_does_not_use_up_the_prefetch_limit(
    tmp_path: Path, answer: str
) -> None:
    log = Log.to_file(tmp_path / "log")
    valkey = Valkey(tmp_path, log, port=free_port(), password="secret")
    valkey.start()
    try:
        with Connection(valkey.url) as connection:
            queue = connection.SimpleQueue("jobs")
            queue.put("a job")
            channel: Any = queue.channel
            channel.basic_qos(0, 1, False)
            message = queue.get(timeout=5)
            assert not channel.qos.can_consume()

            valkey.kill()
            with pytest.raises(RedisConnectionError):
                getattr(message, answer)()

            assert channel.qos.can_consume()
    finally:
        valkey.stop()
        log.close()
