"""The archive: articles going in, coming out and leaving."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from service.api.batch import (
    LinesResponse,
    Upload,
    invalid_line,
    json_line,
    line_problem,
    metered,
)
from service.api.conditional import Cached, ChangePreconditions, Preconditions, etag
from service.api.deps import Admitted, Metered, Parts
from service.api.examples import ARTICLE_LINES, ARTICLES, CONTENT
from service.api.media import JsonBody, JsonLinesBody
from service.api.ndjson import Line, Lines
from service.api.openapi import Responses, json_lines_in, json_lines_out, problems
from service.domain.article import Article, Submission
from service.domain.errors import ArticleNotFound
from service.domain.indexing import Change, Found
from service.ports import ABSENT
from service.wire.articles import (
    ArticleContent,
    ArticleId,
    ArticleRequest,
    ArticleResponse,
    ArticleRevision,
    ArticlesResponse,
    ArticleSummary,
    OutcomeResponse,
    RevisionsResponse,
)
from service.wire.positions import AskedOffsets, Offsets, in_offsets
from service.wire.queries import ArticlesQuery
from service.wire.quotes import QuoteResponse, QuotesResponse
from service.wiring import Services

PATH = "/v1/articles"
ONE = "/{id}"

router = APIRouter(prefix=PATH, tags=["archive"])

IdInPath = Annotated[ArticleId, Path(alias="id", description="The article's id.")]

_REVISION = {"ETag": {"description": "The revision.", "schema": {"type": "string"}}}
_ADDRESS = {"Location": {"description": "The article's path.", "schema": {"type": "string"}}}
_NOT_MODIFIED: Responses = {304: {"description": "The copy at hand is current."}}
_CREATED: Responses = {
    201: {"description": "A new article.", "model": ArticleSummary, "headers": _REVISION | _ADDRESS}
}
_STORED: Responses = {200: {"description": "An article that was there.", "headers": _REVISION}}


@router.post(
    "",
    operation_id="index_article",
    summary="Index an article",
    dependencies=[JsonBody],
    responses={**_STORED, **_CREATED, **problems(400, 413, 415, 422, 502, 503)},
)
async def index_article(
    parts: Parts,
    request: Annotated[ArticleRequest, Body(openapi_examples=ARTICLES)],
    response: Response,
) -> ArticleSummary:
    """Takes an article in: its `text`, its `html`, or its `url` alone, which is then fetched. 201
    for a new one; 200 where this address, or this title of the same publisher and day, was there,
    in the same revision or another."""
    return await _put(request.to_domain(), parts, response)


@router.post(
    "/batch",
    operation_id="index_articles",
    summary="Index many articles",
    dependencies=[JsonLinesBody],
    response_class=StreamingResponse,
    openapi_extra=json_lines_in("ArticleRequest", ARTICLE_LINES),
    responses={
        200: json_lines_out(
            "What became of each article, with its line.", "OutcomeResponse", "Problem"
        ),
        **problems(415, 503),
    },
)
async def index_articles(
    parts: Parts, request: Request, meter: Metered, admission: Admitted
) -> LinesResponse:
    """One article a line; each is stored when its line comes out. The line of a bad article is a
    problem, and the rest goes on. Should the service itself fail, a problem is the last line, and
    what has no line of its own was not stored: send it again."""
    upload = Upload(request, parts.settings)
    return LinesResponse(upload, _index(parts, upload, metered(upload.lines(), meter, admission)))


@router.get(
    "",
    operation_id="list_articles",
    summary="List articles",
    response_description="A page of the archive.",
    responses=problems(422, 503),
)
async def list_articles(parts: Parts, query: Annotated[ArticlesQuery, Query()]) -> ArticlesResponse:
    """Newest first, a page at a time; `cursor` asks for the next page and is null on the last.
    `url` finds the article at that address."""
    page = await parts.store.articles(
        query.filters(), url=query.url, limit=query.limit, cursor=query.cursor
    )
    return ArticlesResponse(
        articles=tuple(ArticleSummary.of(article) for article in page.articles), cursor=page.cursor
    )


@router.get(
    ONE,
    operation_id="read_article",
    summary="Read an article",
    response_description="The current revision.",
    response_model=ArticleResponse,
    responses={200: {"headers": _REVISION}, **_NOT_MODIFIED, **problems(404, 422, 503)},
)
async def read_article(parts: Parts, article_id: IdInPath, cached: Cached) -> Response:
    """The current revision. All offsets in answers are into this `text`."""
    article = await _article(article_id, parts)
    headers = {"ETag": etag(article.revision), "Cache-Control": "no-cache"}
    if cached.unchanged(article.revision):
        return Response(status_code=304, headers=headers)
    content = ArticleResponse.of(article).model_dump_json()
    return Response(content, media_type="application/json", headers=headers)


@router.put(
    ONE,
    operation_id="replace_article",
    summary="Create or replace an article",
    dependencies=[JsonBody],
    responses={**_STORED, **_CREATED, **problems(400, 412, 413, 415, 422, 502, 503)},
)
async def replace_article(
    parts: Parts,
    article_id: IdInPath,
    request: Annotated[ArticleContent, Body(openapi_examples=CONTENT)],
    conditions: ChangePreconditions,
    response: Response,
) -> ArticleSummary:
    """Stores the article under this id. With `If-Match`, only while the article is still the
    revision that you read; with `If-None-Match: *`, only where there is none."""
    expected = await _expected(article_id, conditions, parts)
    return await _put(request.submission(article_id), parts, response, expected)


@router.delete(
    ONE,
    operation_id="delete_article",
    summary="Delete an article",
    response_description="It is gone.",
    status_code=204,
    response_class=Response,
    responses=problems(404, 412, 422, 503),
)
async def delete_article(
    parts: Parts,
    article_id: IdInPath,
    conditions: ChangePreconditions,
) -> None:
    """Removes every trace of it, older revisions too."""
    expected = await _expected(article_id, conditions, parts)
    if not await parts.store.delete(article_id, expected_revision=expected):
        raise _not_found(article_id)


@router.get(
    f"{ONE}/revisions",
    operation_id="list_article_revisions",
    summary="List an article's revisions",
    response_description="The revisions.",
    responses=problems(404, 422, 503),
)
async def list_revisions(parts: Parts, article_id: IdInPath) -> RevisionsResponse:
    """The current one and those that it replaced, newest first, each with the time in which `as_of`
    finds it."""
    found = await parts.store.history(article_id)
    if not found:
        raise _not_found(article_id)
    return RevisionsResponse(revisions=tuple(map(ArticleRevision.of_stored, found)))


@router.get(
    f"{ONE}/quotes",
    operation_id="list_article_quotes",
    summary="List an article's quotes",
    response_description="The quotes.",
    responses=problems(404, 422, 503),
)
async def list_quotes(
    parts: Parts, article_id: IdInPath, offsets: AskedOffsets = Offsets.CODE_POINTS
) -> QuotesResponse:
    """Every quotation and piece of reported speech, with who said it, in the order of the text."""
    article = await _article(article_id, parts)
    quotes = await parts.store.quotes(article_id)
    answer = QuotesResponse(
        article=article.id,
        revision=article.revision,
        quotes=tuple(QuoteResponse.of(article.text, quote) for quote in quotes),
    )
    return in_offsets(answer, offsets)


async def _put(
    submission: Submission, parts: Services, response: Response, expected: str | None = None
) -> ArticleSummary:
    article, change = await parts.indexer.put(submission, expected_revision=expected)
    response.headers["ETag"] = etag(article.revision)
    if change is Change.CREATED:
        response.status_code = 201
        response.headers["Location"] = f"{PATH}/{article.id}"
    return ArticleSummary.of(article)


async def _article(article_id: str, parts: Services) -> Article:
    article = await parts.store.article(article_id)
    if article is None:
        raise _not_found(article_id)
    return article


async def _expected(article_id: str, conditions: Preconditions, parts: Services) -> str | None:
    """The revision on which the caller's conditions hold now, None where there are none: the store
    makes the change only while the article is still there. Raises RevisionConflict."""
    if not conditions.any:
        return None
    article = await parts.store.article(article_id)
    revision = article.revision if article else ABSENT
    conditions.require(revision)
    return revision


def _not_found(article_id: str) -> ArticleNotFound:
    return ArticleNotFound(f"There is no article {article_id}. GET {PATH} lists what there is.")


async def _index(parts: Services, upload: Upload, given: Lines) -> AsyncGenerator[bytes, None]:
    async def found() -> AsyncIterator[Found]:
        async with aclosing(given) as lines:
            async for line in lines:
                yield _found(line, upload.max_line_bytes)

    async for outcome in parts.indexer.index(found()):
        number = int(outcome.origin)
        yield json_line(
            line_problem(outcome.problem, number, upload.request)
            if outcome.problem
            else OutcomeResponse.of(number, outcome)
        )


def _found(line: Line, max_line_bytes: int) -> Found:
    origin = str(line.number)
    try:
        request = ArticleRequest.model_validate_json(line.json(max_line_bytes))
    except ValidationError as error:
        return Found(origin, problem=invalid_line(error, line))
    except Exception as error:  # noqa: BLE001 - the other lines go on, whatever this one met
        return Found(origin, problem=error)
    return Found(origin, submission=request.to_domain())
