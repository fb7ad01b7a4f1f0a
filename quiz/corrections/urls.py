from django.urls import path

from quiz.corrections.views import claims, facts, reports

urlpatterns = [
    path("facts/<slug:topic>/<slug:slug>/", facts.fact_detail, name="fact-detail"),
    path("facts/<slug:topic>/<slug:slug>/edit/", facts.fact_edit, name="fact-edit"),
    path("facts/<slug:topic>/<slug:slug>/supersede/", facts.fact_supersede, name="fact-supersede"),
    path("facts/<slug:topic>/<slug:slug>/retract/", facts.fact_retract, name="fact-retract"),
    path("answers/<str:nonce>/right/", claims.answer_right, name="answer-right"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/new/<str:nonce>/", reports.report_new, name="report-new"),
    path("reports/queue/", reports.report_queue, name="report-queue"),
    path("reports/<str:public_id>/read/", reports.report_read, name="report-read"),
    path("reports/<str:public_id>/", reports.report_detail, name="report-detail"),
]
