"""Speed of the kernel, alone and on many cores or a GPU."""
