from . import base_language_import
from . import dupq_evidence_rule_preview
from . import dupq_workflow_reason
from . import dupq_code_load
from . import dupq_code_load_line
from . import dupq_invitation_send
from . import dupq_person_erase
from . import privacy_lookup_wizard
