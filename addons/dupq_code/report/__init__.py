from . import dupq_code_crosswalk_coverage
from . import dupq_evidence_coverage
from . import dupq_evidence_map
