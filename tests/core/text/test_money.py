"""Amounts in 元, 万元, 亿元 (practice row 44)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campapp.core.text import money
from campapp.core.text.language import Unreadable


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("500万元", 5_000_000),
        ("5亿", 500_000_000),
        ("3,200 万", 32_000_000),
        ("伍佰万元整", 5_000_000),
        ("￥500万", 5_000_000),
        ("1.5亿元", 150_000_000),
        ("3亿2000万", 320_000_000),
        ("五百万", 5_000_000),
        ("5 million", 5_000_000),
        ("RMB 5,000,000", 5_000_000),
        ("１２３万", 1_230_000),
        ("0", 0),
        ("12.50", "12.50"),
        ("人民币 500元", 500),
        ("3 千万", 30_000_000),
        ("2bn", 2_000_000_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, yuan):
    assert money.amount(typed) == Decimal(yuan)


def test_a_bare_number_counts_in_the_unit_of_its_field_and_a_named_one_does_not():
    assert money.amount("500", "万元") == 5_000_000
    assert money.amount("5", "亿元") == 500_000_000
    assert money.amount("500元", "万元") == 500
    assert money.amount("¥500", "万元") == 500
    assert money.amount("5亿", "万元") == 500_000_000


@pytest.mark.parametrize(
    "typed",
    [
        "1e999",
        "NaN",
        "Infinity",
        "-3",
        "",
        "万",
        "1,5万",
        "3万2亿",
        "0.001",
        "1" + "0" * 14,
        "5万万",
        "abc",
        "9" * 500,
    ],
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(Unreadable):
        money.amount(typed)


def test_a_float_from_a_sheet_is_bounded_too():
    with pytest.raises(Unreadable):
        money.bounded(Decimal("NaN"))
    with pytest.raises(Unreadable):
        money.bounded(Decimal("1e15"))


def test_the_echo_says_the_amount_in_full(reading):
    with reading("zh_CN"):
        assert money.in_full(Decimal(5_000_000)) == "¥5,000,000（伍佰万元整）"
        assert money.in_short(Decimal(5_000_000)) == "500万元"
        assert money.in_short(Decimal(500_000_000)) == "5亿元"
        assert money.in_short(Decimal(125_000_000)) == "1.25亿元"
    with reading("en"):
        assert money.in_full(Decimal("5000000.50")) == "¥5,000,000.50"
        assert money.in_short(Decimal(500_000_000)) == "¥500M"


@given(st.decimals(min_value=0, max_value=10**14 - 1, places=2))
def test_every_amount_is_read_back_from_its_echo(value):
    assert money.amount(money.in_figures(value)) == value
    assert money.amount(money.capitals(value.quantize(1))) == value.quantize(1)
