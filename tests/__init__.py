"""A package, so that a folder of this name among the installed packages is not taken for it."""
