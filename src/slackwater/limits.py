"""Limits that the command line names; by themselves, so that its help needs nothing else."""

MAX_PAGE_BYTES = 5_000_000  # of one saved page
