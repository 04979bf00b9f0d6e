"""Organisations: legal entities, by their unified social credit code where they have one."""
