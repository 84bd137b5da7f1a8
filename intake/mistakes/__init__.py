"""Mistakes on the site (网站找错): taking them in, their date, their answer for whoever holds the
code, and what becomes a case after all."""
