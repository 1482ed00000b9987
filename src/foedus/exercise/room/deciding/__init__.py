"""What comes about in a room: what a seat wants and may, and what falls due without anybody."""
