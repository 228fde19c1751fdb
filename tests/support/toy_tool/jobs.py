"""The toy's jobs: one that walks, step by step, and some that come to grief."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from safelight.api import Job, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import JobContext, Json, SettingValue

SECRET = "canary-4711"  # stands for anything of a user that must never be shown
WAIT_S = 0.01


def walk(context: JobContext) -> None:
    """Take steps, each noted in a log before the next: no step is taken twice, whoever dies."""
    details = cast("dict[str, Json]", context.details)
    length, step_s = cast("int", details["steps"]), cast("float", details["step_s"])
    log = context.log(str(details["way"]))
    steps = len(log.read())
    while steps < length and context.command != "cancel":
        if context.command == "hand-back":
            return
        if context.command == "pause":
            time.sleep(WAIT_S)
            continue
        time.sleep(step_s)
        log.append(b"step %d" % steps)
        steps += 1
        context.report({"steps": steps})
    context.keep("way.txt", b"\n".join(log.read()))
    context.finish({"steps": steps})


def show(context: JobContext) -> None:
    """Finish with what it was started with."""
    sizes: dict[str, Json] = {name: len(content) for name, content in context.files.items()}
    context.finish(
        {"details": context.details, "sizes": sizes, "max": context.settings["max_bytes"]}
    )


def refuse(context: JobContext) -> None:
    """Refuse, for a reason that the owner reads."""
    context.report({"seen": True})
    raise Refusal("toy.refused", "This is refused.", "Send another.")


def crash(context: JobContext) -> None:
    """Break."""
    raise RuntimeError(f"{SECRET} {context.id}")


def overstay(context: JobContext) -> None:
    """Listen to nobody, for ever."""
    while context.id:
        time.sleep(WAIT_S)


def jobs(settings: Mapping[str, SettingValue]) -> tuple[Job, ...]:
    """Those that run long have little time."""
    del settings
    return (
        Job("walk", walk),
        Job("hasty-walk", walk, seconds=1),
        Job("show", show),
        Job("refuse", refuse),
        Job("crash", crash),
        Job("overstay", overstay, seconds=1),
        Job("send", show, grant="send"),
    )
