"""A filled database of each kind."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.core.search.rows import TITLES, Base, Project


@pytest.fixture
def planted(engine: Engine, session: Session) -> Session:
    """A session on both tables; every project is there."""
    Base.metadata.create_all(engine)
    session.add_all([Project(title=title) for title in TITLES])
    session.commit()
    return session
