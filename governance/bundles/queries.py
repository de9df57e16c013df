"""Who took bundles of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from governance.bundles.models import BundleExport
from governance.cases.models import Case


def exports_of(session: Session, case: Case) -> list[BundleExport]:
    """The bundles that were taken of a case, the newest first."""
    query = (
        select(BundleExport)
        .where(BundleExport.case_id == case.id)
        .order_by(BundleExport.id.desc())
        .options(joinedload(BundleExport.made_by))
    )
    return list(session.scalars(query))
