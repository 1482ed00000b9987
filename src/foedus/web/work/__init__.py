"""Work that takes longer than an answer may: done in other processes, in order of urgency, told while it goes on."""
