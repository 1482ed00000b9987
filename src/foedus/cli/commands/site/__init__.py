"""What opens a browser: the explorer, a rehearsal, a sitting in earnest."""
