"""The files that are shipped with the program."""
