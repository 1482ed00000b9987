"""The case study: two essays tried on the library, with every table and figure made by one command."""
