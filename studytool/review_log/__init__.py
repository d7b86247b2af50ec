"""The append-only log of reviews, and its cached fold."""
