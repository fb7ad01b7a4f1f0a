from django.urls import path

from quiz.reports import views

urlpatterns = [
    path("sets/<str:public_id>/report/", views.set_report, name="set-report"),
    path("classrooms/<str:public_id>/report/", views.classroom_report, name="classroom-report"),
]
