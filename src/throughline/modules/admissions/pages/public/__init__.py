"""What anybody may read: rounds, each school's arrangements in plain words, and published outcomes."""
