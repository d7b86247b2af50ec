"""The seal of the bundled pack: the digest by which a release knows what it tried and shipped."""
