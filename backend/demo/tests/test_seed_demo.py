import pytest
from django.core.management import call_command

from accounts.models import User
from demo.management.commands import seed_demo
from notifications.services import unread_count
from tasks.models import Task


@pytest.mark.django_db
def test_the_demo_person_can_sign_in_and_has_much_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("seed_demo", count=30)
    call_command("seed_demo", count=30)

    user = User.objects.get(username="demo")
    assert user.check_password(seed_demo.PASSWORD)
    assert seed_demo.PASSWORD in capsys.readouterr().out
    assert Task.objects.visible_to(user.pk).count() == 30
    assert set(Task.objects.values_list("status", flat=True)) == set(Task.Status.values)
    assert unread_count(user.pk) == 3
