from . import hr_employee
from . import hr_leave
