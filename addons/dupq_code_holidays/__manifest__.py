{
    "name": "Driving Up Quality: Time Off",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "summary": "Who covered time off, and whether the people there knew them",
    "author": "Driving Up Quality for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["dupq_code", "hr_holidays"],
    "data": [
        # Record data.
        "data/dupq_evidence_rule_data.xml",
        # Model views.
        "views/hr_leave_views.xml",
    ],
    "demo": ["demo/hr_leave_demo.xml"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
