"""The room: people operate a mechanism in a browser, in rehearsal and in earnest."""
