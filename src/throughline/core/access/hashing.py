"""Password hashing tuned to about 25 ms: strong enough, and offer morning does not stop at the door."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
