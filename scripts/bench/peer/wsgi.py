"""Serves the folder PEER_FOLDER as our own static files are served: WhiteNoise, brotli."""

import os

from whitenoise import WhiteNoise


def not_found(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not found"]


application = WhiteNoise(not_found, root=os.environ["PEER_FOLDER"], index_file=True)
