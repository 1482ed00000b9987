"""Names, numbers and sentences, as people read them."""
