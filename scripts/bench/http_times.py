"""How long a request takes: one after the other over one connection, bounded in count and time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection
from itertools import count
from statistics import median

from bench.servers import Broken

MOST_REQUESTS = 200
FEWEST_REQUESTS = 5
SECONDS = 1.5
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Request:
    """`another_day`: each request asks for a day that none asked for before."""

    title: str
    path: str
    another_day: bool = False
    revalidate: bool = False


PROFILE = "/counties/ca/san-francisco/"
REQUESTS = (
    Request("map page, of a day not asked for yet", "/", another_day=True),
    Request("map page, kept", "/"),
    Request("map page, unchanged (304)", "/", revalidate=True),
    Request("index for the map's script", "/map-index.json"),
    Request("directory", "/counties/"),
    Request("directory, filtered", "/counties/?state=CA&score_min=5"),
    Request("profile, of a day not asked for yet", PROFILE, another_day=True),
    Request("profile", PROFILE),
    Request("profile, unchanged (304)", PROFILE, revalidate=True),
    Request("state page", "/states/tx/"),
    Request("report", "/reports/"),
    Request("API: one county, explained", "/api/v1/counties/06075/"),
    Request("API: 100 counties", "/api/v1/counties/?page_size=100"),
    Request("API: 5,000 counties (all)", "/api/v1/counties/?page_size=5000"),
    Request("API: map", "/api/v1/map/"),
    Request("API: map, of another day each", "/api/v1/map/", another_day=True),
    Request("API: summary", "/api/v1/reports/summary/"),
    Request("API: counties as CSV (all)", "/api/v1/counties/?format=csv"),
)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Result:
    title: str
    size: int
    seconds: list[float] = field(repr=False)

    @property
    def count(self) -> int:
        return len(self.seconds)

    @property
    def median_ms(self) -> float:
        return median(self.seconds) * 1000

    @property
    def slow_ms(self) -> float:
        return sorted(self.seconds)[int(0.95 * (self.count - 1))] * 1000


class Client:
    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)

    def get(self, path: str, expect: int = 200, **headers: str) -> Answer:
        self._connection.request("GET", path, headers=headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        if answer.status != expect:
            raise Broken(f"{path} answers {answer.status} instead of {expect}.")
        return answer


def measure(port: int, what: Request) -> Result:
    client = Client(port)
    headers = {"Accept-Encoding": "br"}
    paths = _paths(what)
    warm = client.get(next(paths), **headers)
    expect = 200
    if what.revalidate:
        headers["If-None-Match"], expect = warm.headers["ETag"], 304
    seconds: list[float] = []
    size = 0
    until = time.perf_counter() + SECONDS
    while len(seconds) < FEWEST_REQUESTS or (
        len(seconds) < MOST_REQUESTS and time.perf_counter() < until
    ):
        path = next(paths)
        start = time.perf_counter()
        size = len(client.get(path, expect, **headers).body)
        seconds.append(time.perf_counter() - start)
    return Result(what.title, size, seconds)


def _paths(what: Request) -> Iterator[str]:
    for number in count():
        if what.another_day:
            yield f"{what.path}?as_of={date(2017, 1, 1) + timedelta(days=number)}"
        else:
            yield what.path
