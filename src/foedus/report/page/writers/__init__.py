"""A page written: for browsers, terminals, paper, office programs and programs, a file for each form."""
