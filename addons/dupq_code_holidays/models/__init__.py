from . import hr_employee
from . import hr_leave
from . import dupq_rota_week
