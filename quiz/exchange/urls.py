from django.urls import path

from quiz.exchange import views

urlpatterns = [
    path("me/answers.csv", views.my_answers, name="my-data"),
    path("sets/<str:public_id>/results.csv", views.set_results, name="set-results"),
]
