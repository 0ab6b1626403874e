{
    "name": "Driving Up Quality: Commissioning",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "summary": "Tenders scored against the Driving Up Quality Code",
    "author": "Driving Up Quality for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["dupq_assessment", "crm"],
    "data": [
        # Security.
        "security/dupq_commissioning_groups.xml",
        "security/ir.model.access.csv",
        "security/dupq_tender_security.xml",
        "security/dupq_tender_evaluator_security.xml",
        "security/dupq_bid_security.xml",
        "security/dupq_score_security.xml",
        # Record data.
        "data/ir_sequence_data.xml",
        # Model views.
        "wizard/dupq_tender_criterion_take_views.xml",
        "views/dupq_scoring_actions.xml",
        # Depends on the actions above.
        "views/dupq_tender_views.xml",
        "views/dupq_bid_views.xml",
        "views/crm_lead_views.xml",
        # Menus. Depends on the actions above.
        "views/dupq_commissioning_menus.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
        # Depends on the users above.
        "demo/dupq_tender_demo.xml",
    ],
    "assets": {
        "web.assets_backend": ["dupq_commissioning/static/src/**/*"],
        "web.assets_unit_tests": ["dupq_commissioning/static/tests/*.test.js"],
    },
    "uninstall_hook": "uninstall_hook",
}
