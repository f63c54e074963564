"""Use cases: the only place where domain and data meet. Each function returns one typed result; pages, API and jobs call these."""
