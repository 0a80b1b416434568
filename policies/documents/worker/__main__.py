"""Opens one file that may be hostile, in a process of its own that can do little harm.

Run by `sandbox.py`, this folder as a script: `worker read KIND PATH`, or `worker draw KIND PATH
NUMBER`. It limits its own memory, time and files before anything of the file is looked at, knows
nothing of the project (no settings, no secrets, no database), and answers on standard output: a
line of JSON, and after it the bytes of the picture, if one was asked for.
"""

from __future__ import annotations

import json
import sys

import opening
from drawing import draw
from reading import read


def main(act: str, kind: str, path: str, number: str = "1") -> None:
    opening.limit(opening.SECONDS[act])
    picture = b""
    try:
        if act == "read":
            answer = read(kind, path)
        else:
            answer, picture = draw(kind, path, int(number))
    except opening.Refused as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception:  # what the libraries raise at a broken file is beyond listing
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
