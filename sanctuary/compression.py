"""Brotli for what is the same for everybody; the rest is left to Django's gzip.

The middlewares on offer read a streamed download whole into memory before they compress it and
write malformed ETags (django-brotli), or are no longer kept. This is Django's GZipMiddleware with
another compressor. Answers that depend on a cookie stay with gzip, which Django pads at random
against BREACH.
"""

from collections.abc import Iterable, Iterator

import brotli
from django.utils.cache import patch_vary_headers
from django.utils.regex_helper import _lazy_re_compile

ACCEPTS_BROTLI = _lazy_re_compile(r"\bbr\b")
SHORTEST = 200  # bytes; below that the header costs more than compression saves
QUALITY = 5


class BrotliMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Content-Encoding") or "Cookie" in response.get("Vary", ""):
            return response
        if not response.streaming and len(response.content) < SHORTEST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not ACCEPTS_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            return response
        if response.streaming:
            response.streaming_content = compressed(response.streaming_content)
            del response["Content-Length"]
        else:
            response.content = brotli.compress(response.content, quality=QUALITY)
            response["Content-Length"] = str(len(response.content))
        tag = response.get("ETag", "")
        if tag.startswith('"'):
            response["ETag"] = f"W/{tag}"  # the same content in other bytes
        response["Content-Encoding"] = "br"
        return response


def compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks compressed as one stream, sent on as they come."""
    compressor = brotli.Compressor(quality=QUALITY)
    for chunk in chunks:
        if part := compressor.process(chunk):
            yield part
    yield compressor.finish()
