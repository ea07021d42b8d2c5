"""Every setting, from `ONRECORD_*` environment variables or a `.env` file.

The table in the README is held to this class by a test.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.domain.errors import InvalidSettings

PREFIX = "ONRECORD_"
_NEARLY_REDIS = re.compile(r"rediss?(\+cluster)?:(?!//)")
_RATE = re.compile(r"[1-9]\d{0,8}/(second|minute|hour|day)", re.ASCII)
_HOST = re.compile(r"\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]+", re.ASCII)
_ORIGIN = re.compile(r"\*|https?://[a-z0-9_.-]+(:\d{1,5})?", re.ASCII)

Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Settings(BaseSettings):
    """Frozen: made once by a door and handed to `wiring.build`.

    Raises InvalidSettings for a variable `ONRECORD_…` that is none of these: misspelt, it would be
    without effect and without a word.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # it may be a password
    )

    # Not in the repr: the address of a store may hold a password.
    store: str = Field(
        ".onrecord",
        description="Folder of the embedded store, or a Redis 8: "
        "`redis://user:password@host:6379/0`, `redis+cluster://…`, with TLS `rediss://…` and "
        "`rediss+cluster://…`, each with `?prefix=` and, for a new index, `?shards=`.",
        repr=False,
    )
    redis_durability: Literal["disk", "replica", "memory"] = Field(
        "disk",
        description="What a change in Redis waits for: `disk`, the primary’s and, where it has "
        "replicas, one of them; `replica`, both always; `memory`, nothing.",
    )
    server: str | None = Field(
        None, description="Running service that the command line asks instead of the store."
    )
    key: SecretStr | None = Field(
        None, description="API key that the command line sends to that service."
    )
    host: str = Field("127.0.0.1", description="Address that `onrecord serve` listens on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8000, description="Port that `onrecord serve` listens on; 0 takes a free one."
    )
    log_level: str = Field("info", description="`debug`, `info`, `warning` or `error`.")
    log_format: Literal["text", "json"] = Field(
        "text", description="`text`, or `json`: one object a line."
    )
    traces: str | None = Field(
        None,
        description="Address of an OpenTelemetry collector that takes OTLP over HTTP, such as "
        "`http://collector:4318/v1/traces`; needs the extra `telemetry`.",
    )
    revision: str | None = Field(
        None, description="Commit that this service was built from, for the metrics."
    )
    shutdown_s: Seconds = Field(
        20, description="How long requests in flight may take to finish when the service stops."
    )

    keys_file: str | None = Field(
        None,
        description="File with the API keys, such as a mounted secret, instead of the store's own.",
    )
    allow_anonymous: bool | None = Field(
        None,
        description="Whether callers are let in where there is no key: by default on loopback "
        "alone; `true`, on every address: whoever reaches it may read and change the archive; "
        "`false`, nowhere: without a key the service does not start.",
    )
    read_only: bool = Field(False, description="Whether the service refuses to change its archive.")
    allowed_hosts: str = Field(
        "",
        description="Names that a request's `Host` may have, apart from localhost and the address "
        "that it reached: `facts.example.org,*.news.example.org`; `*` for any.",
    )
    cors_origins: str = Field(
        "",
        description="Origins whose pages a browser lets ask this service: "
        "`https://cms.example.org,http://localhost:3000`; `*` for any.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of the proxies that are believed about who their client "
        "is (`X-Forwarded-For`): `10.0.0.7,fd00::/8`; `*` for any.",
    )
    rate_limit: str | None = Field(
        None,
        description="How much one key, or without keys one client address, may ask for: "
        "`600/minute`; also second, hour and day.",
    )

    embedder: str = Field(
        "builtin",
        description="`builtin`, or a sentence-transformers model: a hub name or a folder.",
    )
    stance: str = Field(
        "builtin",
        description="What judges: `builtin`, `small`, which is less often right and faster, or a "
        "sentence-transformers cross-encoder for inference (NLI): a hub name or a folder.",
    )
    tagger: Literal["builtin", "rules"] = Field(
        "builtin",
        description="What finds who said what: `builtin`, a model beside rules, or `rules` alone, "
        "which miss more and are faster.",
    )
    threads: Positive = Field(2, description="Processor threads for the models.")
    queue_tokens: Positive = Field(
        65_536, description="Tokens that may wait for a model before requests get 503."
    )
    max_wait_s: Seconds = Field(
        10,
        description="How long a request may have to wait for its turn, by what is ahead of it: one "
        "that would wait longer gets 503 at once.",
    )
    max_connections: Positive = Field(
        500, description="Connections at once; what comes on more gets 503, probes do not."
    )
    request_timeout_s: Seconds = Field(
        60,
        description="Longest that a request may take, that the body of an article or a draft may "
        "take to come in, and that a batch may go without a whole line or an answer.",
    )
    client_timeout_s: Seconds = Field(
        20,
        description="How long a client may keep the service waiting: for a whole head, for more of "
        "a body, for reading its answer, for its next request.",
    )

    check_passages: Annotated[int, Field(ge=1, le=100)] = Field(
        40, description="Passages that are looked at for each claim, the most promising first."
    )
    check_tokens: Annotated[int, Field(ge=1, le=20_000)] = Field(
        1_200,
        description="About how many tokens the stance model reads for each claim: the most "
        "promising passages with what stands beside them.",
    )

    cache_bytes: Annotated[int, Field(ge=0)] = Field(
        67_108_864,
        description="How large the cache of checks may grow: in memory, or in Redis where the "
        "store is there. 0 keeps none.",
    )
    cache_s: Seconds = Field(
        3600, description="How long a check may be answered from the cache; never over a change."
    )

    max_body_bytes: Positive = Field(
        12_000_000,
        description="Largest body with an article or a draft; batches stream, and what holds only "
        "a claim may have 1 MB.",
    )
    max_line_bytes: Positive = Field(
        12_000_000, description="Longest line of a batch, and of a `.jsonl` file to index."
    )
    max_file_bytes: Positive = Field(
        10_000_000, description="Largest file to index that holds one article."
    )
    max_article_chars: Positive = Field(1_000_000, description="Longest article text.")
    max_html_bytes: Positive = Field(10_000_000, description="Largest page to extract text from.")
    max_draft_chars: Positive = Field(200_000, description="Longest draft.")

    fetch_timeout_s: Seconds = Field(20, description="Longest that fetching one page may take.")
    fetch_allow_private: bool = Field(
        False, description="Whether private and loopback addresses may be fetched."
    )

    @field_validator("store")
    @classmethod
    def _named(cls, store: str) -> str:
        if not store.strip():
            raise ValueError("name a folder or a Redis")
        if _NEARLY_REDIS.match(store):
            raise ValueError("an address of a Redis has two slashes: redis://host:6379")
        return store

    @field_validator("keys_file")
    @classmethod
    def _file(cls, file: str | None) -> str | None:
        if file is not None and not file.strip():
            raise ValueError("name a file, or leave it out")
        return file

    @field_validator("allowed_hosts")
    @classmethod
    def _host_names(cls, hosts: str) -> str:
        if wrong := [host for host in listed(hosts.lower()) if not _HOST.fullmatch(host)]:
            raise ValueError(f"{wrong[0]} is no name of a host: leave out scheme, port and path")
        return hosts.lower()

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, origins: str) -> str:
        if wrong := [origin for origin in listed(origins) if not _ORIGIN.fullmatch(origin)]:
            raise ValueError(f"{wrong[0]} is no origin: write https://cms.example.org, no path")
        return origins

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, proxies: str) -> str:
        for proxy in listed(proxies):
            if proxy != "*":
                ip_network(proxy)  # a ValueError says what is wrong with it
        return proxies

    @field_validator("rate_limit")
    @classmethod
    def _rate(cls, rate: str | None) -> str | None:
        if rate is not None and not _RATE.fullmatch(rate):
            raise ValueError("write it as 600/minute; second, hour and day are known too")
        return rate

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("use debug, info, warning or error")
        return level.lower()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - as pydantic-settings calls it
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, as they are; refuses what the environment and the `.env` file have and is
        no setting."""
        for source in (env_settings, dotenv_settings):
            if isinstance(source, EnvSettingsSource):  # the `.env` file's is one of these too
                _refuse_unknown(source.env_vars, cls.model_fields)
        return init_settings, env_settings, dotenv_settings, file_secret_settings


def listed(text: str) -> list[str]:
    """The parts of a setting that has commas between them."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _refuse_unknown(variables: Iterable[str], known: Iterable[str]) -> None:
    known = [name.upper() for name in known]
    for variable in sorted(variable.upper() for variable in variables):
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX) not in known:
            close = get_close_matches(variable.removeprefix(PREFIX), known, n=1)
            advice = f"did you mean {PREFIX}{close[0]}?" if close else "the README lists all"
            raise InvalidSettings(f"{variable} is no setting; {advice}")
