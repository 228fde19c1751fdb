"""A policy: which findings fail, which warn, and which are wanted. Read from TOML or YAML."""

from __future__ import annotations

from enum import Enum
from fnmatch import fnmatchcase
from importlib import import_module
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from mapy.check.described import described
from mapy.errors import UnusablePolicy
from mapy.explain.finding import Subject, Weight
from mapy.limits import KIB

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapy.explain.finding import Finding

MOST_BYTES = 256 * KIB
"""Of a policy file; people write them."""


class Level(Enum):
    """What a finding does to the check."""

    FAIL = "fail"
    WARN = "warn"
    IGNORE = "ignore"


class Layer(NamedTuple):
    """What a part of a policy says of some paths. None: it leaves that to the parts before it."""

    paths: tuple[str, ...] = ()
    """Patterns of the paths it is for; none: all."""
    weights: Mapping[Weight, Level] | None = None
    rules: Mapping[str, Level] = {}
    """By the name of a rule, a pattern of names, or a subject."""
    tags: tuple[str, ...] = ()
    """Patterns of tags whose values may be there."""
    values: Mapping[str, tuple[str, ...]] = {}
    """Patterns of the values that may be there, by patterns of tags."""

    def is_for(self, path: str) -> bool:
        """Whether it says something of this path."""
        return not self.paths or any(fnmatchcase(path, pattern) for pattern in self.paths)

    def allows(self, finding: Finding) -> bool:
        """Whether every tag that says so may be there."""
        return bool(finding.evidence) and all(
            any(fnmatchcase(tag.key, pattern) for pattern in self.tags)
            or any(
                fnmatchcase(tag.key, pattern)
                and any(fnmatchcase(str(tag.readable), value) for value in values)
                for pattern, values in self.values.items()
            )
            for tag in finding.evidence
        )

    def level_of(self, rule: str, subject: str) -> Level | None:
        """What it says of a rule by name, by a pattern, by its subject: the first that there is."""
        if rule in self.rules:
            return self.rules[rule]
        patterns = [each for each in self.rules if "*" in each and fnmatchcase(rule, each)]
        if patterns:
            return self.rules[max(patterns, key=len)]
        return self.rules.get(subject)


class Policy(NamedTuple):
    """Layers: of two that speak of a path, the later counts."""

    layers: tuple[Layer, ...]

    def for_path(self, path: str) -> Policy:
        """The layers that are for a path, written with slashes."""
        return Policy(tuple(layer for layer in self.layers if layer.is_for(path)))

    def level_of(self, finding: Finding) -> Level:
        """What a finding does: allowed tags first, then rules, then weights."""
        if any(layer.allows(finding) for layer in self.layers):
            return Level.IGNORE
        return self.level_of_rule(finding.rule, finding.subject.value, finding.weight)

    def level_of_rule(self, rule: str, subject: str, weight: Weight) -> Level:
        """The same without a look at tags."""
        for layer in reversed(self.layers):
            level = layer.level_of(rule, subject)
            if level is not None:
                return level
        for layer in reversed(self.layers):
            if layer.weights is not None:
                return layer.weights.get(weight, Level.IGNORE)
        return Level.IGNORE


_BASE = Layer(weights={Weight.HIGH: Level.FAIL, Weight.LOOK: Level.WARN})
DEFAULT = Policy((_BASE,))
"""High findings fail, those worth a look warn, notes pass."""


def load(path: Path) -> Policy:
    """Read a policy: TOML, or YAML where the name says so and PyYAML is installed.

    Raises:
        UnusablePolicy: it cannot be read, or says what no policy can.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise UnusablePolicy(
            "policy.not-opened", f"{path}: The policy could not be opened.", hint="Check the path."
        ) from None
    if len(content) > MOST_BYTES:
        raise UnusablePolicy(
            "policy.too-long", f"{path}: A policy may have {MOST_BYTES // KIB} KiB, not more."
        )
    parse = _from_yaml if path.suffix.lower() in (".yaml", ".yml") else _from_toml
    return policy_of(parse(content, path))


def _from_toml(content: bytes, path: Path) -> object:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnusablePolicy("policy.not-toml", f"{path}: This is no TOML: {error}") from None


def _from_yaml(content: bytes, path: Path) -> object:
    try:
        yaml: Any = import_module("yaml")  # Any: its types are not installed with it
    except ImportError:
        raise UnusablePolicy(
            "policy.needs-pyyaml",
            f"{path}: A policy in YAML is read with PyYAML, which is not installed.",
            hint="Install it with: pip install pyyaml. Or write the policy in TOML.",
        ) from None
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnusablePolicy("policy.not-yaml", f"{path}: This is no YAML: {error}") from None


def policy_of(tree: object) -> Policy:
    """The policy that a file's tree of tables and lists describes, upon the default one.

    Raises:
        UnusablePolicy: a name, a type or a value that no policy has.
    """
    table = _table(tree, "The policy", {*_LAYER_KEYS, "paths"})
    layers = [_layer(table, "The policy")]
    for number, each in enumerate(_list(table.get("paths", []), "paths"), 1):
        where = f"paths, number {number}"
        inner = _table(each, where, {*_LAYER_KEYS, "match"})
        if "match" not in inner:
            raise _wrong(where, "`match` is missing: the paths that it is for.")
        layers.append(_layer(inner, where, _texts(inner["match"], f"{where}, match")))
    return Policy((_BASE, *layers))


_LAYER_KEYS = frozenset({"fail", "warn", "rules", "allow"})


def _layer(table: Mapping[str, Any], where: str, paths: tuple[str, ...] = ()) -> Layer:
    allow = _table(table.get("allow", {}), f"{where}, allow", {"tags", "values"})
    values = _table(allow.get("values", {}), f"{where}, allow.values")
    rules = _table(table.get("rules", {}), f"{where}, rules")
    return Layer(
        paths,
        _weights(table, where),
        {_rule(name, where): _enum(Level, level, where) for name, level in rules.items()},
        _texts(allow.get("tags", []), f"{where}, allow.tags"),
        {tag: _texts(each, f"{where}, allow.values") for tag, each in values.items()},
    )


def _weights(table: Mapping[str, Any], where: str) -> Mapping[Weight, Level] | None:
    """The weights that fail or warn; None if the part names neither."""
    if not table.keys() & {"fail", "warn"}:
        return None
    found: dict[Weight, Level] = {}
    for level in (Level.WARN, Level.FAIL):  # what does both fails
        for name in _texts(table.get(level.value, []), f"{where}, {level.value}"):
            found[_enum(Weight, name, where)] = level
    return found


def _rule(name: str, where: str) -> str:
    """A rule's name, a pattern of names or a subject: one that exists, for a slip lets all pass."""
    known = {*described(), *(subject.value for subject in Subject)}
    if not any(fnmatchcase(each, name) for each in known):
        raise _wrong(where, f"No rule or subject is called {name!r}.")
    return name


def _enum(kind: type[Any], value: object, where: str) -> Any:  # noqa: ANN401 - a member of `kind`
    allowed = [member.value for member in kind]
    if value not in allowed:
        raise _wrong(where, f"{value!r} must be one of: {', '.join(allowed)}.")
    return kind(value)


def _table(value: object, where: str, keys: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _wrong(where, "A table of names and values must stand here.")
    unknown = sorted(value.keys() - keys) if keys is not None else []
    if unknown:
        raise _wrong(where, f"{unknown[0]!r} is no part of a policy.")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(where, "A list must stand here.")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else _list(value, where)
    if not all(isinstance(each, str) for each in values):
        raise _wrong(where, "Texts must stand here.")
    return tuple(values)


def _wrong(where: str, what: str) -> UnusablePolicy:
    return UnusablePolicy(
        "policy.wrong", f"{where}: {what}", hint="docs/reference/policies.md tells what there is."
    )
