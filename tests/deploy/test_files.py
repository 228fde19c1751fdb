"""Dockerfile, compose files, manifests and unit: each gives its process no more than it needs."""

from __future__ import annotations

import configparser
from pathlib import Path
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from safelight import __version__
from safelight.accounts.settings import ACCOUNTS
from safelight.configuration import WORKBENCH
from tls_authority import issue

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = {name: DEPLOY / "compose" / name / "compose.yaml" for name in ("single", "cluster")}
EXPOSURE = 1.5
"""The most that systemd may find exposed: of 10, where 2 is "OK" and 0 is none."""


def services() -> dict[str, dict[str, Any]]:
    """Each service of the compose files, by file and name."""
    return {
        f"{name}/{service}": found
        for name, path in COMPOSE.items()
        for service, found in yaml.safe_load(path.read_text())["services"].items()
    }


def manifests(kind: str) -> list[dict[str, Any]]:
    """The Kubernetes objects of a kind."""
    return [
        found
        for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for found in yaml.safe_load_all(path.read_text())
        if found["kind"] == kind
    ]


@pytest.mark.parametrize("name", services())
def test_every_service_is_confined(name: str) -> None:
    """Read-only, no capability, bounded, not root, no swap, and only a small tmpfs to write to."""
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] == service["memswap_limit"]
    assert {"pids_limit", "cpus", "ulimits", "stop_grace_period"} <= set(service)
    assert int(service["user"].partition(":")[0]) > 0
    assert all("noexec" in place and "size=" in place for place in service["tmpfs"])
    assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)
    assert "docker.sock" not in str(service)


@pytest.mark.parametrize("name", services())
def test_secrets_come_as_files_and_ports_are_published_with_care(name: str) -> None:
    """Nothing secret in the environment; only nginx is on a port of every address."""
    service = services()[name]
    secret = {row.variable for row in (*WORKBENCH, *ACCOUNTS) if row.secret}
    assert not secret & set(service.get("environment", {}))
    published = service.get("ports", [])
    if name.endswith("/nginx"):
        assert published == ["80:8080", "443:8443"]
    else:
        assert all(port.startswith("127.0.0.1:") for port in published)


def test_only_nginx_has_a_way_out_of_the_cluster() -> None:
    """The other networks are internal, and Redis is on another one than nginx."""
    found = yaml.safe_load(COMPOSE["cluster"].read_text())
    inside = {name for name, network in found["networks"].items() if network.get("internal")}
    outside = {
        name for name, service in found["services"].items() if set(service["networks"]) - inside
    }
    assert outside == {"nginx"}
    assert set(found["services"]["redis"]["networks"]) == {"state"}
    web = found["services"]["web-1"]["environment"]["SAFELIGHT_TRUSTED_PROXIES"]
    assert web == found["services"]["nginx"]["networks"]["front"]["ipv4_address"]


@pytest.mark.parametrize(
    "text",
    [
        *(path.read_text() for path in COMPOSE.values()),
        (DEPLOY / "kubernetes" / "settings.env").read_text(),
        (DEPLOY / "docker" / "Dockerfile").read_text(),
        (DEPLOY / "systemd" / "safelight.service").read_text(),
        (DEPLOY / "systemd" / "safelight.env").read_text(),
    ],
)
def test_every_setting_that_is_named_is_one(text: str) -> None:
    """A misspelt one would have no effect, and only be warned of."""
    rows = (*WORKBENCH, *ACCOUNTS)
    known = {row.variable for row in rows} | {f"{row.variable}_FILE" for row in rows if row.secret}
    named = set(re.findall(r"\b((?:SAFELIGHT|REDIS|SECRET)_[A-Z_]+)\b", text))
    assert named - known == set()


def containers() -> list[dict[str, Any]]:
    """Every container of every deployment."""
    return [
        container
        for found in manifests("Deployment")
        for container in found["spec"]["template"]["spec"]["containers"]
    ]


@pytest.mark.parametrize("container", containers(), ids=lambda container: container["name"])
def test_every_container_is_confined(container: dict[str, Any]) -> None:
    """As the namespace's standard `restricted` asks, and read-only, bounded and looked after."""
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]["limits"]) == {"cpu", "memory"}
    assert {"livenessProbe", "readinessProbe"} <= set(container)


@pytest.mark.parametrize(
    "found", manifests("Deployment"), ids=lambda each: each["metadata"]["name"]
)
def test_every_pod_is_nobody_and_writes_to_memory_alone(found: dict[str, Any]) -> None:
    """No token of the cluster, no root, no disk."""
    pod = found["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
    assert kinds <= {"emptyDir", "secret", "configMap", "projected"}
    folders = [volume["emptyDir"] for volume in pod["volumes"] if "emptyDir" in volume]
    assert all(folder["medium"] == "Memory" and "sizeLimit" in folder for folder in folders)


def test_the_namespace_lets_nothing_in_or_out_by_default() -> None:
    """And holds its pods to the strictest standard."""
    (namespace,) = manifests("Namespace")
    default = manifests("NetworkPolicy")[1]
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert default["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_the_pod_has_the_whole_nginx_configuration() -> None:
    """Every file that another one includes."""
    projected = [
        item["path"]
        for volume in manifests("Deployment")[1]["spec"]["template"]["spec"]["volumes"]
        for source in volume.get("projected", {}).get("sources", [])
        for item in source["configMap"]["items"]
    ]
    included = {
        name
        for folder in (DEPLOY / "nginx", DEPLOY / "kubernetes" / "nginx")
        for path in folder.rglob("*.conf")
        if "sub-path" not in path.name
        for name in re.findall(r"^\s*include (\S+);", path.read_text(), re.MULTILINE)
    }
    assert included <= set(projected)


@pytest.mark.parametrize("folder", ["compose/cluster/nginx", "kubernetes/nginx"])
def test_a_site_has_every_file_of_the_shipped_one(folder: str) -> None:
    """So that a file added there is not forgotten here."""
    shipped = {path.name for path in (DEPLOY / "nginx" / "site").iterdir()}
    assert {path.name for path in (DEPLOY / folder).iterdir()} == shipped


def test_all_name_this_version() -> None:
    """Of our own image."""
    tags = re.compile(r"(?:image: safelight:|newTag: )\"?([\w.]+)")
    named = {tag for path in DEPLOY.rglob("*.yaml") for tag in tags.findall(path.read_text())}
    assert named == {__version__}


def test_the_dockerfile_ends_as_nobody_without_a_shell() -> None:
    """What the last stage says of the process; exec form, so that no shell is asked."""
    last = (DEPLOY / "docker" / "Dockerfile").read_text().rpartition("FROM ${PYTHON}")[2]
    assert "USER 10001:10001" in last
    assert 'ENTRYPOINT ["safelight"]' in last
    assert 'CMD ["python", "-m", "safelight.serving.alive"]' in last
    assert not re.search(r"^(RUN|ADD)\b", last, re.MULTILINE)


def test_the_dockerfile_takes_packages_by_hash_as_wheels() -> None:
    """Nothing is built from what others wrote, and nothing else than the lock names comes in."""
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    installs = [part for part in re.split(r"&&|\nRUN", text) if "install" in part and "-r " in part]
    assert len(installs) == 2
    assert all("--require-hashes" in part and "--only-binary=:all:" in part for part in installs)


def test_the_unit_is_as_tight_as_systemd_can_tell(tmp_path: Path) -> None:
    """By its own figure; the program need not be there for that."""
    unit = (DEPLOY / "systemd" / "safelight.service").read_text()
    copy = tmp_path / "safelight.service"
    copy.write_text(unit.replace("/opt/safelight/bin/safelight serve", "/bin/true"))
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}", copy],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-500:]


def test_the_unit_gives_secrets_as_credentials_and_no_network() -> None:
    """What ElqKit and Redis need is an addition that names where to."""
    reader = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    reader.optionxform = str  # type: ignore[assignment, method-assign]
    reader.read(DEPLOY / "systemd" / "safelight.service")
    service = reader["Service"]
    assert (service["PrivateNetwork"], service["RestrictAddressFamilies"]) == ("yes", "AF_UNIX")
    assert (service["MemorySwapMax"], service["LimitCORE"]) == ("0", "0")
    assert "%d/secret_key" in (DEPLOY / "systemd" / "safelight.service").read_text()


@pytest.mark.parametrize(
    "name", [name for name in services() if "/web-" in name or "single" in name]
)
def test_the_users_file_lies_in_a_folder_that_is_mounted(name: str) -> None:
    """A mounted file would stay the old one: each change puts a new one in its place."""
    service = services()[name]
    (folder,) = (each for each in service["volumes"] if each["source"] == "users")
    assert folder["read_only"] is True
    assert service["environment"]["SAFELIGHT_USERS_FILE"] == f"{folder['target']}/users.json"


def test_a_worker_does_not_get_the_users() -> None:
    """It asks nobody who they are."""
    assert all("users" not in str(services()[f"cluster/worker-{n}"].get("volumes")) for n in (1, 2))
    (worker,) = (each for each in manifests("Deployment") if each["metadata"]["name"] == "worker")
    volumes = worker["spec"]["template"]["spec"]["volumes"]
    (secrets,) = (each["secret"] for each in volumes if "secret" in each)
    assert {item["key"] for item in secrets["items"]} == {"secret_key", "redis_url"}


SITES = ("nginx/site", "compose/cluster/nginx", "kubernetes/nginx")


@pytest.mark.parametrize("site", SITES)
def test_nginx_takes_the_configuration_of_every_place(site: str, tmp_path: Path) -> None:
    """With a real certificate; names of other containers are known there alone."""
    issued = issue(tmp_path)
    folder = tmp_path / "nginx"
    shutil.copytree(DEPLOY / "nginx", folder, ignore=shutil.ignore_patterns("site"))
    shutil.copytree(DEPLOY / site, folder / "site")
    elsewhere = {
        r"(\s)/tmp/": rf"\1{tmp_path}/",
        r"/dev/stdout": str(tmp_path / "log"),
        r"(ssl_certificate\s+)\S+;": rf"\1{issued.chain};",
        r"(ssl_certificate_key\s+)\S+;": rf"\1{issued.key};",
        r"server web-(\d):": r"server 127.0.0.\1:",
        r"listen (\d+)": rf"listen unix:{tmp_path}/four-\1",  # a port may be taken, or be root's
        r"listen \[::\]:(\d+)": rf"listen unix:{tmp_path}/six-\1",
    }
    for path in folder.rglob("*.conf"):
        text = path.read_text()
        for pattern, there in elsewhere.items():
            text = re.sub(pattern, there, text)
        path.write_text(text)
    asked = ["nginx", "-t", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
