"""Who may come in, and what for: users, API tokens, grants, and an organisation's own provider."""
