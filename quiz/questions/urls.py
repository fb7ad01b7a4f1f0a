from django.urls import path

from quiz.questions.views import set_items, sets

urlpatterns = [
    path("sets/", sets.set_list, name="set-list"),
    path("sets/new/", sets.set_new, name="set-new"),
    path("sets/<str:public_id>/", sets.set_detail, name="set-detail"),
    path("sets/<str:public_id>/edit/", sets.set_edit, name="set-edit"),
    path("sets/<str:public_id>/pick/", set_items.set_pick, name="set-pick"),
    path("sets/<str:public_id>/write/", set_items.set_write, name="set-write"),
    path("sets/<str:public_id>/publish/", sets.set_publish, name="set-publish"),
    path(
        "sets/<str:public_id>/unpublish/",
        sets.set_change_state,
        {"to": "unpublish"},
        name="set-unpublish",
    ),
    path(
        "sets/<str:public_id>/revoke-link/",
        sets.set_change_state,
        {"to": "revoke_link"},
        name="set-revoke-link",
    ),
    path(
        "sets/<str:public_id>/archive/",
        sets.set_change_state,
        {"to": "archive"},
        name="set-archive",
    ),
    path("sets/<str:public_id>/duplicate/", sets.set_duplicate, name="set-duplicate"),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/drop/",
        set_items.set_item_drop,
        name="set-item-drop",
    ),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/swap-form/",
        set_items.set_item_swap,
        {"to": "form"},
        name="set-item-swap-form",
    ),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/swap-fact/",
        set_items.set_item_swap,
        {"to": "fact"},
        name="set-item-swap-fact",
    ),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/move-up/",
        set_items.set_item_move,
        {"by": -1},
        name="set-item-move-up",
    ),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/move-down/",
        set_items.set_item_move,
        {"by": 1},
        name="set-item-move-down",
    ),
    path(
        "sets/<str:public_id>/questions/<str:question_id>/reword/",
        set_items.set_item_reword,
        name="set-item-reword",
    ),
]
