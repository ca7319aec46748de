"""The commands of the `throughline` command line, a file each."""
