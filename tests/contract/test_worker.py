"""`safelight worker` as a process."""

from __future__ import annotations

import os
from pathlib import Path
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from safelight.configuration import WORKBENCH
from safelight.settings import Settings
from safelight.sharing import share
from safelight_server import COMMAND
from toy_tool.jobs import jobs

if TYPE_CHECKING:
    from redis_server import RedisServer
    from safelight.api import Json

SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF"
SUPPORT = Path(__file__).parents[1] / "support"
JOBS = {job.name: job for job in jobs({})}
CANARY = "canary-0815"


def worker(**variables: str) -> subprocess.Popen[str]:
    """The command, started."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "worker", "--threads", "2"],
        env={**os.environ, "PYTHONPATH": str(SUPPORT), "PYTHONUNBUFFERED": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_works_on_what_the_web_queued_and_hands_back_what_it_can_not_finish(
    redis: RedisServer,
) -> None:
    """Asked to stop, it ends within moments, and its log tells nothing of a job."""
    variables = {"SECRET_KEY": SECRET_KEY, "REDIS_URL": redis.url}
    web = share(Settings(variables).values(WORKBENCH), SECRET_KEY, {}, time.time)
    details: Json = {"way": CANARY, "steps": 10_000, "step_s": 0.01}
    id_ = web.jobs.start("owner", "toy", JOBS["walk"], details, {CANARY: CANARY.encode()})
    assert web.queue.waiting() == 1
    process = worker(**variables, SAFELIGHT_LOG_LEVEL="debug")
    assert process.stdout is not None
    assert process.stdout.readline() == "Safelight worker: 2 jobs at a time\n"
    end = time.monotonic() + 10
    while not (job := web.jobs.job("owner", id_)) or job.progress is None:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert web.queue.waiting() == 0
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=20)
    assert (process.returncode, time.monotonic() - began < 8) == (0, True)
    left = web.jobs.job("owner", id_)
    assert left is not None
    assert (left.state.value, web.queue.waiting()) == ("waiting", 1)
    assert CANARY not in log


def test_it_needs_to_know_where_its_jobs_are() -> None:
    """Without Redis there is nothing for it to do."""
    process = worker(REDIS_URL="")
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert said.startswith("safelight: REDIS_URL: A worker finds its jobs in Redis")
