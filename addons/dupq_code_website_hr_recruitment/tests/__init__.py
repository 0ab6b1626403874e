from . import test_demo
from . import test_hr_job
from . import test_jobs_page
