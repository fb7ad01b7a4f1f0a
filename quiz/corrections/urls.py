from django.urls import path

from quiz.corrections.views import facts

urlpatterns = [
    path("facts/<slug:topic>/<slug:slug>/", facts.fact_detail, name="fact-detail"),
    path("facts/<slug:topic>/<slug:slug>/edit/", facts.fact_edit, name="fact-edit"),
    path("facts/<slug:topic>/<slug:slug>/retract/", facts.fact_retract, name="fact-retract"),
]
