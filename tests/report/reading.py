"""Reads a page of the report back: its cells, links, ids and what it would fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements that have no end tag.
VOID = {"meta", "link", "br", "input", "img", "hr", "source"}
FETCHING = ("src", "srcset", "action", "poster", "data", "background")


@dataclass
class Element:
    """An element with its attributes and the text inside it, screen-reader text left out."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list[Element] = field(default_factory=list)


class Page(HTMLParser):
    """Every element of a page, in order, each with those around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.feed(text)
        assert not self.open, f"not closed: {[item.tag for item in self.open]}"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes})
        element.inside = list(self.open)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append(
            Element(tag, {name: value or "" for name, value in attributes}, "", list(self.open))
        )

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].tag == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(item.attributes.get("class") == "vh" or item.tag == "small" for item in self.open):
            return
        for item in self.open:
            item.text += data

    def with_attribute(self, name: str) -> list[Element]:
        """Return the elements that have an attribute."""
        return [item for item in self.elements if name in item.attributes]

    def all(self, tag: str) -> list[Element]:
        """Return the elements with a tag."""
        return [item for item in self.elements if item.tag == tag]

    def fetched(self) -> list[str]:
        """Return whatever the page would ask for beyond itself."""
        found = [
            f"{item.tag} {name}={value}"
            for item in self.elements
            for name, value in item.attributes.items()
            if name in FETCHING
            or (item.tag in ("link", "use", "image") and name in ("href", "xlink:href"))
            if not value.startswith("#")
        ]
        return found + [item.tag for item in self.elements if item.tag in ("iframe", "object")]


def around(element: Element, name: str) -> str:
    """Return an attribute of the nearest element around this one that has it."""
    return next(
        item.attributes[name] for item in reversed(element.inside) if name in item.attributes
    )
