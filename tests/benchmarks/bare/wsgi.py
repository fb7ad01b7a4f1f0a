"""The project's data behind Django as it comes: nothing around a view but session, user, CSRF."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
from quiz.accounts.sessions import UserBackend  # noqa: E402 - after the set-up

# Only now: an app that is installed insists on its middleware while it is set up.
settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
settings.ROOT_URLCONF = "tests.benchmarks.bare.urls"
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
del UserBackend.get_user  # what remains is how Django reads a user
application = WSGIHandler()
