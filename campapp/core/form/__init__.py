"""Forms: fields that read what people type as `core.text` does, and entry forms declared as data."""
