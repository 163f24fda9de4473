"""Structured logs: one line per fact, every line with the request's id."""

import json
import logging.config
from collections.abc import Sequence
from typing import Any, NoReturn, cast

import structlog

encode = json.JSONEncoder(default=repr).encode


def hand_over(
    logger: Any, method: str, event_dict: structlog.typing.EventDict
) -> NoReturn:
    """Give what is prepared to the standard library's handlers, and be done.

    Without looking for the line of code that logs, which no line of the log names.
    """
    level = logging.getLevelNamesMapping()[event_dict["level"].upper()]
    record = logging.LogRecord(logger.name, level, "", 0, event_dict, (), None)
    vars(record).update(_logger=logger, _name=method)
    logger.handle(record)
    raise structlog.DropEvent


class LineFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders what structlog has prepared as it is, without a copy of the record."""

    def __init__(self, renderer: structlog.typing.Processor, **options: Any) -> None:
        remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        super().__init__(processors=[remove_meta, renderer], **options)
        self.renderer = renderer

    def format(self, record: logging.LogRecord) -> str:
        if hasattr(record, "_logger"):  # structlog's
            facts = cast("structlog.typing.EventDict", record.msg)
            return str(self.renderer(None, record.levelname, {**facts}))
        return super().format(record)


def logging_config(
    *, log_format: str, level: str, reporters: Sequence[structlog.typing.Processor] = ()
) -> None:
    """Send structlog and the standard library through one formatter to stderr.

    `log_format` is "json" (one object per line) or "console" (for people). `reporters`
    see every line while its `exc_info` is not yet text.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *reporters,
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(
        lambda event_dict, **_: encode(event_dict)
    )
    if log_format == "console":
        shared.pop()  # the console renderer prints tracebacks itself
        # Plain, because tracebacks that print local variables print secrets.
        renderer = structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            hand_over,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": LineFormatter,
                    "foreign_pre_chain": shared,
                    "renderer": renderer,
                }
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "line"}
            },
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # The request line already says it.
                "django.request": {"level": "CRITICAL"},
                "django.server": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.worker.strategy": {"level": "WARNING"},
                "celery.beat": {"level": "WARNING"},
            },
        }
    )


def current_request_id() -> str:
    """The id bound to this thread's request or job, or "" outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
