"""What every test may ask for. The fixtures themselves stand in tests/fixtures/, one concern a file.

`database_url`  a migrated database of the test's own, once on SQLite and once on PostgreSQL; a test for one of
                them alone says `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`
`seeded`        the demo organisation, seeded once by `python -m governance seed`; a test on a copy of it says
                `@pytest.mark.parametrize("database_url", ["demo"], indirect=True)`
`session`       a session on it for nouns and verbs; commit before a client looks
`app`, `client` the application on it, with CSRF protection on; nobody signed in
`wired`         the application without a database, for tests of routes and templates
`organisation`  a few people in believable roles (tests/fixtures/organisation.py)
`visitor`       `visitor(person)` is a client signed in as that person that sends CSRF tokens with its posts
`mail_trap`     a mail server of the test's own, which keeps what it takes
`site`          the application served on this machine; `chromium` a browser; `browse(person)` a page of it,
                watched for console errors, policy violations and requests to other hosts; `axe(page)`
"""

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.applications",
    "tests.fixtures.organisation",
    "tests.fixtures.browsers",
    "tests.fixtures.demo",
    "tests.fixtures.mail_server",
]

# A slow machine is no bug: how long one example may take is not for Hypothesis to say.
settings.register_profile("probity", deadline=None)
settings.load_profile("probity")
