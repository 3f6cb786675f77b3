"""The front matter that our own articles must have, checked strictly."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ClinicalReview(BaseModel):
    """Who reviewed an article, in which role, and when."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1)
    role: str = Field(min_length=1)
    date: date


class ArticleHeader(BaseModel):
    """The keys of a complete front matter."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    title: str = Field(min_length=1)
    summary: str = Field(min_length=1)
    topics: list[str] = Field(min_length=1)
    audience: Literal["everyone", "carers", "newly-diagnosed"]
    reviewed: date
    clinical_review: Literal["none"] | ClinicalReview
    license: str = Field(min_length=1)
    withdrawn: bool = False
