"""Have programs of others look at the repository: `make audit`.

Fails on what is not explained here.

.venv/bin/python tools/audit.py            all but what asks the network
.venv/bin/python tools/audit.py --online   known vulnerabilities, too
"""

from __future__ import annotations

import json
from pathlib import Path
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LOCKS = ("server-all", "run", "dev")


class Check(NamedTuple):
    """A program and what it is asked; it passes with exit code 0."""

    name: str
    command: str


CHECKS = (
    Check("source", "bandit -q -c pyproject.toml -r src tools"),
    Check("image", "hadolint deploy/docker/Dockerfile"),
    Check(
        "image and manifests",
        "checkov --quiet --compact -d deploy --framework dockerfile kubernetes",
    ),
    *(
        Check(f"manifest {name}", f"kubernetes-validate --strict deploy/kubernetes/{name}.yaml")
        for name in ("namespace", "network-policies", "eloqua-egress", "redis", "web", "worker")
    ),
    *(
        Check(
            f"compose file {name}",
            f"check-jsonschema --builtin-schema vendor.compose-spec deploy/compose/{name}.yaml",
        )
        for name in ("single/compose", "cluster/compose", "cluster/compose.eloqua")
    ),
    Check("yaml", "yamllint --strict -c deploy/yamllint.yaml deploy .github"),
    Check("workflows", "zizmor --offline --quiet .github"),
)
ONLINE = tuple(
    Check(
        f"vulnerabilities in {lock}",
        # Strict: what could not be looked up is a failure, not a pass.
        f"pip-audit --strict --disable-pip --require-hashes -r requirements/{lock}.txt",
    )
    for lock in LOCKS
)

NOT_SEARCHED = r"^(tests|requirements)/"
"""Of what git holds: secrets of tests are made up there, and locks hold hashes."""
NO_SECRETS = {
    "deploy/kubernetes/redis.yaml": "the name of a secret",
    "deploy/kubernetes/web.yaml": "the names of secrets",
    "deploy/kubernetes/worker.yaml": "the name of a secret",
    "docs/how-to/accounts.md": "the name of a setting",
    "docs/how-to/use-the-api.md": "a request's number in an example",
    "docs/how-to/monitor.md": "a request's number in an example",
    "docs/reference/eloqua.md": "the name of a setting",
    "src/elqkit/eloqua/credentials.py": "the name of a setting",
    "src/elqkit/mock/sign_in.py": "the kind of a token",
    "src/safelight/accounts/commands.py": "the number of a token in an example",
    "src/safelight/accounts/tokens.py": "the form of a token",
    "src/safelight/security/identity.py": "the ways in which someone is known",
    "src/mapy/clean/writers/jp2.py": "identifiers of boxes of JPEG 2000",
    "src/mapy/formats/jp2.py": "identifiers of boxes of JPEG 2000",
    "src/safelight/security/secret_key.py": "keys that everyone knows, which are refused",
}
"""What looks like a secret and is none, and why."""


def failures(checks: Iterable[Check]) -> Iterator[str]:
    """The names of the checks that failed; what they said is printed."""
    for check in checks:
        program, *arguments = check.command.split()
        ended = subprocess.run(
            [str(BIN / program), *arguments], cwd=ROOT, check=False, capture_output=True, text=True
        )
        if ended.returncode:
            print(ended.stdout, ended.stderr, sep="\n")
            yield check.name


def unexplained_secrets() -> Iterator[str]:
    """Places that look like a secret, and explained ones that are gone."""
    command = [str(BIN / "detect-secrets"), "scan", "--exclude-files", NOT_SEARCHED]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = json.loads(told)["results"]
    for path, places in found.items():
        if path not in NO_SECRETS:
            yield from (f"{path}:{place['line_number']}: {place['type']}" for place in places)
    yield from (f"{path}: explained, but nothing is found" for path in set(NO_SECRETS) - set(found))


def main() -> int:
    """Run all checks."""
    failed = list(failures((*CHECKS, *(ONLINE if "--online" in sys.argv[1:] else ()))))
    secrets = list(unexplained_secrets())
    print("\n".join(secrets) or "No secrets.")
    print(f"Failed: {', '.join(failed)}" if failed else "Nothing found.")
    return 1 if failed or secrets else 0


if __name__ == "__main__":
    sys.exit(main())
