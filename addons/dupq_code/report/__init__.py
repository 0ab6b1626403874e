from . import dupq_code_crosswalk_coverage
from . import dupq_evidence_sight
from . import dupq_evidence_count
from . import dupq_evidence_coverage
from . import dupq_evidence_row
from . import dupq_evidence_map
from . import dupq_staff_feedback_shared
from . import dupq_staff_retention
