"""The OpenAPI document as data."""

from pathlib import Path
from typing import Any

import yaml

Document = dict[str, Any]

BACKEND = Path(__file__).parents[2]
CURRENT = BACKEND / "openapi.yaml"
RELEASED = BACKEND / "openapi.released.yaml"
METHODS = ("get", "put", "post", "delete", "patch")


def read(path: Path) -> Document:
    document: Document = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    return document


def follow(document: Document, node: Any) -> Document:
    """What the node refers to, or itself."""
    while "$ref" in node:
        name = node["$ref"]
        node = document
        for step in name.removeprefix("#/").split("/"):
            node = node[step]
    found: Document = node
    return found


def operations(document: Document) -> dict[str, Document]:
    """By `GET /api/tasks/`."""
    return {
        f"{method.upper()} {path}": item[method]
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }
