from config.settings import *  # noqa: F403 -- the product's, and one app more
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.stack.next_release"]
