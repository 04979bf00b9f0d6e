from collections.abc import Mapping
from typing import Any

from flask_wtf.csrf import CSRFProtect as CSRFProtect
from markupsafe import Markup
from wtforms import Form as Form
from wtforms.meta import DefaultMeta

class FlaskForm(Form):
    class Meta(DefaultMeta):
        csrf: Any
        csrf_secret: Any
        csrf_field_name: Any
        csrf_time_limit: Any

    csrf_token: Any
    def __init__(self, formdata: Any = ..., **kwargs: Any) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(self, extra_validators: Mapping[str, Any] | None = None) -> bool: ...
    def hidden_tag(self, *fields: Any) -> Markup: ...
