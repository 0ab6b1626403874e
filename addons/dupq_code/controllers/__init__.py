from . import frame
from . import guest_pages
from . import invitation
from . import portal
