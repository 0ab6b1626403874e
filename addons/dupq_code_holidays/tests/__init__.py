from . import test_evidence_rule_time_off
from . import test_hr_leave
from . import test_rota_week
