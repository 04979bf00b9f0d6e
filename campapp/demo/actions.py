"""What only a demo does: a park without the set-up page."""

from __future__ import annotations

from campapp.core.access import nobody
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.park import Park


@action("park_planted", rule=nobody)
def plant_park(act: Act) -> Park:
    """The demo park's own row."""
    park = Park(
        name_zh="中关村软件园（演示）", name_en="Zhongguancun Software Park (demo)", zone="Asia/Shanghai",
        mail_from="park@campapp.example", contact="hello@campapp.example",
    )  # fmt: skip
    db.session.add(park)
    return park
