"""Finding words in a text, against the plainest way of finding them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.rules.words import Words, find

# Few characters, so that words overlap, repeat and contain one another.
WORDS = st.dictionaries(
    st.text("低保金残", min_size=2, max_size=4), st.frozensets(st.sampled_from("abc"), min_size=1)
)
TEXTS = st.text("低保金残，", max_size=60)


@given(TEXTS, WORDS)
def test_each_place_belongs_to_the_longest_word_that_stands_there(
    text: str, codes: dict[str, frozenset[str]]
) -> None:
    found = find(text, Words(codes))
    assert [(hit.at, hit.word) for hit in found] == plainly_found(text, list(codes))
    assert all(hit.codes == codes[hit.word] for hit in found)


def plainly_found(text: str, words: list[str]) -> list[tuple[int, str]]:
    """Every place is tried with every word, the longest first."""
    free = [True] * len(text)
    found = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        for at in range(len(text) - len(word) + 1):
            end = at + len(word)
            if text[at:end] == word and all(free[at:end]):
                free[at:end] = [False] * len(word)
                found.append((at, word))
    return sorted(found)


def test_a_word_written_ten_thousand_times_is_found_each_time() -> None:
    found = find("低保" * 10_000, Words({"低保": frozenset({"a"})}))
    assert [hit.at for hit in found] == list(range(0, 20_000, 2))
