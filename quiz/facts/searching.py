"""Rows chosen by searching in the admin, whatever a browser sends for one."""

from collections.abc import Sequence
from typing import Any, override

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest

MOST_DIGITS = 18  # of an id in the database


class SearchedSelect(AutocompleteSelect):
    """Shown again with a value that is no id, Django's would fail on it instead of refusing it."""

    @override
    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None
    ) -> Any:
        return super().optgroups(name, [each for each in value if could_be_id(str(each))], attrs)


class Searching[M: models.Model](BaseModelAdmin[M]):
    """An admin, or an inline, with `autocomplete_fields`."""

    @override
    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def could_be_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
