"""XML ids of the roles, for code that asks for them."""

WORKER = "dupq_code.dupq_code_group_support_worker"
MANAGER = "dupq_code.dupq_code_group_service_manager"
QUALITY_LEAD = "dupq_code.dupq_code_group_quality_lead"
ADMINISTRATOR = "dupq_code.dupq_code_group_administrator"
BOARD_MEMBER = "dupq_code.dupq_code_group_board_member"
PLANNER = "dupq_code.dupq_code_group_rota_planner"
PANEL = "dupq_code.dupq_code_group_panel"
HR_OFFICERS = ("hr.group_hr_user", "hr_recruitment.group_hr_recruitment_user")
