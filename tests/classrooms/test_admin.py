import pytest
from django.urls import reverse

from tests.factories import (
    AssignmentFactory,
    ClassroomFactory,
    MembershipFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    SetItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MADE_BY = {
    "questionset": lambda: QuestionSetFactory(title="Kursk set"),
    "setitem": lambda: SetItemFactory(question=QuestionVersionFactory().question),
    "classroom": lambda: ClassroomFactory(name="7b"),
    "membership": lambda: MembershipFactory(classroom__name="7b"),
    "assignment": lambda: AssignmentFactory(classroom__name="7b"),
}


@pytest.fixture
def admin_of_the_site(client):
    admin = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(admin)
    return admin


@pytest.mark.parametrize("model", MADE_BY)
def test_rows_are_listed_searched_and_opened(client, admin_of_the_site, model):
    row = MADE_BY[model]()
    listed = client.get(reverse(f"admin:quiz_{model}_changelist"), {"q": "nothing like it"})
    assert listed.context["cl"].result_count == 0
    listed = client.get(reverse(f"admin:quiz_{model}_changelist"))
    assert listed.context["cl"].result_count >= 1
    page = client.get(reverse(f"admin:quiz_{model}_change", args=[row.pk]))
    assert page.status_code == 200


@pytest.mark.parametrize("model", MADE_BY)
def test_a_list_makes_the_same_queries_for_few_and_many_rows(
    client, admin_of_the_site, model, django_assert_max_num_queries
):
    url = reverse(f"admin:quiz_{model}_changelist")
    MADE_BY[model]()
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for _ in range(5):
        MADE_BY[model]()
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_list_of_classes_counts_learners_only(client, admin_of_the_site):
    classroom = ClassroomFactory()
    MembershipFactory.create_batch(3, classroom=classroom)
    listed = client.get(reverse("admin:quiz_classroom_changelist"))
    assert '<td class="field-learners">3</td>' in listed.text


def test_a_link_cannot_be_typed_by_hand(client, admin_of_the_site):
    question_set = QuestionSetFactory(link_token="random")
    page = client.get(reverse("admin:quiz_questionset_change", args=[question_set.pk]))
    assert 'name="link_token"' not in page.text


@pytest.mark.parametrize("model", MADE_BY)
def test_the_admin_is_closed_to_teachers(client, model):
    client.force_login(UserFactory(is_teacher=True))
    assert client.get(reverse(f"admin:quiz_{model}_changelist")).status_code in {302, 403}
