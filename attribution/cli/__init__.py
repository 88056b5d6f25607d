"""The command line: one command a file; nothing but arguments, progress and exit codes."""
