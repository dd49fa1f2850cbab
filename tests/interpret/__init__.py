"""The interpreter: small sources and what it makes of them."""
