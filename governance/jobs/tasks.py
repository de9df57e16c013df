"""What a job can be. A task is a generator: at each yield its work so far is whole, and the runner commits it.

A task may be stopped between two yields and begun again later, by another process: it finds in the database how far it
came. It never commits by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.intake.models import ImportRun
from governance.intake.recognise import recognise
from governance.intake.record import Reading
from governance.intake.run import Progress, read_into, start_import
from governance.jobs.clock_watch import watch_clocks
from governance.jobs.desk import Desk, Task
from governance.jobs.models import JobRow
from governance.jobs.queue import ask
from governance.kernel.errors import Invalid, Missing
from governance.people.models import Person
from governance.rulebooks.in_use import rulebook_in_use


def ask_for_import(
    session: Session,
    actor: Person | None,
    *,
    account: SocialAccount,
    path: Path,
    reading: Reading,
    open_cases: bool,
) -> tuple[ImportRun, JobRow]:
    """Start (or take up again) the import of a file, and ask for the job that does it. Raises Refused."""
    run = start_import(
        session, actor, account=account, reading=reading, file_name=path.name, open_cases=open_cases
    )
    payload = {"run_id": run.id, "path": str(path.resolve()), "actor_id": actor.id if actor else None}
    return run, ask(session, "import", f"import:{run.id}", payload)


def import_file(desk: Desk, payload: Mapping[str, Any]) -> Iterator[Progress]:
    """Read the file of an import run to its end. Raises Invalid where it is no longer the file that was asked for."""
    run = desk.session.get(ImportRun, payload["run_id"])
    if run is None:
        raise Missing("There is no such import run.")
    actor = desk.session.get(Person, payload["actor_id"]) if payload["actor_id"] else None
    path = Path(payload["path"])
    reading = recognise(path)
    if reading.sha256 != run.sha256:
        raise Invalid(f"{path.name} has changed since the import was asked for. Ask for it again.")
    yield from read_into(
        desk.session, desk.looking, actor, run=run, reading=reading, rulebook=rulebook_in_use(desk.session)
    )


TASKS: Mapping[str, Task] = {"import": import_file, "watch_clocks": watch_clocks}
