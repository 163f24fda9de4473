"""The settings of a stack that lives for one command, with quick passwords.

Otherwise they are the product's. Browser tests make hundreds of accounts, and a
password is slow to store on purpose; here the same algorithm takes so few rounds that
this costs nothing. Nobody runs the product with these by accident: its image has no
`devstack`, and nothing but `exec --temporary --full` names them.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from config.settings import *  # noqa: F403 -- all of the product's, whatever they are


class FewRounds(PBKDF2PasswordHasher):
    iterations = 1_000


PASSWORD_HASHERS = [f"{__name__}.FewRounds"]
