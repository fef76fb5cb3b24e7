"""A narrative cut at what is marked in it."""

from disputes.rules.passages import Passage, Piece, cut

TEXT = "约一百人明日到县政府上访"


def test_the_pieces_together_are_the_text():
    pieces = cut(TEXT, [Passage(1, 4, "人数"), Passage(10, 12, "上访")])
    assert "".join(piece.text for piece in pieces) == TEXT
    assert [piece for piece in pieces if piece.label] == [Piece("一百人", "人数"), Piece("上访", "上访")]


def test_overlapping_passages_become_one_with_both_labels():
    assert cut(TEXT, [Passage(1, 6, "人数"), Passage(4, 8, "时间"), Passage(5, 7, "人数")])[1] == Piece(
        "一百人明日到县", "人数、时间"
    )


def test_passages_that_no_longer_fit_are_left_out():
    assert cut("", [Passage(1, 4, "人数")]) == [Piece("")]
    assert cut("短", [Passage(0, 9, "人数"), Passage(-1, 1, "x"), Passage(1, 1, "y")]) == [Piece("短")]


def test_a_text_without_passages_is_one_piece():
    assert cut(TEXT, []) == [Piece(TEXT)]
