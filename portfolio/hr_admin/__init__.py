"""HR's own back office at ``/hr/``, with a door of its own: people, functions, agreements and the register.

Django's table of permissions plays no part: who is the HR officer of a center sees and edits the rows of that center.
"""

# isort: off
# In the order of the menu.
from portfolio.hr_admin import people, functions, agreed, register  # noqa: F401
from portfolio.hr_admin.door import site  # noqa: F401
