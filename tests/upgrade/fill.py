"""What a provider has added before an update; runs in the Odoo shell."""

# ruff: noqa: F821 (the shell gives env)
import base64
from unittest.mock import patch

from odoo.addons.dupq_code.tests.guide_synthetic import SyntheticGuide
from odoo.addons.dupq_code.tests.test_guide_file import guide_path


def load_the_official_wording(env):
    """From the guide itself where it is, else from one of made-up words."""
    guide = SyntheticGuide()
    path = guide_path()
    data = path.read_bytes() if path else guide.layout().encode()
    values = {"file": base64.b64encode(data), "filename": "guide.txt"}
    load = env["dupq.code.load"].create(values)
    if path:
        return load.action_accept()
    model = env.registry["dupq.code.load"]
    with patch.object(model, "_get_fingerprints", lambda self: guide.fingerprints):
        return load.action_accept()


def translate(env):
    env["res.lang"]._activate_lang("fr_FR")
    statement = env.ref("dupq_code.dupq_code_statement_a1_g1")
    statement.with_context(lang="fr_FR").text = "Un service fait pour la personne."
    env["dupq.code.wording"].create(
        {
            "statement_id": statement.id,
            "kind": "official",
            "lang": "fr_FR",
            "text": "Une traduction officielle.",
        }
    )


def add_our_own(env):
    area = env.ref("dupq_code.dupq_code_area_a1")
    company = env.company.id
    own = {"area_id": area.id, "company_id": company}
    env["dupq.code.question"].create({**own, "text": "Who chose the cake?"})
    env["dupq.code.example"].create({**own, "name": "Our story", "text": "Once..."})
    env["dupq.code.crosswalk"].create(
        {
            "source_id": env.ref("dupq_code.dupq_code_statement_a1_g1").id,
            "target_id": env.ref("dupq_code.dupq_code_statement_cqc_2023_s8").id,
            "link_type": "related",
            "company_id": company,
        }
    )


def change_what_was_shipped(env):
    """What an administrator may change, and may throw away."""
    link = env["dupq.code.crosswalk"].search([("company_id", "=", False)], limit=2)
    link[0].note = "Checked by us"
    link[1].unlink()
    env.ref("dupq_code.dupq_stakeholder_group_finance").name = "Money people"
    edition = env.ref("dupq_code.dupq_code_cqc_2026")
    edition.date_valid_from = "2027-04-01"
    env["dupq.code.area"].create(
        {"code_id": edition.id, "reference": "S", "name": "Safe, as we read it"}
    )


env.user.dupq_wording_kind = "official"
load_the_official_wording(env)
translate(env)
add_our_own(env)
change_what_was_shipped(env)
env.cr.commit()
