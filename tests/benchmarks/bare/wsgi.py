"""The project's application with nothing around a view but session, user and CSRF."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
# Only now: an app that is installed insists on its middleware while it is set up.
settings.ROOT_URLCONF = "tests.benchmarks.bare.urls"
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
