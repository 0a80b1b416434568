"""What a browser would post of a page's form."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The fields of a page's main form, and the size of every select."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str] = {}
        self.selects: dict[str, int] = {}
        self._form = self._select = self._textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self._form = attrs.get("id") or ""
        elif tag == "select" and name:
            self._select = name
            self.selects[name] = 0
            if self._main and "multiple" not in attrs:
                self.values.setdefault(name, "")
        elif tag == "option" and self._select:
            self.selects[self._select] += 1
            if "selected" in attrs and self._main:
                self.values[self._select] = attrs.get("value", "")
        elif tag == "textarea" and name and self._main:
            self._textarea = name
            self.values[name] = ""
        elif tag == "input" and name and self._main:
            kind = attrs.get("type", "text")
            if kind in ("submit", "file") or (
                kind in ("checkbox", "radio") and "checked" not in attrs
            ):
                return
            self.values[name] = attrs.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    @property
    def _main(self) -> bool:
        return bool(self._form) and self._form.endswith("_form") and self._form != "logout-form"


def _read(response) -> _Fields:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser


def fields_of(response) -> dict[str, str]:
    """Every field as it is posted unchanged."""
    values = _read(response).values
    return {name: value for name, value in values.items() if "__prefix__" not in name}


def selects_of(response) -> dict[str, int]:
    """Options of every select, by name."""
    return _read(response).selects
