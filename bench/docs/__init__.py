"""Pages and the picture that the program itself makes."""
