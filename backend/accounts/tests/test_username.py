import pytest
from django.core.exceptions import ValidationError

from accounts.models import User


@pytest.mark.parametrize("username", ["ada@example.org", "a b", "ädä", ""])
def test_no_way_in_takes_a_username_that_could_be_an_address(username: str) -> None:
    user = User(username=username, email="somebody@example.org", password="!")

    with pytest.raises(ValidationError) as refused:
        user.clean_fields()

    assert list(refused.value.message_dict) == ["username"]
