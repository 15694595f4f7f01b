"""Sightline: a voluntary register of private security cameras for one police force."""
