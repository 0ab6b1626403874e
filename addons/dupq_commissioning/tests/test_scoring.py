import doctest
from decimal import Decimal
from itertools import permutations

from odoo.tests import BaseCase

from .. import reasons, scoring
from ..scoring import Bid, Criterion, Method, rank, shown


def method(*weights, **values):
    """A method with criteria 0, 1, 2 ... of these weights on a scale to 5."""
    criteria = [Criterion(key, Decimal(w)) for key, w in enumerate(weights)]
    values.setdefault("top", 5)
    return Method(criteria, **values)


def bid(key, *scores, price=None):
    given = {place: score for place, score in enumerate(scores) if score is not None}
    return Bid(key, given, Decimal(price) if price is not None else None)


def table(results):
    return [(result.bid, shown(result.total), result.rank) for result in results]


class TestScoring(BaseCase):
    def test_doctests(self):
        for module in (scoring, reasons):
            found = doctest.testmod(module)
            self.assertTrue(found.attempted, module.__name__)
            self.assertEqual(found.failed, 0)

    def test_totals_are_rounded_once_so_no_false_tie_appears(self):
        results = rank(
            method("33.3", "33.3", "33.4"), [bid("a", 4, 4, 3), bid("b", 3, 4, 4)]
        )
        self.assertEqual(table(results), [("b", "73.34", 1), ("a", "73.32", 2)])

    def test_relative_price_of_the_published_example(self):
        given = scoring.price_points(
            Decimal(70), {"a": Decimal(10000), "b": Decimal(8000)}
        )
        self.assertEqual(given["a"] + 90, 146)
        self.assertEqual(given["b"] + 74, 144)

    def test_a_withdrawn_cheapest_bid_can_turn_the_result(self):
        shares = {"quality_weight": Decimal(60), "price_weight": Decimal(40)}
        how = method("100", top=100, **shares)
        bids = [bid("a", 80, price=100), bid("b", 67, price=80), bid("c", 30, price=50)]
        self.assertEqual(
            table(rank(how, bids))[:2], [("a", "68.00", 1), ("b", "65.20", 2)]
        )
        self.assertEqual(
            table(rank(how, bids[:2])), [("b", "80.20", 1), ("a", "80.00", 2)]
        )

    def test_a_bid_below_a_minimum_does_not_set_the_lowest_price(self):
        criteria = [Criterion(0, Decimal(100), minimum=2)]
        how = Method(criteria, 5, Decimal(60), Decimal(40))
        results = rank(how, [bid("a", 4, price=100), bid("cheap", 1, price=10)])
        self.assertEqual(table(results), [("a", "88.00", 1), ("cheap", "", None)])
        self.assertEqual(results[1].reasons, ((scoring.BELOW_CRITERION, 0),))

    def test_a_quality_below_the_minimum_is_not_ranked(self):
        how = method("50", "50", quality_minimum=Decimal(60))
        results = rank(how, [bid("at", 3, 3), bid("below", 5, 0)])
        self.assertEqual(table(results), [("at", "60.00", 1), ("below", "", None)])
        self.assertEqual(results[1].reasons, ((scoring.BELOW_QUALITY, None),))

    def test_a_missing_score_is_blank_and_never_zero(self):
        results = rank(method("50", "50"), [bid("blank", 5, None), bid("zero", 5, 0)])
        self.assertEqual(table(results), [("zero", "50.00", 1), ("blank", "", None)])
        self.assertIsNone(results[1].lines[1].points)
        self.assertEqual(results[1].reasons, ((scoring.INCOMPLETE, None),))

    def test_prices_of_zero_below_zero_or_none_get_no_points(self):
        how = method("100", quality_weight=Decimal(60), price_weight=Decimal(40))
        bids = [bid("ok", 4, price=100), bid("zero", 5, price=0)]
        bids += [bid("minus", 5, price=-5), bid("none", 5)]
        results = rank(how, bids)
        self.assertEqual(table(results)[0], ("ok", "88.00", 1))
        for result in results[1:]:
            self.assertIsNone(result.rank)
            self.assertEqual(result.reasons, ((scoring.NO_PRICE, None),))

    def test_equal_totals_go_to_quality_then_to_the_heaviest_criterion(self):
        shares = {"quality_weight": Decimal(50), "price_weight": Decimal(50)}
        # a: 50 x 40 % + 50 x 100 % = 70 and b: 50 x 90 % + 50 x 50 % = 70
        results = rank(
            method("100", top=10, **shares),
            [bid("a", 4, price=5), bid("b", 9, price=10)],
        )
        self.assertEqual(table(results), [("b", "70.00", 1), ("a", "70.00", 2)])
        results = rank(method("60", "20", "20"), [bid("a", 3, 4, 5), bid("b", 4, 3, 3)])
        self.assertEqual(table(results), [("b", "72.00", 1), ("a", "72.00", 2)])

    def test_a_true_tie_stays_a_tie_in_any_order_of_the_bids(self):
        bids = [bid("a", 4, 3, 4), bid("b", 4, 4, 3), bid("c", 2, 2, 2)]
        for order in permutations(bids):
            results = {r.bid: r for r in rank(method("40", "30", "30"), list(order))}
            self.assertEqual([results[key].rank for key in "abc"], [1, 1, 3])
            self.assertEqual(
                [results[key].is_tied for key in "abc"], [True, True, False]
            )

    def test_thirds_are_exact(self):
        """On a scale to 3 the totals 10/3 + 20/3 and 30/3 are equal."""
        how = method("10", "20", "30", "40", top=3)
        results = rank(how, [bid("a", 1, 1, 0, 2), bid("b", 0, 0, 1, 2)])
        self.assertEqual(results[0].total, results[1].total)
        self.assertEqual([result.rank for result in results], [1, 1])

    def test_floats_are_refused(self):
        with self.assertRaises(TypeError):
            rank(Method([Criterion(0, 33.3)], top=5), [bid("a", 4)])

    def test_weights_must_add_up_to_exactly_100(self):
        tenths = [scoring.from_field(0.1)] * 10 + [scoring.from_field(99.0)]
        self.assertEqual(scoring.missing_weight(tenths), 0)
        self.assertEqual(scoring.missing_weight([Decimal("99.99")]), Decimal("0.01"))

    def test_one_bid_gets_all_price_points_and_still_needs_its_quality(self):
        how = method(
            "100",
            quality_weight=Decimal(60),
            price_weight=Decimal(40),
            quality_minimum=Decimal(50),
        )
        self.assertEqual(table(rank(how, [bid("a", 4, price=7)])), [("a", "88.00", 1)])
        self.assertEqual(table(rank(how, [bid("a", 2, price=7)])), [("a", "", None)])
