"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_wsgi_application()
# Pages are imported now, not with the first request; and what is loaded stays, so that it need not
# be searched for garbage again and again.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
# An answer makes some thousands of things and drops them: looked for seldom, garbage costs less.
gc.set_threshold(20_000, 20, 20)
