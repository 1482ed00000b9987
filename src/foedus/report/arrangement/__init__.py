"""Pages about one arrangement, the library and the language."""
