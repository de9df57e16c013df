"""The WSGI entry: app = create_app(). `python app.py` brings the database up to date and serves it."""

from governance.application import create_app
from governance.kernel.settings import Settings

settings = Settings.from_environ()
app = create_app(settings)

if __name__ == "__main__":
    from governance.cli.serve import serve

    serve(app, settings)
