"""The command line: a thin client of the server, and what an operator needs beside it."""
