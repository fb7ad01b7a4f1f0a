from django.urls import path

from quiz.learning import sets
from quiz.learning.views import answers, cards, passages, progress, quizzes, rounds

urlpatterns = [
    path("answers/", answers.answer_create, name="answer-create"),
    path("", rounds.home, name="home"),
    path("topics/<slug:slug>/", rounds.topic_detail, name="topic-detail"),
    path("topics/<slug:slug>/reading/", rounds.reading, name="reading"),
    path("topics/<slug:slug>/round/", rounds.round_start, name="round-start"),
    path("topics/<slug:slug>/cards/", cards.cards_start, name="cards-start"),
    path("topics/<slug:slug>/quiz/", quizzes.quiz_new, name="quiz-new"),
    path("cards/back/", cards.card_back, name="card-back"),
    path("round/", rounds.round_detail, name="round-detail"),
    path("review/", rounds.review_today, name="review-today"),
    path("review/start/", rounds.review_start, name="review-start"),
    path("progress/", progress.progress_overview, name="progress-overview"),
    path("answers/<str:nonce>/", answers.answer_detail, name="answer-detail"),
    path("answers/<str:nonce>/passage/", passages.passage, name="passage"),
    path("attempts/<str:public_id>/", quizzes.attempt_detail, name="attempt-detail"),
    path("attempts/<str:public_id>/finish/", quizzes.attempt_finish, name="attempt-finish"),
    path("attempts/<str:public_id>/result/", quizzes.attempt_result, name="attempt-result"),
    path("sets/<str:public_id>/preview/", sets.set_preview, name="set-preview"),
    path("s/<str:link_token>/", sets.set_open, name="set-open"),
    path("assignments/<str:public_id>/", sets.assignment_open, name="assignment-open"),
]
