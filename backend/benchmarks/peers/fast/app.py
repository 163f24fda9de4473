"""FastAPI as its own project template has it: look the person up, count, page.

The bare page beside it does neither, and so less than any other program here.
"""

import os
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ARRAY, BigInteger, String, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TIMESTAMP

KEY = os.environ["PEER_KEY"]
_URL = os.environ["DATABASE_URL"].replace("postgres://", "postgresql+asyncpg://")

engine = create_async_engine(_URL, pool_size=8, max_overflow=0)
new_session = async_sessionmaker(engine, expire_on_commit=False)
bearer = HTTPBearer()
app = FastAPI()

Priority = Literal["low", "medium", "high"]
Status = Literal["pending", "in_progress", "completed"]


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: TIMESTAMP(timezone=True), str: Text}


class User(Base):
    __tablename__ = "auth_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    is_active: Mapped[bool]


class Task(Base):
    __tablename__ = "tasks_task"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    priority: Mapped[str] = mapped_column(default="medium")
    status: Mapped[str] = mapped_column(default="pending")
    due_date: Mapped[date | None]
    due_time: Mapped[time | None]
    labels: Mapped[list[str]] = mapped_column(ARRAY(String))
    completed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]


class TaskIn(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    description: str = Field("", max_length=20_000)
    priority: Priority = "medium"
    status: Status = "pending"
    due_date: date | None = None
    due_time: time | None = None
    labels: list[str] = []


class TaskOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    description: str
    priority: str
    status: str
    due_date: date | None
    due_time: time | None
    labels: list[str]
    completed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    user_id: int = Field(serialization_alias="user")


class BarePage(BaseModel):
    results: list[TaskOut]


class Page(BarePage):
    count: int


async def session() -> AsyncIterator[AsyncSession]:
    async with new_session() as opened:
        yield opened


async def user_id(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
) -> int:
    try:
        claims = jwt.decode(credentials.credentials, KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error
    return int(claims["user_id"])


UserId = Annotated[int, Depends(user_id)]
Database = Annotated[AsyncSession, Depends(session)]


async def current_user(claimed: UserId, database: Database) -> User:
    user = await database.get(User, claimed)
    if user is None or not user.is_active:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[User, Depends(current_user)]


@app.get("/health")
async def health(database: Database) -> dict[str, bool]:
    await database.execute(select(func.now()))
    return {"ok": True}


@app.get("/api/tasks/", response_model=Page)
async def tasks(  # noqa: PLR0917 - FastAPI's own form
    user: CurrentUser,
    database: Database,
    status: Status | None = None,
    priority: Priority | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Any:
    query = select(Task).where(Task.user_id == user.id, Task.deleted_at.is_(None))
    if status is not None:
        query = query.where(Task.status == status)
    if priority is not None:
        query = query.where(Task.priority == priority)
    count = await database.scalar(select(func.count()).select_from(query.subquery()))
    query = query.order_by(Task.created_at.desc(), Task.id.desc())
    rows = await database.scalars(query.limit(limit).offset(offset))
    return {"count": count, "results": rows.all()}


@app.get("/api/tasks/bare/", response_model=BarePage)
async def bare(user: UserId, database: Database) -> Any:
    query = select(Task).where(Task.user_id == user, Task.deleted_at.is_(None))
    query = query.order_by(Task.created_at.desc(), Task.id.desc())
    rows = await database.scalars(query.limit(20))
    return {"results": rows.all()}


@app.post("/api/tasks/", response_model=TaskOut, status_code=201)
async def create(user: CurrentUser, database: Database, fields: TaskIn) -> Any:
    task = Task(user_id=user.id, **fields.model_dump())
    database.add(task)
    await database.commit()
    return task
