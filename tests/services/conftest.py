"""What tests of services share."""

from tests.cheap_hashes import cheap_hashes

__all__ = ["cheap_hashes"]
