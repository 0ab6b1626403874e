from odoo.tools import SQL

from odoo.addons.dupq_code.hooks import leave


def post_init_hook(env):
    """Look again at the adverts of jobs that were there before, where it can matter."""
    jobs = env["hr.job"].with_context(active_test=False)
    found = jobs.search([("dupq_wish_count", ">", 0)])
    for name in ("dupq_advert_count", "dupq_is_generic"):
        env.add_to_compute(jobs._fields[name], found)


def uninstall_hook(env):
    """Leave nothing behind, and nothing of ours for the website's forms to write."""
    env.cr.execute(
        SQL(
            "UPDATE ir_model_fields SET website_form_blacklisted = TRUE"
            " WHERE model = 'hr.applicant' AND name LIKE 'dupq\\_%%'"
        )
    )
    leave(env, "dupq_code_website_hr_recruitment")
