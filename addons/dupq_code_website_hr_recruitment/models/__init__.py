from . import dupq_trait
from . import hr_job
