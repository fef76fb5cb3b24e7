"""What can be wrong with a policy; the words for people are made elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """`rule` is the id of the entry at fault (empty: the whole document), `detail` what the message names.

    Codes: `wrong_shape` `unknown_field` `missing_field` `duplicate_id` `unknown_word` `unknown_indicator`
    `pattern_invalid` `pattern_dangerous` `pattern_matches_nothing` `thresholds_order` `level_missing`
    `contradiction` `shadowed`.
    """

    rule: str
    code: str
    detail: str
