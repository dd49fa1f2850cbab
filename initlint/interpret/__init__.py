"""Link and abstract interpretation: ``code`` of a project → model graphs."""
