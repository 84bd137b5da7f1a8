"""Twilio's door."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("twilio", __name__)
