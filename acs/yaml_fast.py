"""YAML read by libyaml where PyYAML was built with it (its wheels are), ten times faster than in Python; the same content."""

from __future__ import annotations

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:  # built without libyaml
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

__all__ = ["FastLoader"]
