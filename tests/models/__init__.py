"""Models written as people write them; each is built by torch and read by initlint, and both must agree."""
