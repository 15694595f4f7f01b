"""The whole system on one machine: a local cloud, the real template, a front door, demo data."""
