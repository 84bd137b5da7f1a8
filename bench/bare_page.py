"""The page that everything is compared with: Flask, one view, a short text."""

from __future__ import annotations

from flask import Flask

WORDS = "<!doctype html><title>1.00</title><h1>惠民热线</h1>"


def create_app() -> Flask:
    """An application that does nothing else."""
    app = Flask(__name__)

    @app.get("/")
    def bare() -> str:
        return WORDS

    return app
