"""What can be asked of a page's markup alone, in Python, in a millisecond or two."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

LANGUAGE = "zh-CN"
TITLE = re.compile(r"\S.* - 惠民热线")
HEADING = re.compile(r"h[1-6]")
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
SCRIPTED = re.compile(r"\s*javascript:", re.IGNORECASE)
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
LOADING_RELATIONS = {
    "dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload",
    "stylesheet",
}  # fmt: skip
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers")

Attributes = dict[str, str]


@dataclass
class Seen:
    """What one pass over a page has met."""

    title: str | None = None
    language: str = ""
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointers: list[tuple[str, str]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    controls: list[tuple[str, Attributes]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Walks a page once and keeps what the checks ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._in_title = False
        self._labels_open = 0
        self._form: Attributes | None = None
        self._form_guarded = False

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Take in one element; a page of ours never repeats an attribute."""
        attributes = {name: value or "" for name, value in pairs}
        self._identity(tag, attributes)
        self._inline(tag, attributes)
        self._loaded(tag, attributes)
        self._control(tag, attributes)
        if tag == "html":
            self.seen.language = attributes.get("lang", "")
        elif tag == "title" and self.seen.title is None:
            self._in_title, self.seen.title = True, ""
        elif HEADING.fullmatch(tag):
            self.seen.headings.append(int(tag[1]))
        elif tag == "img" and "alt" not in attributes:
            self.seen.findings.append("A picture has no alt text.")

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of a title, a label or a form."""
        if tag == "title":
            self._in_title = False
        elif tag == "label":
            self._labels_open -= 1
        elif tag == "form":
            self._end_form()

    def handle_data(self, data: str) -> None:
        """Take in text; only the title's is kept."""
        if self._in_title and self.seen.title is not None:
            self.seen.title += data

    def _identity(self, tag: str, attributes: Attributes) -> None:
        if "id" in attributes:
            self.seen.ids.append(attributes["id"])
        for name in POINTERS:
            self.seen.pointers += [(name, one) for one in attributes.get(name, "").split()]
        address = attributes.get("href", "")
        if tag == "a" and len(address) > 1 and address.startswith("#"):
            self.seen.pointers.append(("href", address[1:]))

    def _inline(self, tag: str, attributes: Attributes) -> None:
        if tag == "style" or "style" in attributes:
            self.seen.findings.append(f"<{tag}> carries inline style.")
        if tag == "script" and "src" not in attributes:
            self.seen.findings.append("A script stands inline.")
        for name, value in attributes.items():
            if name.startswith("on") or SCRIPTED.match(value):
                self.seen.findings.append(f'<{tag} {name}="…"> carries a script.')

    def _loaded(self, tag: str, attributes: Attributes) -> None:
        """Find what the browser would fetch or send elsewhere; a link to follow is none of it."""
        names = ["src", "srcset", "data", "poster", "action", "formaction", "ping"]
        if tag == "link" and LOADING_RELATIONS & set(attributes.get("rel", "").split()):
            names.append("href")
        self.seen.findings += [
            f'<{tag} {name}="{attributes[name]}"> reaches outside.'
            for name in names
            if OUTSIDE.match(attributes.get(name, ""))
        ]

    def _control(self, tag: str, attributes: Attributes) -> None:
        if tag == "label":
            self._labels_open += 1
            self.seen.labelled.add(attributes.get("for", ""))
        elif tag == "form":
            self._form, self._form_guarded = attributes, False
        elif tag in {"input", "select", "textarea"}:
            self._form_guarded |= attributes.get("name") == "csrf_token"
            named = {"aria-label", "aria-labelledby"} & attributes.keys() or self._labels_open
            if not named and attributes.get("type", "text") not in UNLABELLED:
                self.seen.controls.append((tag, attributes))

    def _end_form(self) -> None:
        form, self._form = self._form or {}, None
        if form.get("method", "").lower() == "post" and not self._form_guarded:
            self.seen.findings.append(
                f"The form to {form.get('action') or 'here'} has no csrf_token."
            )


def findings(html: str) -> list[str]:
    """Return what is wrong with a page's markup, a sentence a finding."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    seen = reader.seen
    return [*seen.findings, *_head(seen), *_headings(seen), *_ids(seen), *_labels(seen)]


def _head(seen: Seen) -> list[str]:
    found = []
    if seen.language != LANGUAGE:
        found.append(f"The page's language is {seen.language!r}, not {LANGUAGE}.")
    title = (seen.title or "").strip()
    if not TITLE.fullmatch(title):
        found.append(f"The title is {title!r}, not of the form 页名 - 惠民热线.")
    return found


def _headings(seen: Seen) -> list[str]:
    found = []
    tops = seen.headings.count(1)
    if tops != 1:
        found.append(f"The page has {tops} h1, not one.")
    # A summary of errors stands above the h1, so the first heading may be an h2.
    level = 1
    for heading in seen.headings:
        if heading > level + 1:
            found.append(f"After an h{level} comes an h{heading}.")
        level = heading
    return found


def _ids(seen: Seen) -> list[str]:
    twice = [name for name, count in Counter(seen.ids).items() if count > 1]
    known = set(seen.ids)
    nowhere = [(name, one) for name, one in seen.pointers if one not in known]
    return [
        *(f"The id {name} stands on the page more than once." for name in twice),
        *(f'{name}="{one}" points to no id on the page.' for name, one in nowhere),
    ]


def _labels(seen: Seen) -> list[str]:
    return [
        f"<{tag} name={attributes.get('name', '')}> has no label."
        for tag, attributes in seen.controls
        if attributes.get("id", "") not in seen.labelled - {""}
    ]
