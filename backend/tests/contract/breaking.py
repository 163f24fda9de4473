"""What a new version of the API takes away from the clients of the released one.

    python -m tests.contract.breaking            # fails on a break nobody announced
    python -m tests.contract.breaking --release  # the schema of now is what counts

`openapi.released.yaml` is the schema as clients know it. A break is allowed when the
changelog names it, in its backticks, under "Breaking" of what is unreleased.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import yaml

from tests.contract.document import (
    BACKEND,
    CURRENT,
    RELEASED,
    Document,
    follow,
    operations,
    read,
)

CHANGELOG = BACKEND.parent / "CHANGELOG.md"
HELP = """
Clients of the released API would break. Keep what they use, or name each break, as it
stands in backticks here, under "### Breaking" of "## Unreleased" in CHANGELOG.md.
(`make schema-release` is for releases: what is in the schema then is promised.)"""
Direction = Literal["request", "response"]
UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
FIXED = ("format", "pattern", "multipleOf", "uniqueItems", "const")
EXPLAINING = ("example", "examples", "description", "summary", "title", "tags")


class Comparison:
    """One walk over two documents; each break as a line that names where it is."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.seen: set[tuple[str, str, Direction]] = set()

    def breaks(self) -> list[str]:
        new = operations(self.new)
        found: list[str] = []
        for name, operation in operations(self.old).items():
            if name not in new:
                found.append(f"`{name}` is gone")
            else:
                found += self.operation(name, operation, new[name])
        return list(dict.fromkeys(found))

    # --- Operations

    def operation(self, at: str, old: Document, new: Document) -> Iterator[str]:
        if {} in old.get("security", []) and {} not in new.get("security", []):
            yield f"`{at}` needs signing in"
        yield from self.parameters(at, old, new)
        yield from self.body(at, old.get("requestBody"), new.get("requestBody"))
        for status, response in old["responses"].items():
            if status not in new["responses"]:
                yield f"`{at}` answers {status} no more"
            else:
                other = follow(self.new, new["responses"][status])
                yield from self.response(at, follow(self.old, response), other)

    def parameters(self, at: str, old: Document, new: Document) -> Iterator[str]:
        before, after = by_name(self.old, old), by_name(self.new, new)
        for key, parameter in after.items():
            if parameter.get("required") and not before.get(key, {}).get("required"):
                yield f"`{at}` needs the parameter {parameter['name']}"
        for key, parameter in before.items():
            where = f"`{at}` parameter {parameter['name']}"
            if key in after:
                yield from self.parameter(where, parameter, after[key])
            else:
                yield f"{where} is gone"

    def parameter(self, at: str, old: Document, new: Document) -> Iterator[str]:
        if any(old.get(name) != new.get(name) for name in ("style", "explode")):
            yield f"{at} is read otherwise"
        yield from self.schema(at, old["schema"], new["schema"], "request")

    def body(self, at: str, old: Any, new: Any) -> Iterator[str]:
        if (new or {}).get("required") and not (old or {}).get("required"):
            yield f"`{at}` needs a body"
        if old and not new:
            yield f"`{at}` takes no body"
        elif old:
            yield from self.content(at, old, new, "request")

    def response(self, at: str, old: Document, new: Document) -> Iterator[str]:
        for header in sorted(set(old.get("headers", {})) - set(new.get("headers", {}))):
            yield f"`{at}` sends no {header}"
        yield from self.content(at, old, new, "response")

    def content(
        self, at: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        for media_type, media in old.get("content", {}).items():
            other = new.get("content", {}).get(media_type)
            if other is None:
                yield f"`{at}` speaks no {media_type} in its {direction}"
            else:
                yield from self.schema(
                    f"`{at}` {direction}", media["schema"], other["schema"], direction
                )

    # --- Schemas

    def schema(
        self, at: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        """Components are compared once, and named by themselves."""
        if "$ref" in old and old == new:
            key = (old["$ref"], new["$ref"], direction)
            if key in self.seen:
                return
            self.seen.add(key)
            at = f"`{old['$ref'].rsplit('/', 1)[1]}`"
        old, new = flat(self.old, old), flat(self.new, new)
        yield from self.types(at, old, new, direction)
        if direction == "request":
            yield from limits(at, old, new)
        elif old.get("format") != new.get("format"):
            yield f"{at} has another format"
        yield from self.properties(at, old, new, direction)
        if "items" in old and "items" in new:
            yield from self.schema(at, old["items"], new["items"], direction)
        yield from self.others(at, old, new, direction)

    def others(
        self, at: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        before, after = (each.get("additionalProperties") for each in (old, new))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.schema(at, before, after, direction)
        elif direction == "request" and after is False and before is not False:
            yield f"{at} takes no other fields"

    def types(
        self, at: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        before, after = types_of(old), types_of(new)
        if direction == "response":
            before, after = after, before
        if after and not (before and before <= after):
            lost = ", ".join(sorted(before - after)) or "anything"
            word = "takes no" if direction == "request" else "may be"
            yield f"{at} {word} {lost}"
        for name in ("oneOf", "anyOf"):
            if old.get(name) != new.get(name):
                yield f"{at} has other alternatives"

    def properties(
        self, at: str, old: Document, new: Document, direction: Direction
    ) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, given = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(set(before) - set(after)):
            yield f"{field(at, name)} is gone"
        if direction == "request":
            for name in sorted(given - needed):
                yield f"{field(at, name)} is required"
        else:
            for name in sorted((needed - given) & set(after)):
                yield f"{field(at, name)} may be missing"
        for name in before:
            if name in after:
                yield from self.schema(
                    field(at, name), before[name], after[name], direction
                )


def by_name(document: Document, operation: Document) -> dict[Any, Document]:
    listed = [follow(document, each) for each in operation.get("parameters", [])]
    return {(each["in"], each["name"]): each for each in listed}


def field(at: str, name: str) -> str:
    """`Task` becomes `Task.title`, so that the changelog can name it."""
    return f"{at[:-1]}.{name}`" if at.endswith("`") else f"{at} .{name}"


def flat(document: Document, schema: Document) -> Document:
    """The schema with its references followed and its `allOf` put together."""
    schema = follow(document, schema)
    merged: Document = {k: v for k, v in schema.items() if k != "allOf"}
    for part in (flat(document, each) for each in schema.get("allOf", [])):
        for key, value in part.items():
            if key == "properties":
                merged[key] = {**value, **merged.get(key, {})}
            elif key == "required":
                merged[key] = [*value, *merged.get(key, [])]
            else:
                merged.setdefault(key, value)
    return merged


def types_of(schema: Document) -> set[str]:
    """With "integer" beside "number", which includes it; empty for any type."""
    types = schema.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    return found | ({"integer"} if "number" in found else set())


def limits(at: str, old: Document, new: Document) -> Iterator[str]:
    if "enum" in new:
        allowed = set(old["enum"]) if "enum" in old else {"other value"}
        for value in sorted(allowed - set(new["enum"]), key=str):
            yield f"{at} takes no {value}"
    for name in UPPER:
        if name in new and not old.get(name, float("inf")) <= new[name]:
            yield f"{at} has a lower {name}"
    for name in LOWER:
        if name in new and not old.get(name, float("-inf")) >= new[name]:
            yield f"{at} has a higher {name}"
    for name in FIXED:
        if name in new and old.get(name) != new[name]:
            yield f"{at} has another {name}"


# --- The changelog ---------------------------------------------------------------


def announced(changelog: str) -> str:
    """What stands under "Breaking" in the section of what is unreleased."""
    unreleased = re.search(
        r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    breaking = re.search(
        r"^### Breaking\n(.*?)(?=^### |\Z)",
        unreleased[1] if unreleased else "",
        re.MULTILINE | re.DOTALL,
    )
    return breaking[1] if breaking else ""


def unannounced(breaks: Iterable[str], text: str) -> list[str]:
    """The breaks whose `subject` the text does not name."""
    return [each for each in breaks if f"`{each.split('`')[1]}`" not in text]


def without_explanations(node: Any, *, is_names: bool = False) -> Any:
    """What a client's code depends on; a property may be called `title`, though."""
    if isinstance(node, list):
        return [without_explanations(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_explanations(value, is_names=key == "properties")
        for key, value in node.items()
        if is_names or key not in EXPLAINING
    }


def main(arguments: list[str]) -> str | None:
    """None, or what to tell whoever broke something."""
    current = read(CURRENT)
    if arguments == ["--release"]:
        RELEASED.write_text(yaml.dump(without_explanations(current), sort_keys=False))
        return None
    breaks = Comparison(read(RELEASED), current).breaks()
    missing = unannounced(breaks, announced(CHANGELOG.read_text()))
    return (
        "\n".join([f"breaking: {each}" for each in missing] + [HELP])
        if missing
        else None
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
