"""Credit codes, telephone numbers, mail addresses (cases 11, 31; practice rows 1, 8, 37)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.core.text import codes, slugs
from campapp.core.text.language import Unreadable


@pytest.mark.parametrize(
    "typed", ["91000000DEM0000019", " 91000000dem0000019 ", "９１００００００ＤＥＭ００００ ０１９"]
)
def test_a_credit_code_is_read_in_any_width(typed):
    assert codes.credit_code(typed) == "91000000DEM0000019"


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("91000000DEM0000018", "check character"),
        ("91000000DEM", "this one has 11"),
        ("9.11E+17", "lost the code’s last digits"),
        ("9.1000000123457E17", "lost the code’s last digits"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(typed, because):
    with pytest.raises(Unreadable, match=because):
        codes.credit_code(typed)


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("138 0000 8000", "+8613800008000"),
        ("１３８００００８０００", "+8613800008000"),
        ("+86 138-0000-8000", "+8613800008000"),
        ("0086 13800008000", "+8613800008000"),
        ("+852 5123 4567", "+85251234567"),
        ("010-62345678", "+861062345678"),
        ("+49 151 23456789", "+4915123456789"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, e164):
    assert codes.phone(typed) == e164


@pytest.mark.parametrize("typed", ["12", "1380000800", "abc", "1.38E+10", "+8613800008000 ext 5", "138\0"])
def test_no_number_is_refused(typed):
    with pytest.raises(Unreadable):
        codes.phone(typed)


def test_a_landline_gets_no_text_message():
    with pytest.raises(Unreadable, match="landline"):
        codes.mobile("010-62345678")
    assert codes.mobile("+1 213 555 0123") == "+12135550123"


def test_a_code_keeps_every_digit():
    assert codes.exact("007") == "007"
    assert codes.exact("013800000000") == "013800000000"
    with pytest.raises(Unreadable):
        codes.exact("9.11E+17")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Ann@X.Example", "ann@x.example"),
        (" ann＠x.example ", "ann@x.example"),
        ("a.b+c@例子.公司", "a.b+c@xn--fsqu00a.xn--55qx5d"),
    ],
)
def test_an_address_has_one_form(typed, address):
    assert codes.mail(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.example\r\nBcc: z@y.example",
        "a@b",
        "a,b@c.example",
        "a@b.example,c@d.example",
        "a b@c.example",
        "@c.example",
        '"a\n"@c.example',
        "a..b@c.example",
        "a@-b.example",
        "a@1.2.3.4",
        "a" * 65 + "@b.example",
        "a@b.example\0",
        "",
        "Ann <a@b.example>",
        "a@b.example%0aBcc:x",
    ],
)
def test_an_address_that_could_carry_a_header_is_refused(typed):
    with pytest.raises(Unreadable):
        codes.mail(typed)


@given(st.text(max_size=300))
def test_an_address_that_was_taken_is_one_line_of_ascii(typed):
    try:
        address = codes.mail(typed)
    except Unreadable:
        return
    assert address.isascii() and address.isprintable() and address.count("@") == 1


def test_numbers_and_addresses_are_masked():
    assert codes.masked_phone("+8613800008000") == "138****8000"
    assert codes.masked_phone("+85251234567") == "+852****4567"
    assert codes.masked_mail("zoe@x.example") == "z***@x.example"


def test_a_slug_comes_from_the_english_title():
    assert slugs.slug("5G Application Camp, Spring’s Día") == "5g-application-camp-springs-dia"
    assert slugs.slug("创新加速营") == "chuangxinjiasuying"
    assert slugs.slug("***") == "untitled"
    assert len(slugs.slug("word " * 100)) <= 60
