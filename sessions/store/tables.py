"""The tables, declared. SQLModel does not validate them; structs come in and rows go out through Core."""

from sqlalchemy import BigInteger, UniqueConstraint, false
from sqlmodel import Field, SQLModel


class Sessions(SQLModel, table=True):
    id: str = Field(primary_key=True)
    title: str
    aim: str
    host: str
    contact: str
    language: str
    time_zone: str
    plan: bytes
    salt: bytes
    made: int = Field(sa_type=BigInteger)
    delete_by: int = Field(sa_type=BigInteger, index=True)
    closed: int | None = Field(default=None, sa_type=BigInteger)
    programme: str | None = Field(default=None, index=True)
    rehearsal: bool = False


class Codes(SQLModel, table=True):
    """A way in. A session may have had several; `retired` ones no longer open it."""

    code: str = Field(primary_key=True)
    session: str = Field(foreign_key="sessions.id", ondelete="CASCADE", index=True)
    retired: int | None = Field(default=None, sa_type=BigInteger)


class Grants(SQLModel, table=True):
    id: str = Field(primary_key=True)
    browser: bytes = Field(index=True)
    role: str
    made: int = Field(sa_type=BigInteger)
    session: str | None = Field(default=None, foreign_key="sessions.id", ondelete="CASCADE", index=True)
    person: str = ""
    group: str | None = None
    name: str = ""
    people: int = 1
    scribe: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    language: str | None = None
    ticket: bytes | None = Field(default=None, unique=True)
    link: str | None = Field(default=None, index=True)
    until: int | None = Field(default=None, sa_type=BigInteger)
    revoked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Links(SQLModel, table=True):
    id: str = Field(primary_key=True)
    secret: bytes = Field(unique=True)
    session: str = Field(foreign_key="sessions.id", ondelete="CASCADE", index=True)
    role: str
    label: str
    made: int = Field(sa_type=BigInteger)
    used: int | None = Field(default=None, sa_type=BigInteger)
    revoked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Facts(SQLModel, table=True):
    """The log. `(session, seq)` is its order; `(session, actor, key)` makes a repeated ask one fact."""

    __table_args__ = (UniqueConstraint("session", "actor", "key"),)

    session: str = Field(foreign_key="sessions.id", ondelete="CASCADE", primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: int = Field(sa_type=BigInteger)
    actor: str
    key: str
    digest: bytes
    mark: str
    fact: bytes


SESSIONS = SQLModel.metadata.tables["sessions"]
CODES = SQLModel.metadata.tables["codes"]
GRANTS = SQLModel.metadata.tables["grants"]
LINKS = SQLModel.metadata.tables["links"]
FACTS = SQLModel.metadata.tables["facts"]
