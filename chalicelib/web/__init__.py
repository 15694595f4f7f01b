"""Thin blueprints over the packages below: pages for the public and officers, a JSON API."""
