from . import test_evidence_rule_time_off
from . import test_hr_leave
