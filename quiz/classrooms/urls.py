from django.urls import path

from quiz.classrooms.views import assignments, classrooms

urlpatterns = [
    path("classrooms/", classrooms.classroom_list, name="classroom-list"),
    path("classrooms/new/", classrooms.classroom_new, name="classroom-new"),
    path("classrooms/<str:public_id>/", classrooms.classroom_detail, name="classroom-detail"),
    path("classrooms/<str:public_id>/edit/", classrooms.classroom_edit, name="classroom-edit"),
    path(
        "classrooms/<str:public_id>/roster/", classrooms.classroom_roster, name="classroom-roster"
    ),
    path(
        "classrooms/<str:public_id>/roster/<str:user_id>/remove/",
        classrooms.classroom_remove,
        name="classroom-remove",
    ),
    path("classrooms/<str:public_id>/leave/", classrooms.classroom_leave, name="classroom-leave"),
    path(
        "classrooms/<str:public_id>/new-code/",
        classrooms.classroom_rotate_code,
        name="classroom-rotate-code",
    ),
    path(
        "classrooms/<str:public_id>/close-joining/",
        classrooms.classroom_close_joining,
        name="classroom-close-joining",
    ),
    path("classrooms/<str:public_id>/assign/", assignments.assignment_new, name="assignment-new"),
    path("assignments/<str:public_id>/edit/", assignments.assignment_edit, name="assignment-edit"),
    path(
        "assignments/<str:public_id>/withdraw/",
        assignments.assignment_withdraw,
        name="assignment-withdraw",
    ),
    path("join/", classrooms.classroom_enter, name="classroom-enter"),
    path("join/<str:code>/", classrooms.classroom_join, name="classroom-join"),
]
