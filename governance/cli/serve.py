"""Serving: bring the database up to date, seed the demo on its first run, print where it is, and answer."""

from __future__ import annotations

from flask import Flask
from waitress import serve as answer_requests

from governance.cli.seed import demo_is_here, is_empty, print_sign_ins, say_what_is_here, seed
from governance.jobs.mail_delivery import Postman
from governance.jobs.periodic import Rounds
from governance.kernel.errors import GovernanceError
from governance.kernel.migrations import upgrade
from governance.kernel.settings import Settings

THREADS = 8


def serve(app: Flask, settings: Settings) -> None:
    """Serve `app` on the host and port of `settings` until interrupted; in demo mode, with the demo organisation in it."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    print("Bringing the database up to date ...", flush=True)
    upgrade(settings.database_url)
    if settings.demo:
        _show_demo(app, settings)
    if settings.mail is not None:
        Postman(app.extensions["database"], settings.mail).start()
    print(f"Probity answers on http://{settings.host}:{settings.port}", flush=True)
    rounds = Rounds(app.extensions["database"])
    rounds.start()
    answer_requests(
        app, host=settings.host, port=settings.port, threads=THREADS, ident="Probity", _quiet=True
    )
    rounds.stop()


def _show_demo(app: Flask, settings: Settings) -> None:
    """On the first run put the demo into the empty database; say at every start how to sign in to it."""
    engine = app.extensions["database"]
    if is_empty(engine):
        try:
            say_what_is_here(seed(app, settings))
        except GovernanceError as error:
            raise SystemExit(error.message) from error
    if demo_is_here(engine):
        print_sign_ins()
