"""Who may see, teach, join and leave classes."""

from quiz.accounts.models import User
from quiz.accounts.policies import Access, register
from quiz.classrooms.models import Classroom, Membership


def role_in(user: User, classroom: Classroom) -> str | None:
    return classroom.memberships.filter(user=user).values_list("role", flat=True).first()


def is_in(user: User, classroom: Classroom) -> bool:
    return user.is_staff or role_in(user, classroom) is not None


def teaches_it(user: User, classroom: Classroom) -> bool | Access:
    """Its teachers and admins; its learners know of it, nobody else does."""
    if user.is_staff:
        return True
    role = role_in(user, classroom)
    if role is None:
        return Access.HIDDEN
    return role == Membership.Role.TEACHER or Access.FORBIDDEN


def may_join(user: User, _obj: object) -> bool:
    """Admins look after classes from outside: being in one would mix their answers in."""
    return not user.is_staff


def may_leave(user: User, classroom: Classroom) -> bool | Access:
    """Everyone in the class but its owner, who would leave it without a teacher."""
    if role_in(user, classroom) is None:
        return Access.HIDDEN
    return classroom.owner_id != user.pk or Access.FORBIDDEN


def anyone_signed_in(_user: User, _obj: object) -> bool:
    return True


def teaches(user: User, _obj: object) -> bool:
    return user.is_teacher or user.is_staff


register("classroom.list", anyone_signed_in)
register("classroom.create", teaches)
register("classroom.join", may_join)
register("classroom.see", is_in)
register("classroom.leave", may_leave)
register("classroom.teach", teaches_it)
