from collections.abc import Callable, Collection
from typing import Any

class ValidationError(ValueError):
    def __init__(self, message: Any = "", *args: Any, **kwargs: Any) -> None: ...

class StopValidation(Exception):
    def __init__(self, message: Any = "", *args: Any, **kwargs: Any) -> None: ...

class _Validator:
    message: Any
    field_flags: dict[str, Any]
    def __call__(self, form: Any, field: Any) -> None: ...

class EqualTo(_Validator):
    def __init__(self, fieldname: str, message: Any = None) -> None: ...

class Length(_Validator):
    def __init__(self, min: int = -1, max: int = -1, message: Any = None) -> None: ...

class NumberRange(_Validator):
    def __init__(self, min: Any = None, max: Any = None, message: Any = None) -> None: ...

class DateRange(_Validator):
    def __init__(self, min: Any = None, max: Any = None, message: Any = None, **kwargs: Any) -> None: ...

class Optional(_Validator):
    def __init__(self, strip_whitespace: bool = True) -> None: ...

class DataRequired(_Validator):
    def __init__(self, message: Any = None) -> None: ...

class InputRequired(_Validator):
    def __init__(self, message: Any = None) -> None: ...

class Regexp(_Validator):
    def __init__(self, regex: Any, flags: Any = 0, message: Any = None, **kwargs: Any) -> None: ...

class Email(_Validator):
    def __init__(self, message: Any = None, **kwargs: Any) -> None: ...

class IPAddress(_Validator):
    def __init__(self, ipv4: bool = True, ipv6: bool = False, message: Any = None) -> None: ...

class URL(_Validator):
    def __init__(self, require_tld: bool = True, allow_ip: bool = True, message: Any = None) -> None: ...

class UUID(_Validator):
    def __init__(self, message: Any = None) -> None: ...

class AnyOf(_Validator):
    def __init__(self, values: Collection[Any], message: Any = None, values_formatter: Callable[[Any], str] | None = None) -> None: ...

class NoneOf(_Validator):
    def __init__(self, values: Collection[Any], message: Any = None, values_formatter: Callable[[Any], str] | None = None) -> None: ...

class ReadOnly(_Validator): ...
class Disabled(_Validator): ...

equal_to = EqualTo
length = Length
number_range = NumberRange
optional = Optional
data_required = DataRequired
input_required = InputRequired
regexp = Regexp
email = Email
url = URL
any_of = AnyOf
none_of = NoneOf
