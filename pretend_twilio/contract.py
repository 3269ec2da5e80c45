"""Twilio's own OpenAPI, held against every question and every answer of the pretend one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "openapi"
FILES = {"api": "twilio_api_v2010.json", "taskrouter": "twilio_taskrouter_v1.json"}
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "number": (int, float),
    "object": dict,
    "array": list,
}


class ContractBroken(AssertionError):
    """The pretend Twilio answered what the real one could not."""


@lru_cache
def _spec(domain: str) -> tuple[dict[str, Any], list[tuple[re.Pattern[str], dict[str, Any]]]]:
    spec = json.loads((HERE / FILES[domain]).read_text(encoding="utf-8"))
    paths = []
    for template, operations in sorted(spec["paths"].items(), key=lambda item: item[0].count("{")):
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        paths.append((re.compile(pattern), operations))
    return spec["components"]["schemas"], paths


def operation(domain: str, method: str, path: str) -> dict[str, Any] | None:
    """The specification of one request, None when Twilio knows no such path."""
    if domain not in FILES:
        return None
    for pattern, operations in _spec(domain)[1]:
        if pattern.fullmatch(path):
            found = operations.get(method.lower())
            return dict(found) if found else None
    return None


def request_problems(domain: str, method: str, path: str, params: Mapping[str, list[str]]) -> list[str]:
    """What is wrong with the parameters: unknown ones, wrong kinds, missing ones."""
    spec = operation(domain, method, path)
    if spec is None:
        return [f"{method} {path} is not in Twilio's OpenAPI"]
    schema = _parameters(spec)
    known = schema.get("properties", {})
    problems = [f"unknown parameter {name}" for name in params if name not in known]
    problems += [f"missing parameter {name}" for name in schema.get("required", []) if name not in params]
    for name, values in params.items():
        problems += [
            f"{name}: {p}" for value in values for p in _text_problems(domain, value, known.get(name, {}))
        ]
    return problems


def _parameters(spec: dict[str, Any]) -> dict[str, Any]:
    body = spec.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {})
    schema = dict(body.get("schema", {}))
    properties = dict(schema.get("properties", {}))
    for parameter in spec.get("parameters", []):
        if parameter["in"] == "query":
            properties[parameter["name"]] = parameter["schema"]
    return {"properties": properties, "required": schema.get("required", [])}


def _text_problems(domain: str, value: str, schema: Mapping[str, Any]) -> Iterator[str]:
    schema = _resolved(domain, schema)
    if schema.get("type") == "array":
        schema = _resolved(domain, schema.get("items", {}))
    kind = schema.get("type")
    if kind == "integer" and not re.fullmatch(r"-?\d+", value):
        yield "is not a whole number"
    if kind == "boolean" and value.lower() not in {"true", "false"}:
        yield "is not true or false"
    if "enum" in schema and value not in schema["enum"]:
        yield f"is not one of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"does not look like {schema['pattern']}"


def check_answer(domain: str, method: str, path: str, status: int, body: Any) -> None:
    """ContractBroken when the answer is not one the specification allows."""
    spec = operation(domain, method, path)
    if spec is None:
        raise ContractBroken(f"{method} {path} is not in Twilio's OpenAPI")
    if str(status) not in spec["responses"]:
        raise ContractBroken(f"{method} {path} never answers {status}")
    content = spec["responses"][str(status)].get("content", {}).get("application/json")
    if content is None:
        if body not in (None, ""):
            raise ContractBroken(f"{method} {path} answers {status} without a body")
        return
    problems = list(_problems(domain, body, content["schema"], "answer"))
    if problems:
        raise ContractBroken(f"{method} {path}: " + "; ".join(problems))


def _problems(domain: str, value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    schema = _resolved(domain, schema)
    if value is None:
        if not schema.get("nullable") and schema.get("type") not in (None, "array"):
            yield f"{at} may not be null"
        return
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (kind == "integer" and isinstance(value, bool))):
        yield f"{at} is not of type {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} '{value}' is not one of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at} '{value}' does not look like {schema['pattern']}"
    yield from _format(value, schema.get("format"), at)
    if kind == "object" and "properties" in schema:
        for name, inner in value.items():
            if name not in schema["properties"]:
                yield f"{at}.{name} is not in the specification"
            else:
                yield from _problems(domain, inner, schema["properties"][name], f"{at}.{name}")
    if kind == "array":
        for index, inner in enumerate(value):
            yield from _problems(domain, inner, schema["items"], f"{at}[{index}]")


def _format(value: Any, wanted: str | None, at: str) -> Iterator[str]:
    try:
        if wanted == "date-time":
            datetime.fromisoformat(value.replace("Z", "+00:00"))
        if wanted == "date-time-rfc-2822":
            parsedate_to_datetime(value)
    except (ValueError, TypeError):
        yield f"{at} '{value}' is not a {wanted}"


def _resolved(domain: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = _spec(domain)[0][schema["$ref"].rsplit("/", 1)[1]]
    return schema
