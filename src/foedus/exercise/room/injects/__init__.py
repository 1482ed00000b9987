"""What is planned to happen in a rehearsal, and the table that directors write it in."""
