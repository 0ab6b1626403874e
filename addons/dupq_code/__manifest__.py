{
    "name": "Driving Up Quality",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "summary": "The Driving Up Quality Code inside Odoo, with the evidence for it",
    "author": "Driving Up Quality for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["hr_recruitment", "hr_skills", "mail", "portal"],
    "data": [
        # Security.
        "security/dupq_code_groups.xml",
        "security/ir.model.access.csv",
        "security/dupq_code_security.xml",
        "security/dupq_service_security.xml",
        "security/dupq_evidence_security.xml",
        "security/dupq_workflow_security.xml",
        # Record data.
        "data/ir_cron_data.xml",
        "data/dupq_service_tag_data.xml",
        "data/dupq_stakeholder_group_data.xml",
        "data/dupq_information_source_data.xml",
        "data/dupq_code_focus_data.xml",
        "data/dupq_code_purpose_data.xml",
        # The Code. In this order, and published last.
        "data/dupq_code_data.xml",
        "data/dupq_code_statement_data.xml",
        "data/dupq_code_question_data.xml",
        "data/dupq_code_example_data.xml",
        "data/dupq_code_publish_data.xml",
        # Other frameworks, and how the Code is linked to them.
        "data/dupq_code_framework_data.xml",
        "data/dupq_code_crosswalk_data.xml",
        "data/dupq_evidence_tag_data.xml",
        "data/dupq_evidence_rule_data.xml",
        # QWeb templates.
        "views/public_frame_templates.xml",
        "views/dupq_code_templates.xml",
        # Model views.
        "views/dupq_workflow_gate_views.xml",
        "views/dupq_workflow_log_views.xml",
        "wizard/dupq_workflow_reason_views.xml",
        "views/dupq_code_area_views.xml",
        "views/dupq_code_erratum_views.xml",
        "views/dupq_code_example_views.xml",
        "views/dupq_code_focus_views.xml",
        "views/dupq_code_purpose_views.xml",
        "views/dupq_code_question_views.xml",
        "views/dupq_code_statement_views.xml",
        "views/dupq_code_views.xml",
        "views/dupq_code_crosswalk_views.xml",
        "report/dupq_code_crosswalk_coverage_views.xml",
        "views/dupq_code_wording_views.xml",
        "views/dupq_information_source_views.xml",
        "views/dupq_service_tag_views.xml",
        "views/dupq_service_views.xml",
        "views/dupq_evidence_views.xml",
        "views/dupq_evidence_tag_views.xml",
        # The rule's form opens the wizard.
        "wizard/dupq_evidence_rule_preview_views.xml",
        "views/dupq_evidence_rule_views.xml",
        "report/dupq_evidence_coverage_views.xml",
        "report/dupq_evidence_map_views.xml",
        "views/hr_job_views.xml",
        "views/hr_applicant_views.xml",
        "views/hr_resume_line_views.xml",
        "views/hr_employee_skill_views.xml",
        "views/dupq_stakeholder_group_views.xml",
        "views/res_users_views.xml",
        # Wizards.
        "wizard/dupq_code_load_views.xml",
        # Menus. Depends on the actions above.
        "views/dupq_code_menus.xml",
        "views/dupq_evidence_menus.xml",
    ],
    "demo": [
        # Before the users, who speak it.
        "demo/res_lang_demo.xml",
        "demo/res_users_demo.xml",
        "demo/dupq_service_demo.xml",
        "demo/dupq_evidence_demo.xml",
        # The rules look at all of the above.
        "demo/dupq_evidence_map_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "dupq_code/static/src/coverage_badge/*",
            "dupq_code/static/src/coverage_map/*",
            "dupq_code/static/src/forms/*",
        ],
        "web.assets_unit_tests": [
            "dupq_code/static/tests/*.test.js",
        ],
        # Pages without the backend: own styles only, no script.
        "dupq_code.assets_public": [
            "dupq_code/static/src/public/*.scss",
        ],
    },
    "application": True,
    "uninstall_hook": "uninstall_hook",
}
