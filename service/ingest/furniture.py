"""What stands in and around an article and is none of its words: hidden parts, teasers, bylines."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from service.english.lexicon import (
    BYLINE_WORDS,
    COORDINATORS,
    DETERMINERS,
    NAME_PARTICLES,
    PREPOSITIONS,
)
from service.english.text.html import UNSEEN
from service.ingest.authors import person_names

_HIDDEN = (
    "//*[@hidden and not(@hidden='until-found')]|//template|//dialog[not(@open)]"
    "|//*[@aria-hidden='true' and not(self::svg)]"
)
_WRITTEN = "//body//text()[not(parent::script or parent::style or parent::noscript)]"
_HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|(?:is-)?hidden|hide|d-none|invisible)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
"""Also on some screens only, as "hidden md:block": on 181 pages of news all nine such parts were
buttons, menus, sidebars, a label of a date or a note for print, and none of the article."""
_WHOLE = frozenset({"html", "body", "main", "article"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "b", "legend", "summary"})
_LISTS = frozenset({"ul", "ol", "dl"})
_OTHER_STORIES = (
    r"(?:most|more)[\s_-]?(?:read|popular|viewed|stories|news|on|from|coverage)|related\w*"
    r"|recommend\w*|trending|read[\s_-]?(?:more|next|also)|also[\s_-]?read|see[\s_-]?also"
    r"|top[\s_-]?stories|you[\s_-]?(?:may|might)[\s_-]?(?:also[\s_-]?)?like|don['’]?t[\s_-]?miss"
    r"|latest[\s_-]?(?:news|stories)|editors?['’]?s?[\s_-]?picks?|what[\s_-]to[\s_-]read[\s_-]next"
)
_HEADING = re.compile(
    rf"\A\W*+(?:{_OTHER_STORIES}|sign\s+up\b.*|subscribe\b.*|get\s.*\bnewsletters?\b.*|popular(?:\s+now)?|newsletters?|advertisement|follow\s+us|share\s+this)"
    r"(?:\s+(?:articles?|stories|content|news|links?|topics?|coverage|posts?|for\s+you|now|today"
    r"|reading|on\s+this(?:\s+story)?|from\s+.{1,30}|in\s+.{1,30}))?\W*",
    re.IGNORECASE,
)
_TEASER_CLASS = re.compile(
    rf"(?:^|[\s_-])(?:{_OTHER_STORIES}|teasers?(?!-content)|promo|mostread|newsletter\w*|sign-?up|subscri\w+"
    r"|paywall-?message|advert\w*|author-?(?:bio|box|card|info)\w*|about-?the-?author|bio)(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_SHORT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-?line|dateline|timestamp|pub-?date|caption\w*|credits?|photo-?credit"
    r"|(?:article|entry|post)-?(?:meta|info|byline|author|date)|reading-?time|read-?time)"
    r"(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
SHORT_CHARS = 300
_TEASER = re.compile(
    r"\A\W*+(?:read|also\s+read|read\s+(?:more|also|next|on)|see\s+also|related|more|watch|listen"
    r"|recommended|don['’]?t\s+miss|explainer|background|in\s+(?:pictures|photos)|live)"
    r"(?:\s+(?:article|story|stories|coverage|here))?\s*[:|–—›»]",
    re.IGNORECASE,
)
_CAN_BE_LINE = frozenset({"p", "div", "li", "h2", "h3", "h4", "h5", "h6", "span"})
_SENTENCE_END = re.compile(r"[.!?…:;”\"’)]\s*$")

_DATE = (
    r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})(?:[\s,|–—-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?)"
)
_LINE = re.compile(
    r"\A(?:this\s+(?:article|story|page|post)\s+is\s+(?:more|over)\s+than\s+\w+\s+\w+\s+old\.?"
    rf"|(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified)(?:\s+(?:on|at))?:?\s*)?{_DATE}"
    r"|(?:first\s+|last\s+)?(?:published|updated|posted|modified)\b[^.]{0,60}"
    r"|(?:by:?|(?:words|text|reporting|story|written)\s+by:?|(?:words|text):)\s+[^.!?]{2,80}"
    r"|(?:photos?|photograph|picture|image|pictured|illustration|video|credit|source|getty\s+images)"
    r"\s*(?:credits?|by|courtesy\s+of)?\s*[:/©][^.!?]{1,100}\.?|©.{0,100}"
    r"|(?:sign|signed)\s+up\b.{0,200}|subscribe\b.{0,200}|get\s+(?:our|the)\b.{0,100}\b(?:inbox"
    r"|newsletter|email)\b.{0,100}|.{0,150}\b(?:our|free|daily|weekly)\s+(?:\w+\s+)?newsletters?\b.{0,60}"
    r"|follow\s+(?:us|\S+)\s+on\b.{0,100}|share\s+(?:this|on)\b.{0,60}|advertisement|\d+\s+min(?:ute)?s?"
    r"\s+read|skip\s+(?:past|to)\b.{0,60}|(?:read|view)\s+comments?.{0,20}|copy\s+link|print)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by\b:?\s+(?P<names>.*)", re.IGNORECASE)
EDGE_LINES = 4
"""A byline stands before or behind a text; within, "By …" begins a sentence that lost its stop."""


def drop_furniture(tree: HtmlElement) -> None:
    """Takes out what is hidden, where enough is left, and what is no part of the article."""
    _drop_hidden(tree)
    whole = _paragraph_chars(tree)
    for element in list(tree.iter("*")):
        if _is_in(tree, element) and _is_furniture(element, whole):
            element.drop_tree()
    for heading in list(tree.iter(*_HEADINGS, "p", "div", "span")):
        if _is_in(tree, heading) and _HEADING.fullmatch(_own_line(heading)):
            _drop_under(heading, whole)


def _is_in(tree: HtmlElement, element: HtmlElement) -> bool:
    """Whether it has not been taken out meanwhile, and is not the whole."""
    return any(parent is tree for parent in element.iterancestors())


def without_furniture(text: str) -> str:
    """`text` without lines that are no part of the article, wherever the page had them: "This
    article is more than two years old", bylines, credits, calls to subscribe."""
    lines = text.split("\n")
    edge = {*range(EDGE_LINES), *range(len(lines) - EDGE_LINES, len(lines))}
    kept = [line for i, line in enumerate(lines) if not _is_furniture_line(line, at_edge=i in edge)]
    return "\n".join(kept) or text


def _is_furniture_line(line: str, *, at_edge: bool) -> bool:
    bare = line.strip().removeprefix("- ").strip("*_ ")
    if not bare or len(bare) > SHORT_CHARS or not _LINE.fullmatch(bare):
        return False
    byline = _BYLINE.match(bare)
    return byline is None or (at_edge and _names_only(byline["names"]))


def _names_only(words: str) -> bool:
    """Whether every word may be of a name or of what is said of somebody in a byline."""
    between = COORDINATORS | PREPOSITIONS | DETERMINERS | NAME_PARTICLES | BYLINE_WORDS
    return all(
        not word[0].islower() or word.strip(",.;:") in between for word in words.split()
    ) and bool(person_names(words))


def _drop_hidden(tree: HtmlElement) -> None:
    """What is hidden goes, unless it is more than all that is shown: then a script shows it."""
    hidden = [*tree.xpath(_HIDDEN), *(one for one in tree.iter("*") if _hides(one))]
    hidden = [element for element in hidden if element.tag not in _WHOLE]
    if not hidden:
        return
    within = set(hidden)
    shown = sum(
        len(paragraph.text_content())
        for paragraph in tree.iter("p")
        if paragraph not in within and within.isdisjoint(paragraph.iterancestors())
    )
    if not shown:
        written = tree.xpath(_WRITTEN)
        concealed = sum(len(_words(element)) for element in hidden)
        shown = sum(len(" ".join(words.split())) for words in written) - concealed
    for element in hidden:
        if _is_in(tree, element) and (_paragraph_chars(element) or len(_words(element))) <= shown:
            element.drop_tree()


def _hides(element: HtmlElement) -> bool:
    style, names = element.get("style"), element.get("class")
    return bool((style and UNSEEN.search(style)) or (names and _HIDING_CLASS.search(names)))


def _is_furniture(element: HtmlElement, whole: int) -> bool:
    if element.tag in _WHOLE or element.tag == "head":
        return False
    if element.tag == "figcaption":
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _TEASER_CLASS.search(names):
        return not _holds_the_article(element, whole)
    if _SHORT_CLASS.search(names):
        return len(element.text_content()) <= SHORT_CHARS and not _holds_the_article(element, whole)
    return element.tag in _CAN_BE_LINE and _is_teaser(element)


def _is_teaser(element: HtmlElement) -> bool:
    """A line that sends readers elsewhere: "Read more: …", or nothing but a link to a headline."""
    links = element.findall(".//a")
    if not links:
        return False
    words = _words(element)
    if len(words) > SHORT_CHARS:
        return False
    linked = sum(len(_words(link)) for link in links)
    if _TEASER.match(words):
        return linked * 2 >= len(words)
    return (
        element.tag in {"p", "li"} and linked >= len(words) - 2 and not _SENTENCE_END.search(words)
    )


def _holds_the_article(element: HtmlElement, whole: int) -> bool:
    """Whether the headline or most of the page's paragraphs, of `whole` characters, are in it."""
    return element.find(".//h1") is not None or _paragraph_chars(element) * 2 > whole


def _paragraph_chars(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _drop_under(heading: HtmlElement, whole: int) -> None:
    """Takes out a heading such as "Most read" with what it stands over: the block that it opens, or
    the lists and lines of links behind it."""
    block = heading
    while (parent := block.getparent()) is not None and _opens(parent, block, whole):
        block = parent
    if block.tag in _WHOLE or (block is not heading and _holds_the_article(block, whole)):
        block = heading
    for follower in list(_following(block)):
        follower.drop_tree()
    block.drop_tree()


def _opens(parent: HtmlElement, block: HtmlElement, whole: int) -> bool:
    """Whether nothing stands before the block in its parent, which is no part of the frame."""
    return (
        parent.tag not in _WHOLE
        and parent.index(block) == 0
        and not (parent.text or "").strip()
        and not _holds_the_article(parent, whole)
    )


def _following(block: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in block.itersiblings():
        is_list = sibling.tag in _LISTS
        if not is_list and not (isinstance(sibling.tag, str) and _is_links(sibling)):
            return
        yield sibling
        if is_list:
            return


def _is_links(element: HtmlElement) -> bool:
    words = _words(element)
    linked = sum(len(_words(link)) for link in element.iter("a"))
    return bool(words) and linked * 2 >= len(words)


def _own_line(element: HtmlElement) -> str:
    words = _words(element) if len(element) <= 3 else ""
    return words if len(words) <= 60 else "-" * 99


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
