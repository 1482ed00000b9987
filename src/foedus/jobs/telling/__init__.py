"""How a result is told: shown, as tables for programs, as files."""
