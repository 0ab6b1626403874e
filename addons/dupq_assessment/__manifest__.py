{
    "name": "Driving Up Quality: Self-assessment",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "summary": "Honest self-assessments, visits, lessons and the board's page",
    "author": "Driving Up Quality for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["dupq_code", "survey", "calendar"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/dupq_action_security.xml",
        "security/dupq_rating_scale_security.xml",
        "security/dupq_assessment_security.xml",
        "security/dupq_voice_security.xml",
        "security/dupq_publication_security.xml",
        "security/dupq_visit_security.xml",
        "security/dupq_lesson_security.xml",
        "security/dupq_glossary_term_security.xml",
        # Record data.
        "data/mail_activity_type_data.xml",
        "data/dupq_rating_scale_data.xml",
        "data/dupq.glossary.term.csv",
        # QWeb templates.
        "views/dupq_assessment_templates.xml",
        "views/public_report_templates.xml",
        "views/portal_templates.xml",
        # Model views.
        "views/dupq_action_views.xml",
        "views/dupq_rating_scale_views.xml",
        "views/dupq_assessment_rating_views.xml",
        "views/dupq_voice_views.xml",
        "views/dupq_assessment_views.xml",
        # The tabs of its form, in their order.
        "views/dupq_assessment_tab_plan_views.xml",
        "views/dupq_assessment_tab_involve_views.xml",
        "views/dupq_assessment_tab_discuss_views.xml",
        "views/dupq_assessment_tab_evidence_views.xml",
        "views/dupq_assessment_tab_rate_views.xml",
        "views/dupq_assessment_tab_challenge_views.xml",
        "views/dupq_assessment_tab_act_views.xml",
        "views/dupq_assessment_tab_report_views.xml",
        "views/dupq_assessment_tab_publish_views.xml",
        "views/dupq_assessment_tab_live_views.xml",
        "views/dupq_publication_views.xml",
        "views/dupq_glossary_term_views.xml",
        "views/dupq_visit_views.xml",
        "views/dupq_service_views.xml",
        "views/dupq_lesson_views.xml",
        "views/res_config_settings_views.xml",
        "views/dupq_board_views.xml",
        # Menus. Depends on the actions above.
        "views/dupq_assessment_menus.xml",
    ],
    "demo": [
        "demo/dupq_assessment_demo.xml",
        "demo/dupq_board_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "dupq_assessment/static/src/board_dashboard/*",
            "dupq_assessment/static/src/quick_visit/*",
        ],
        "web.assets_unit_tests": [
            "dupq_assessment/static/tests/*.test.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
