"""People in public office and public bodies as an article states them: who chaired, signed, awarded, said, attended.

A record is what one sentence says of one person or body, every field a span of the article's text. Nothing is inferred,
and nobody is recorded whose public office the article does not state: what a text says of producers, their families,
telephones and addresses is not gathered here (Luật Bảo vệ dữ liệu cá nhân, 91/2025/QH15).
"""

from collections.abc import Collection
from dataclasses import dataclass

from crawler.article import Article
from index.people.acts import (
    Actor,
    Role,
    acts_after,
    acts_before,
    announces,
    cited,
    is_object,
    is_object_in_list,
    is_where,
    lists_on,
    organised_with,
)
from index.people.body import find_bodies
from index.people.holders import Holder, find_holders, own_bodies
from index.people.signatures import find_signatures
from index.sentence import article_sentences
from index.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What a sentence states of one person or body; spans of the sentence.

    role: what was done; "holds" where only the office is stated.
    name: None for a body, and for an office whose holder the sentence does not name.
    title, body: of the first office ("Phó Chủ tịch", "UBND tỉnh Nam Định"); a body that acts by itself has no title.
        None for a name whose office another sentence of the article states. The two may overlap ("Trưởng phòng" of
        "phòng Kinh tế huyện …").
    further: the other offices, each with its body ("Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Quảng Nam").
    act: the words that say the role.
    """

    role: Role
    name: Span | None
    title: Span | None
    body: Span | None
    further: tuple[Span, ...] = ()
    act: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A `Stating` in an article: every span, and `start:end` of the sentence, are offsets into its text.

    digest: of the version of the article the offsets belong to.
    """

    article_id: str
    digest: str
    start: int
    end: int
    role: Role
    name: Span | None
    title: Span | None
    body: Span | None
    further: tuple[Span, ...] = ()
    act: Span | None = None


@dataclass(frozen=True, slots=True)
class _Actor:
    start: int
    end: int
    holder: Holder | None

    @property
    def named(self) -> bool:
        return self.holder is not None and self.holder.name is not None

    @property
    def kind(self) -> Actor:
        return "person" if self.holder is not None else "body"


def people(article: Article) -> tuple[Stated, ...]:
    """Everything an article states of people in public office and of public bodies, in order of the text.

    A law or decree speaks of offices in general: of those only the signatures are read. A guide says who does what as a
    rule ("Bộ … công nhận sản phẩm 5 sao"): of those only what people are named for.
    """
    text = article.text
    sentences = (
        [(start, end) for start, end, block in article_sentences(article) if block.role != "byline"]
        if article.kind != "regulation"
        else []
    )
    known = {
        " ".join(holder.name.of(text[start:end]).split())
        for start, end in sentences
        for holder in find_holders(text[start:end])
        if holder.name is not None
    }
    found = [
        _stated(article, start, end, stating)
        for start, end in sentences
        for stating in find_people(text[start:end], known)
        if stating.name is not None or article.kind != "guide"
    ]
    signed = [
        Stated(
            article_id=article.id,
            digest=article.digest,
            start=signature.start,
            end=signature.end,
            role="signed",
            name=signature.name,
            title=signature.title,
            body=signature.body,
            act=signature.act,
        )
        for signature in find_signatures(article)
    ]
    covered = [(one.start, one.end) for one in signed]
    found = [one for one in found if not any(start <= one.start and one.end <= end for start, end in covered)]
    return tuple(sorted((*found, *signed), key=lambda one: (one.start, one.end)))


def _stated(article: Article, start: int, end: int, stating: Stating) -> Stated:
    def moved(span: Span | None) -> Span | None:
        return span.moved(start) if span is not None else None

    return Stated(
        article_id=article.id,
        digest=article.digest,
        start=start,
        end=end,
        role=stating.role,
        name=moved(stating.name),
        title=moved(stating.title),
        body=moved(stating.body),
        further=tuple(span.moved(start) for span in stating.further),
        act=moved(stating.act),
    )


def find_people(text: str, known: Collection[str] = ()) -> list[Stating]:
    """What one sentence (NFC) states of people in public office and of public bodies, in order.

    known: names whose office is stated elsewhere in the article; such a person is recorded by the name alone.
    """
    bodies = find_bodies(text)
    holders = find_holders(text, bodies, known)
    actors = sorted(
        [_Actor(holder.start, holder.end, holder) for holder in holders]
        + [_Actor(body.start, body.end, None) for body in own_bodies(text, bodies, holders)],
        key=lambda actor: actor.start,
    )
    found: list[Stating] = []
    for actor, acts in zip(actors, _acts_of(text, actors), strict=True):
        found.extend(_stating(actor, role, act) for role, act in acts)
        if not acts and actor.named and actor.holder is not None and actor.holder.offices:
            found.append(_stating(actor, "holds", None))
    return found


Acts = list[tuple[Role, Span | None]]


def _acts_of(text: str, actors: list[_Actor]) -> list[Acts]:
    """The acts of each, one for each role: their own, those a list announced, those said of the whole list."""
    before, after = _announced(text, actors), _done(text, actors)
    found: list[Acts] = []
    for number, actor in enumerate(actors):
        source = cited(text, actor.start, actor.end)
        acts: Acts = [("said", source)] if source is not None else []
        for role, act in (*before[number], *after[number]):
            if role not in [known for known, _ in acts]:
                acts.append((role, act))
        found.append(acts)
    return found


def _announced(text: str, actors: list[_Actor]) -> list[Acts]:
    """What leads up to each person: "Dự có ông A, …; bà B, …" announces both."""
    found: list[Acts] = []
    current: Acts = []
    end = 0
    for actor in actors:
        own: Acts = []
        if actor.holder is not None:
            own = [*acts_before(text, end, actor.start)]
            if own:
                current = own if actor.named else []
            elif not actor.named or announces(text, end, actor.start):
                current = []
            found.append(own or list(current))
        else:
            current = []
            found.append([])
        end = actor.end
    return found


def _done(text: str, actors: list[_Actor]) -> list[Acts]:
    """What follows each: their own verb, or that of the last of their list."""
    found: list[Acts] = [[] for _ in actors]
    objects = _objects(text, actors)
    partners: dict[int, Span] = {}
    for number, actor in enumerate(actors):
        if objects[number] and number not in partners:
            continue
        if number in partners:
            found[number] = [("organised", partners[number])]
            continue
        limit = actors[number + 1].start if number + 1 < len(actors) else len(text)
        found[number] = [*acts_after(text, actor.end, limit, actor.kind)]
        if actor.holder is None and (joint := organised_with(text, actor.end)) is not None:
            start, verb = joint
            found[number] = [("organised", verb)]
            for other in range(number + 1, len(actors)):
                if actors[other].end > verb.start:
                    break
                if actors[other].holder is None and actors[other].start >= start:
                    partners[other] = verb
    for number in range(len(actors) - 2, -1, -1):
        one, following = actors[number], actors[number + 1]
        if (
            not found[number]
            and not objects[number]
            and (one.kind, one.named) == (following.kind, following.named)
            and lists_on(text, one.end, following.start)
        ):
            found[number] = list(found[number + 1])
    return found


def _objects(text: str, actors: list[_Actor]) -> list[bool]:
    """Whether each is only asked, reported to or named, by the words before it or before its list."""
    found: list[bool] = []
    listed = False
    for number, actor in enumerate(actors):
        where = is_where(text, actor.start, actor.end)
        own = where or is_object(text, actor.start)
        goes_on = listed and lists_on(text, actors[number - 1].end, actor.start)
        found.append(own or goes_on)
        listed = not where and (is_object_in_list(text, actor.start) if own else goes_on)
    return found


def _stating(actor: _Actor, role: Role, act: Span | None) -> Stating:
    if actor.holder is None:
        return Stating(role=role, name=None, title=None, body=Span(actor.start, actor.end), act=act)
    offices = actor.holder.offices
    return Stating(
        role=role,
        name=actor.holder.name,
        title=offices[0].title if offices else None,
        body=offices[0].body if offices else None,
        further=tuple(office.whole for office in offices[1:]),
        act=act,
    )
