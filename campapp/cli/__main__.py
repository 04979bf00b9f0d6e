"""`python -m campapp.cli`."""

from campapp.cli.main import main

main()
