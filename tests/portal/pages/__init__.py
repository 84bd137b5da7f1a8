"""Tests of the public site's pages."""
