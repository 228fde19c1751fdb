"""A whole installation whose processes end at the worst moments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
import time
from typing import TYPE_CHECKING

import pytest

from account_builders import form_token
from cluster import PEOPLE, WEBS, WORKERS, Cluster, running_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

pytestmark = pytest.mark.timeout(240)
RECOVERED_S = 30
WALK = "/api/v1/toy/walk"
PAUSE_S = 0.1
"""Between the requests of one visitor: less would be against the limits."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """All processes. A test that ends one starts it again."""
    with running_cluster() as found:
        yield found


def start(client: httpx2.Client, way: str, steps: int, step_s: float) -> str:
    """A walk: the address of its job."""
    form = {"way": way, "steps": str(steps), "step_s": str(step_s)}
    reply = client.post(WALK, data=form, headers=token_of(client))
    assert reply.status_code == 202, reply.text
    return reply.headers["Location"]


def token_of(client: httpx2.Client) -> dict[str, str]:
    """What a browser sends besides its cookie; a program has its own token."""
    if "Authorization" in client.headers:
        return {}
    return {
        "X-CSRFToken": form_token(client.get("/toy/").text),
        "Referer": str(client.base_url),
    }


def steps(client: httpx2.Client, job: str) -> int:
    """How far a walk is."""
    progress = client.get(job).json()["progress"]
    return progress["steps"] if progress else 0


def over(client: httpx2.Client, job: str, patience_s: float) -> dict[str, object]:
    """A job when it is over."""
    end = time.monotonic() + patience_s
    found: dict[str, object]
    while (found := client.get(job).json())["state"] in {"waiting", "running"}:
        assert time.monotonic() < end, found
        time.sleep(0.1)
    return found


def way(client: httpx2.Client, job: str) -> list[str]:
    """The steps of a walk, in order, each as often as it was taken."""
    return client.get(f"{job}/files/way.txt").text.split("\n")


def expected(length: int) -> list[str]:
    """Each step once."""
    return [f"step {number}" for number in range(length)]


def test_a_session_and_a_job_survive_the_end_of_any_process(cluster: Cluster) -> None:
    """Killed in the middle, one after the other; the visitor notices nothing but a wait."""
    visitor = cluster.visitor()
    kept = visitor.post("/toy/note", content=b"noted", headers=token_of(visitor))
    assert kept.text == "kept"
    jobs = [start(visitor, f"survivor-{n}", 60, 0.05) for n in range(4)]
    while not all(steps(visitor, job) for job in jobs):
        time.sleep(0.05)
    killed = time.monotonic()
    for name in WORKERS:
        cluster.kill(name)
    before = [steps(visitor, job) for job in jobs]
    cluster.start(*WORKERS)
    for name in WEBS:
        cluster.kill(name)
        assert visitor.get("/toy/note").text == "noted"
        assert [steps(visitor, job) for job in jobs] >= before
        cluster.start(name)
    assert min(before) < 60
    for job in jobs:
        found = over(visitor, job, RECOVERED_S + 10)
        assert (found["state"], found["result"]) == ("done", {"steps": 60})
        assert way(visitor, job) == expected(60)
    assert time.monotonic() - killed < RECOVERED_S + 60 * 0.05
    assert visitor.get("/toy/note").text == "noted"


def test_a_rolling_restart_loses_no_request(cluster: Cluster) -> None:
    """Each process is asked to stop and started again, while pages and programs go on."""
    is_over = Event()

    def ask(name: str) -> list[str]:
        visitor = cluster.visitor(name)
        token, wrong = token_of(visitor), []
        while not is_over.is_set():
            note = str(len(asked)).encode()
            replies = [
                visitor.get("/toy/"),
                visitor.post("/toy/note", content=note, headers=token),
                visitor.get("/toy/note"),
            ]
            wrong += [f"{r.request.method} {r.request.url.path} {r}" for r in replies if r.is_error]
            if replies[-1].content != note:
                wrong.append("the note is another one")
            asked.append(len(replies))
            time.sleep(PAUSE_S)
        return wrong

    asked: list[int] = []
    program = cluster.program("tom")
    job = start(program, "rolling", 400, 0.02)
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        results = [pool.submit(ask, name) for name in PEOPLE[:3]]
        try:
            codes = []
            for name in (*WEBS, *WORKERS):
                time.sleep(0.3)
                codes.append(cluster.stop(name))
                cluster.start(name)
        finally:
            is_over.set()
        assert [result.result() for result in results] == [[], [], []]
    assert codes == [0, 0, 0, 0]
    assert sum(asked) > 100
    found = over(program, job, 20)
    assert (found["state"], way(program, job)) == ("done", expected(400))


def test_no_job_is_lost_or_doubled_when_processes_are_killed_under_load(cluster: Cluster) -> None:
    """Whatever was accepted is done, once: each step of each way is there, and no more."""
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        programs = {name: cluster.program(name) for name in PEOPLE}

        def submit(name: str) -> list[str]:
            jobs: list[str] = []
            for number in range(4):
                form = {"way": f"load-{name}-{number}", "steps": "30", "step_s": "0.02"}
                reply = programs[name].post(WALK, data=form)
                if reply.status_code == 202:
                    jobs.append(reply.headers["Location"])
                else:  # the process died with this request: nothing was promised
                    assert reply.status_code == 502, reply.text
            return jobs

        submitted = {name: pool.submit(submit, name) for name in PEOPLE}
        time.sleep(0.2)
        cluster.kill("web-1")
        cluster.kill("worker-2")
        accepted = {name: jobs.result() for name, jobs in submitted.items()}
        cluster.start("web-1", "worker-2")
        for name, jobs in accepted.items():
            for job in jobs:
                found = over(programs[name], job, RECOVERED_S + 10)
                assert (found["state"], way(programs[name], job)) == ("done", expected(30))
    assert sum(map(len, accepted.values())) >= 18
