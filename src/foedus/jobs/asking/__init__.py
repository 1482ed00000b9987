"""What a person may ask for: texts, terms, words to read."""
