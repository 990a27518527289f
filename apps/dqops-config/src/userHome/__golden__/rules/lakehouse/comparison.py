"""Generated from apps/dqops-config. The comparisons of the Open Data Contract Standard."""


class Result:
    def __init__(self, passed, expected_value=None, lower_bound=None, upper_bound=None):
        self.passed = passed
        self.expected_value = expected_value
        self.lower_bound = lower_bound
        self.upper_bound = upper_bound


def evaluate_rule(rule_parameters):
    actual = getattr(rule_parameters, "actual_value", None)
    wanted = rule_parameters.parameters
    operator = wanted.operator
    if operator in ("between", "notBetween"):
        low, high = float(wanted.low), float(wanted.high)
        passed = actual is not None and (low <= actual <= high) == (operator == "between")
        return Result(passed, None, low, high)
    value = float(wanted.value)
    passed = (
        actual is not None
        and {
            "equal": actual == value,
            "notEqual": actual != value,
            "greaterThan": actual > value,
            "greaterOrEqual": actual >= value,
            "lessThan": actual < value,
            "lessOrEqual": actual <= value,
        }[operator]
    )
    lower = value if operator in ("equal", "greaterThan", "greaterOrEqual") else None
    upper = value if operator in ("equal", "lessThan", "lessOrEqual") else None
    return Result(passed, value, lower, upper)
