"""What the observation of a rehearsal says that it is; apart from its reader, which loads more than a room needs."""

FORMAT = "foedus observation"
VERSION = 1
