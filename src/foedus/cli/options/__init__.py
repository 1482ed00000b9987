"""Options that several commands share: each is declared once."""
