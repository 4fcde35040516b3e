"""Run the command line as `python -m woo`."""

from woo.cli import main

main()
