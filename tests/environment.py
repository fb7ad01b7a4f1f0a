"""Loaded by pytest before Django: the settings read the environment when they are imported."""

import os

os.environ.setdefault("DEBUG", "1")
