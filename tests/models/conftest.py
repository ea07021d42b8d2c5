"""The built-in embedder, loaded once, and texts to try both engines on."""

import asyncio
from collections.abc import Iterator

import pytest

from service.models.embedder import OnnxEmbedder, load_embedder

SENTENCES = (
    "The port of Harlow reopened on Tuesday after nine days of strikes.",
    "Dock workers went back to Harlow harbour this week, ending their walkout.",
    "Two mountaineers were rescued from the north face of Mount Ardel.",
    "The central bank of Velmora raised its key rate by 0.25 percentage points to 4.5%.",
    "Inflation in Velmora fell to 3.1 per cent in June, from 3.4 per cent in May.",
    "About 4,200 people were told to leave their homes as the River Senn rose.",
    "Nearly five thousand residents had to be evacuated because of the flood.",
    "No one was evacuated, the town's mayor insisted.",
    "“We did not sign anything,” Minister Ilse Brandt told the Morning Courier.",
    'The minister denied that a contract had been signed, according to "two officials".',
    "Who paid for the bridge?",
    "The bridge will probably be finished by 2031.",
    "The most beautiful bridge in the country, in my opinion.",
    "Gen. R. T. Oakes (ret.) said the U.K.'s stockpile would last “six weeks, maybe seven”.",
    "KESTREL BAY — A ferry with 212 passengers aboard ran aground on Saturday night.",
    "The ferry carried 212 people.",
    "The ferry carried 112 people.",
    "A court in Lindau sentenced the former treasurer to three years in prison.",
    "The former treasurer was acquitted by a court in Lindau.",
    "Scientists at the Brenner Institute found traces of lead in 14 of 60 wells.",
    "Shares of Nordvik Shipping closed 7.8 percent lower at 112.40 crowns.",
    "The company lost $3.2m in the second quarter; a year earlier it had earned £1.1bn.",
    "Police arrested eleven suspects in raids across four provinces.",
    "The team won 3-0.",
    "It rained.",
    "Yes.",
    "",
    " \t\n ",
    "…",
    "1234567890",
    "https://example.org/news/2024/10/25/harbour?id=77#top",
    "Der Hafen von Harlow ist seit Dienstag wieder geöffnet.",
    "Le port a rouvert mardi, après neuf jours de grève.",
    "Порт снова открыт после забастовки.",
    "港口周二重新开放。",
    "أعيد فتح الميناء يوم الثلاثاء.",
    "e\u0301te\u0301 \u2014 \ufb01nancial \u200bze\u200bro\u2011width",
    "👩\u200d🚒 Firefighters 🚒 saved the 🏫!",
    "a" * 400,
    "The council debated the budget for hours. " * 80,
    "Every spring the marsh fills with storks, which nest on the chimneys of the old mill.",
)


@pytest.fixture(scope="session")
def embedder() -> Iterator[OnnxEmbedder]:
    """The shipped model on two threads."""
    embedder = load_embedder(threads=2)
    yield embedder
    asyncio.run(embedder.close())


@pytest.fixture(scope="session")
def sentences() -> tuple[str, ...]:
    """News prose, figures, speech, typography, other scripts, nothing, too much."""
    return SENTENCES
