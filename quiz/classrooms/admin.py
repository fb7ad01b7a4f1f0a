from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from quiz.classrooms.models import Assignment, Classroom, Membership


class MembershipInline(admin.TabularInline[Membership, Classroom]):
    model = Membership
    extra = 0
    raw_id_fields = ("user",)


class AssignmentInline(admin.TabularInline[Assignment, Classroom]):
    model = Assignment
    extra = 0
    fields = ("question_set", "opens_at", "closes_at", "created_at")
    raw_id_fields = ("question_set",)
    show_change_link = True


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin[Classroom]):
    list_display = ("name", "owner", "learners", "join_code", "created_at")
    list_filter = ("created_at",)
    search_fields = ("name", "public_id", "owner__email", "owner__name", "join_code")
    search_help_text = "Name, public id, code, or who owns it"
    list_select_related = ("owner",)
    raw_id_fields = ("owner",)
    readonly_fields = ("public_id",)
    date_hierarchy = "created_at"
    inlines = (MembershipInline, AssignmentInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Classroom]:
        learners = Count("memberships", filter=Q(memberships__role=Membership.Role.LEARNER))
        counted: QuerySet[Classroom] = super().get_queryset(request).annotate(learners=learners)
        return counted

    @admin.display(ordering="learners")
    def learners(self, classroom: Classroom) -> int:
        count: int = vars(classroom)["learners"]
        return count


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("user", "classroom", "role", "joined_at")
    list_filter = ("role", "joined_at")
    search_fields = ("user__email", "user__name", "classroom__name")
    list_select_related = ("user", "classroom")
    raw_id_fields = ("user", "classroom")


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    list_display = ("question_set", "classroom", "opens_at", "closes_at", "created_at")
    list_filter = ("opens_at", "closes_at")
    search_fields = ("question_set__title", "classroom__name", "public_id")
    list_select_related = ("question_set", "classroom")
    raw_id_fields = ("question_set", "classroom")
    readonly_fields = ("public_id",)
