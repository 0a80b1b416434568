"""Staff's sessions end when nothing was done for a while, and in any case after a working day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from policies import clock

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
#: Seconds within which a second page is not written down: pages come in bursts.
GRAIN = 60


def begin(session: SessionBase, at: datetime) -> None:
    """Somebody signed in."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(at.timestamp())


def is_over(session: SessionBase, at: datetime) -> bool:
    """Too long unused, too old altogether, or begun before there were limits."""
    now = at.timestamp()
    return (
        now - session.get(SEEN_AT, 0) > settings.SESSION_IDLE_AGE
        or now - session.get(SIGNED_IN_AT, 0) > settings.SESSION_COOKIE_AGE
    )


def end_old(get_response: Callable) -> Callable:
    """Middleware, for the admin only: public pages neither read a session nor set a cookie."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")) and SESSION_KEY in request.session:
            now = clock.now()
            if is_over(request.session, now):
                logout(request)
                messages.info(request, _("You were signed out because your session had ended."))
            elif now.timestamp() - request.session[SEEN_AT] > GRAIN:
                request.session[SEEN_AT] = int(now.timestamp())
        return get_response(request)

    return respond
