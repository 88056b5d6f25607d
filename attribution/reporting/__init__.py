"""One formatter a file, each a pure function from an Analysis (or several) to text."""
