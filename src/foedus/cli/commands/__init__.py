"""The commands of foedus, one file each."""
