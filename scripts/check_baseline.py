"""Look for every baseline quote in the text of the document it cites.

    python scripts/check_baseline.py mic-2017-safest-cities=article.txt other-key=other.txt

The documents are not part of the repository, so this is a tool for whoever has them at hand.
White space, curly quotes and Markdown links are evened out before comparing. Exit 1 if a quote is
missing; documents without a text given are counted, not checked.
"""

import csv
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).resolve().parent.parent / "policies" / "baseline"


def even(text: str) -> str:
    """One spelling for text that only differs in typography."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for curly, plain in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, plain)
    return " ".join(text.split())


def citations(node: Any) -> Iterator[dict[str, str]]:
    """Every table with a document and a quote, at any depth."""
    if isinstance(node, dict):
        if "quote" in node and "document" in node:
            yield node
        for value in node.values():
            yield from citations(value)
    elif isinstance(node, list):
        for value in node:
            yield from citations(value)


def quotes() -> Iterator[tuple[str, str, str]]:
    """(file, document key, quote) of every quote that is not empty."""
    for path in sorted(BASELINE.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.name == "counties_2017_quotes.toml":
            with (BASELINE / "counties_2017.csv").open(encoding="utf-8") as rows:
                used = {row["quote_key"] for row in csv.DictReader(rows)}
            for key in sorted(used):
                yield path.name, "mic-2017-safest-cities", data["quote"][key]["quote"]
            continue
        for citation in citations(data):
            if citation["quote"]:
                yield path.name, citation["document"], citation["quote"]


def main(arguments: list[str]) -> int:
    texts = {}
    for argument in arguments:
        key, _, name = argument.partition("=")
        texts[key] = even(Path(name).read_text(encoding="utf-8"))
    found = missing = 0
    unchecked: Counter[str] = Counter()
    for file, document, quote in quotes():
        if document not in texts:
            unchecked[document] += 1
        elif even(quote) in texts[document]:
            found += 1
        else:
            missing += 1
            print(f"{file}: not in {document}: {quote}")
    for document, count in sorted(unchecked.items()):
        print(f"no text given for {document}: {count} not checked")
    print(f"{found} found, {missing} missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
