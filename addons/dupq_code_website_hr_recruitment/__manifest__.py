{
    "name": "Driving Up Quality: Jobs Page",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "summary": "Applicants say on the jobs page what they like and are like",
    "author": "Driving Up Quality for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["dupq_code", "website_hr_recruitment"],
    "data": [
        # Record data.
        "data/hr_applicant_data.xml",
        "data/dupq_trait_data.xml",
        # QWeb templates.
        "views/website_hr_recruitment_templates.xml",
        # Model views.
        "views/dupq_trait_views.xml",
    ],
    "demo": ["demo/hr_applicant_demo.xml"],
    "assets": {
        "web.assets_frontend": [
            "dupq_code_website_hr_recruitment/static/src/interactions/*",
        ],
    },
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
