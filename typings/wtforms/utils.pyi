class UnsetValue:
    def __bool__(self) -> bool: ...

unset_value: UnsetValue
