"""Names become signs, and every character still knows where it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.rules.masking import BEGIN, END, Names, mask
from intake.rules.words import Hit

NOBODY = Names((), (), (), ())


def hit(text: str, word: str) -> Hit:
    return Hit(word, frozenset({"X"}), text.index(word))


def test_names_numbers_and_blanks_become_signs() -> None:
    text = "2022年 民政局的低保在民意街道没发"
    names = Names(
        units=(hit(text, "民政局"),),
        policies=(hit(text, "低保"),),
        places=(hit(text, "民意街道"),),
        elsewhere=(),
    )
    assert mask(text, names, lambda _hit: "ⓧ").text == f"{BEGIN}ⓝ年 ⓧ的ⓟ在ⓛ没发{END}"


def test_a_unit_goes_before_what_its_name_holds() -> None:
    text = "民意街道办事处"
    names = Names(units=(hit(text, text),), policies=(), places=(hit(text, "民意"),), elsewhere=())
    assert mask(text, names, lambda _hit: "ⓤ").text == f"{BEGIN}ⓤ{END}"


@given(st.text(alphabet="甲乙丙1 2\n", max_size=40), st.data())
def test_every_stretch_is_found_again(text: str, data: st.DataObject) -> None:
    places = sorted({at for at in range(len(text)) if text[at] == "乙"})
    names = Names(tuple(Hit("乙", frozenset({"X"}), at) for at in places), (), (), ())
    masked = mask(text, names, lambda _hit: "ⓧ")
    assert len(masked.spans) == len(masked.text)
    if text:
        first = data.draw(st.integers(1, len(masked.text) - 2))
        end = data.draw(st.integers(first + 1, len(masked.text) - 1))
        begin, stop = masked.original(first, end)
        piece = mask(text[begin:stop], NOBODY, lambda _hit: "ⓧ").text[1:-1].replace("乙", "ⓧ")
        assert piece == masked.text[first:end]
