"""One account's pages: for its owner, for those who answer for them, and for nobody else."""

import io
import re
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import selectinload

from governance.accounts.models import SocialAccount
from governance.accounts.privacy import CHECKLIST
from tests.factories.accounts import make_account

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def account(session, organisation):
    """The nurse's account, waiting to be confirmed, as plain values: reading a row would hold SQLite's write lock."""
    made = make_account(session, organisation.nurse, handle="ward_seven")
    told = SimpleNamespace(id=made.id, version=made.version, proof_code=made.proof_code, url=made.url)
    session.commit()
    return told


@pytest.fixture
def stored(fresh):
    """`stored(account)` is its row as it is now."""

    def read(account):
        with fresh() as other:
            return other.get(SocialAccount, account.id, options=[selectinload(SocialAccount.evidence)])

    return read


def version_on(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page)[1]


def test_ones_own_list_says_what_each_needs(visitor, organisation, account):
    page = visitor(organisation.nurse).get("/accounts/").text
    assert account.proof_code in page
    assert "Waiting to be confirmed" in page
    others = visitor(organisation.colleague).get("/accounts/").text
    assert "You have not registered one yet" in others
    assert "/register/counts" not in others


@pytest.mark.parametrize("role", ["nurse", "manager", "director", "compliance", "dpo"])
def test_who_may_see_it(visitor, organisation, account, role):
    page = visitor(getattr(organisation, role)).get(f"/accounts/{account.id}")
    assert page.status_code == 200
    assert "ward_seven on X (Twitter)" in page.text
    assert ("Show that it is yours" in page.text) is (role == "nurse")
    assert ("Look and confirm" in page.text) is (role in ("manager", "director", "compliance"))


@pytest.mark.parametrize("role", ["colleague", "clinical_lead", "hr", "guardian", "admin"])
def test_for_everybody_else_it_does_not_exist(visitor, organisation, account, role):
    visit = visitor(getattr(organisation, role))
    for part in ("", "/evidence", "/retire", "/privacy", "/evidence/1"):
        assert visit.get(f"/accounts/{account.id}{part}").status_code == 404, part


def test_the_history_says_who_did_what(visitor, organisation, account):
    visit = visitor(organisation.compliance)
    sent = {"version": account.version, "seen": "yes"}
    assert visit.post(f"/accounts/{account.id}/confirm", sent).status_code == 303
    page = visitor(organisation.nurse).get(f"/accounts/{account.id}").text
    assert "Registered the account: Nia Rowan" in page
    assert "Confirmed that the account is the owner&#39;s: Cora Finch" in page
    assert "0 published posts and 0 drafts" in page


def test_confirming_from_the_page(visitor, organisation, account, stored):
    visit = visitor(organisation.manager)
    page = visit.get(f"/accounts/{account.id}/confirm").text
    assert account.proof_code in page
    assert account.url in page
    reply = visit.post(f"/accounts/{account.id}/confirm", {"version": version_on(page), "seen": "yes"})
    assert (reply.status_code, reply.location) == (303, "/register/waiting")
    assert stored(account).state == "verified"
    late = visit.post(
        f"/accounts/{account.id}/confirm", {"version": version_on(page), "seen": "no", "reason": "Hm"}
    )
    assert late.status_code == 409
    assert "Hm" in late.text


@pytest.mark.parametrize(
    ("sent", "says"),
    [({}, "Choose what you saw"), ({"seen": "no", "reason": " "}, "Enter what you could not see")],
)
def test_an_unfinished_answer_changes_nothing(visitor, organisation, account, stored, sent, says):
    visit = visitor(organisation.manager)
    page = visit.post(f"/accounts/{account.id}/confirm", {"version": account.version, **sent})
    assert page.status_code == 422
    assert says in page.text
    assert stored(account).state == "pending"


def test_rejecting_tells_the_owner_why(visitor, organisation, account):
    sent = {"version": account.version, "seen": "no", "reason": "There is <b>no</b> code."}
    assert visitor(organisation.manager).post(f"/accounts/{account.id}/confirm", sent).status_code == 303
    page = visitor(organisation.nurse).get(f"/accounts/{account.id}").text
    assert "There is &lt;b&gt;no&lt;/b&gt; code." in page
    assert "register the account again" in page


def test_an_owner_in_compliance_cannot_confirm(visitor, organisation, session, stored):
    made = make_account(session, organisation.compliance)
    own = SimpleNamespace(id=made.id, version=made.version)
    session.commit()
    visit = visitor(organisation.compliance)
    assert visit.get(f"/accounts/{own.id}/confirm").status_code == 403
    assert (
        visit.post(f"/accounts/{own.id}/confirm", {"version": own.version, "seen": "yes"}).status_code == 403
    )
    assert stored(own).state == "pending"


def test_evidence_is_added_and_comes_back_as_a_download(visitor, organisation, account, stored):
    visit = visitor(organisation.nurse)
    file = (io.BytesIO(PNG), 'my "screen".png')
    sent = visit.post(f"/accounts/{account.id}/evidence", {"note": "My profile", "file": file})
    assert sent.status_code == 303
    (evidence,) = stored(account).evidence
    reply = visitor(organisation.manager).get(f"/accounts/{account.id}/evidence/{evidence.id}")
    assert reply.data == PNG
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        visitor(organisation.manager).get(f"/accounts/{account.id}/evidence/{evidence.id + 1}").status_code
        == 404
    )


def test_a_file_of_another_kind_is_refused_and_the_note_stays(visitor, organisation, account, stored):
    file = (io.BytesIO(b"<script>alert(1)</script>"), "screen.png")
    page = visitor(organisation.nurse).post(
        f"/accounts/{account.id}/evidence", {"note": "My profile", "file": file}
    )
    assert page.status_code == 422
    assert "PNG or JPEG picture or a PDF" in page.text
    assert "My profile" in page.text
    assert stored(account).evidence == []


def test_a_huge_file_is_refused_by_name(visitor, organisation, account):
    reply = visitor(organisation.nurse).client.post(
        f"/accounts/{account.id}/evidence",
        data=b"x" * 7 * 1024 * 1024,
        content_type="multipart/form-data; boundary=x",
    )
    assert reply.status_code == 413
    assert "too large" in reply.text


def test_the_privacy_review(visitor, organisation, account, stored):
    visit = visitor(organisation.nurse)
    page = visit.post(f"/accounts/{account.id}/privacy", {"version": account.version, "checked": ["tags"]})
    assert page.status_code == 422
    assert "Some points are not ticked yet" in page.text
    sent = {"version": account.version, "checked": list(CHECKLIST)}
    assert visit.post(f"/accounts/{account.id}/privacy", sent).status_code == 303
    assert stored(account).privacy_reviewed_on is not None
    assert visitor(organisation.manager).get(f"/accounts/{account.id}/privacy").status_code == 403


def test_retiring(visitor, organisation, account, stored):
    visit = visitor(organisation.nurse)
    page = visit.get(f"/accounts/{account.id}/retire").text
    reply = visit.post(f"/accounts/{account.id}/retire", {"version": version_on(page), "reason": "I moved."})
    assert reply.status_code == 303
    assert stored(account).state == "retired"
    assert visitor(organisation.manager).post(f"/accounts/{account.id}/retire").status_code == 403


def test_a_stale_form_keeps_what_was_typed(visitor, organisation, account):
    reply = visitor(organisation.nurse).post(
        f"/accounts/{account.id}/retire", {"version": account.version + 1, "reason": "I have moved away."}
    )
    assert reply.status_code == 409
    assert "I have moved away." in reply.text
