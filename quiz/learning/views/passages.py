"""The passage of a source that an answered question rests on, where the source's text is kept."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.facts.models import Citation
from quiz.learning.models import Answer, Attempt
from quiz.learning.views.steps import learner_of
from quiz.learning.views.ways_back import way_back

AROUND = 600


@dataclass(frozen=True, slots=True)
class Passage:
    citation: Citation
    before: str
    marked: str
    after: str


@require_GET
@learner_view("learn")
def passage(request: LearnerRequest, nonce: str) -> HttpResponse:
    """The text around the sentence, only for who has answered the question."""
    answer = (
        Answer.objects.filter(learner=learner_of(request), nonce=nonce, try_no__gt=0)
        .select_related("version__question__fact", "attempt__question_set")
        .first()
    )
    if answer is None or _is_untold(answer):
        raise Http404
    citations = Citation.objects.filter(fact=answer.version.question.fact).exclude(source__text="")
    passages = [_cut(citation) for citation in citations.select_related("source")]
    if not passages:
        raise Http404
    context = {"passages": passages, "back": way_back(request, answer)}
    return render(request, "learning/passage.html", context)


def _is_untold(answer: Answer) -> bool:
    attempt = answer.attempt
    return (
        attempt is not None
        and attempt.state == Attempt.State.OPEN
        and attempt.question_set is not None
        and attempt.question_set.feedback_at_end
    )


def _cut(citation: Citation) -> Passage:
    """The quoted words with what stands around them; without a quotation the beginning."""
    text, quote = citation.source.text, citation.quote
    at = text.find(quote) if quote else -1
    if at < 0:
        return Passage(citation, text[: 2 * AROUND], "", "")
    end = at + len(quote)
    start = max(0, text.rfind("\n\n", 0, at) + 1, at - AROUND)
    return Passage(citation, text[start:at], quote, text[end : end + AROUND])
