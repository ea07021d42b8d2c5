"""`python -m service.cli` is `onrecord`."""

from service.cli.app import main

main()
