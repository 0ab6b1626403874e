"""The PDF of a long report, made part by part by its job: see `ledger.process`."""

import io
import re
import time
from collections import Counter
from unittest.mock import patch

from steps import stop_at, wait_for_signal  # noqa: F401

from odoo.fields import Command
from odoo.tools.pdf import PdfReader

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.dupq_assessment.models.dupq_publication_edition import (
    DupqPublicationEdition as Edition,
)

# What is called there, and whether the process stops before or after it.
PHASES = {
    "with a part printed": (Edition, "_make_pdf", True),
    "before it is kept": (IrCron, "_commit_progress", False),
    "once it is kept": (IrCron, "_commit_progress", True),
    "with the message": (Edition, "_tell", True),
}
GROUPS = ("people_supported", "families", "support_staff")


def begin(env, quotes):
    """A report with so many quotes, published by the administrator."""
    groups = [env.ref(f"dupq_code.dupq_stakeholder_group_{name}") for name in GROUPS]
    assessment = env["dupq.assessment"].create(
        {
            "scope": "organisation",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "lead_id": env.ref("base.user_admin").id,
            "outcome": "Much is good, weekends are not.",
        }
    )
    assessment._take("start")
    assessment.participant_ids = [
        Command.create({"group_id": group.id, "actual": 30}) for group in groups
    ]
    assessment.voice_ids = [
        Command.create(
            {
                "words": f"Words of number {number:04}.",
                "group_id": groups[0].id,
                "feeling": "good",
                "consent": "yes",
                "is_anonymised": True,
                "is_printed": True,
            }
        )
        for number in range(quotes)
    ]
    assessment.action_ids = [
        Command.create(
            {
                "name": "Ask about weekends",
                "owner_id": env.ref("base.user_admin").id,
                "date_due": "2026-12-31",
            }
        )
    ]
    for rating in assessment.summary_ids:
        rating.write({"level_id": assessment.scale_id.level_ids[0].id})
    assessment._take("complete")
    assessment.with_user(env.ref("base.user_admin"))._take("publish")
    # The other edition is made by the same job in the same way.
    _find(env).publication_id.edition_ids.filtered(
        lambda one: one.kind == "easy_read"
    ).unlink()


def start(env):
    """Nothing of it is made, and nobody was told."""
    edition = _find(env)
    edition._make_again()
    edition.publication_id.assessment_id.message_ids.filtered(
        lambda one: "PDF" in one.body
    ).unlink()


def make(env):
    """What the job does; how many parts it printed until it was ready."""
    _wait_until_free(env)
    printed = []
    print_part = Edition._make_pdf

    def print_and_count(self, html):
        printed.append(html)
        return print_part(self, html)

    with patch.object(Edition, "_make_pdf", print_and_count):
        env["dupq.publication.edition"]._cron_make()
    return len(printed)


def count(env):
    """(parts that count as made, parts that are kept, ready, who published is told)"""
    edition = _find(env)
    admin = env.ref("base.user_admin").partner_id
    told = edition.publication_id.assessment_id.message_ids.filtered(
        lambda one: "The PDF is ready" in one.body and admin in one.notified_partner_ids
    )
    pieces = edition._get_files().filtered(lambda one: one.name.startswith("part-"))
    return [edition.parts_made, len(pieces), edition.is_ready, len(told)]


def read(env):
    """How often each quote stands in the PDF: {how often: how many quotes}."""
    pages = PdfReader(io.BytesIO(_find(env).copy_id.raw)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    found = Counter(re.findall(r"Words of number (\d{4})", text))
    return Counter(found.values())


def _find(env):
    return env["dupq.publication.edition"].search([("kind", "=", "report")], limit=1)


def _wait_until_free(env):
    """The database notices the end of a process a moment later."""
    for _attempt in range(200):
        if _find(env).try_lock_for_update():
            return
        env.cr.commit()
        time.sleep(0.05)
    raise AssertionError("somebody is still at it")


def stopping_at(phase, nth, wait):
    """Call ``wait`` when the phase is reached for the nth time."""
    owner, name, after = PHASES[phase]
    return stop_at(owner, name, None, after, nth, wait)
