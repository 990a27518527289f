import { yamlFile } from './yamlFile.js';

/** What a custom check names as its rule. */
export const comparisonRuleName = 'lakehouse/comparison';

/**
 * The eight comparisons of the Open Data Contract Standard as one rule of DQOps, which calls `evaluate_rule` with the measured
 * number and the parameters of a severity. What could not be measured did not pass.
 */
const python = `"""Generated from apps/dqops-config. The comparisons of the Open Data Contract Standard."""


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
`;

const fields = [
  { field_name: 'operator', data_type: 'string', required: true, help_text: 'equal, lessThan, between and so on.' },
  { field_name: 'value', data_type: 'double', required: false, help_text: 'What is compared with.' },
  { field_name: 'low', data_type: 'double', required: false, help_text: 'Lower end of a range.' },
  { field_name: 'high', data_type: 'double', required: false, help_text: 'Upper end of a range.' },
];

/** The files of the rule. */
export function comparisonRule(): readonly (readonly [string, string])[] {
  return [
    [`rules/${comparisonRuleName}.dqorule.yaml`, yamlFile('rule', { type: 'python', mode: 'current_value', fields })],
    [`rules/${comparisonRuleName}.py`, python],
  ];
}
