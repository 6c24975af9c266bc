#!/usr/bin/env python3
"""Scores reports by the published rules once more, slowly and independently.

Reads lines of JSON as slow_model_test writes them: rule sets, then reports with
the score cards that the engine gave them. Nothing of the engine's code or
arithmetic is used: cells are read by regular expressions, numbers are
decimal.Decimal and Fraction, rounding is said once (`half_up`). Prints how many
rows were compared, and every difference; exit code 1 if there is one.
"""

import json
import re
import sys
from decimal import Decimal
from fractions import Fraction

MAX_POINTS = Fraction(1_000_000)


def half_up(value, step):
    """`value` to a multiple of `step`, halves away from zero."""
    steps = Fraction(value) / Fraction(step)
    sign = -1 if steps < 0 else 1
    return sign * Fraction((abs(steps) + Fraction(1, 2)).__floor__()) * Fraction(step)


CENT = Fraction(1, 100)
MILLI = Fraction(1, 1000)

# --- reading cells ---------------------------------------------------------

FOLD = {c: chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF01, 0xFF5F))}
FOLD.update({"≧": "≥", "≦": "≤", "═": "=", "﹦": "="})
KEEP = "，。：；、！？（）"
BLANK = re.compile(r"[\s\u00a0\u3000\u2000-\u200f\u2028\u2029\u202f\u2060\ufeff]")
OPERATORS = [
    (r">=|=>|≥|》|不少于|不低于|至少|不小于|达到|大于等于", "≥"),
    (r"<=|=<|≤|不高于|不超过|不超|不大于|不多于|小于等于", "≤"),
    (r"=", "="),
    (r">|大于", ">"),
    (r"<|小于|低于", "<"),
]
DATE = re.compile(r"^(年底前|全年|长期|年内|年底|当年)$|^\d{4}年|^\d{1,2}月|^\d{1,2}[-~].*月")
NUMBER = re.compile(
    r"^(?P<about>约|近)?(?P<over>超过|超|逾)?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
    r"(?P<more>余|多)?(?P<times>万|亿|千(?!米(?:及?以[上下内])?$|克))?(?P<more2>余|多)?"
    r"(?P<unit>.*?)(?P<behind>及以上|以上|及以下|以下|以内)?$"
)
TIMES = {None: 1, "千": 10**3, "万": 10**4, "亿": 10**8}
INAPPLICABLE = ("不适用", "不涉及", "本年不涉及", "本年度不涉及", "不涉及该指标", "无此项业务")
DENIES = re.compile("无|零|不发生|未发生|杜绝|避免|没有|未出现")
EVENT = re.compile("事故|事件|投诉|上访|信访|违规|违纪|违法|舆情|案件|差错|浪费|泄密|火灾|发生|零记录")
NEGATION = re.compile("[未没无缺非]|不(?!断)")
DAY = re.compile(
    r"(?:(?P<y1>\d{1,4})年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日|(?P<part>底|末|下旬|中旬|上旬|初))?(?P<rest>.*)$"
    r"|(?:(?P<y2>\d{1,4})年[底末]|年[底末内])(?P<rest2>.*)$"
)
LAST_DAY = {"中旬": 20, "上旬": 10, "初": 10}
LESS_IS_BETTER = re.compile(
    "控制率|变动率|调整率|结转|结余率|受害率|成灾率|变质比例|事件发生|事故|发生率|成本|支出|投诉|在预算"
)


def fold(text):
    return BLANK.sub("", "".join(c if c in KEEP else FOLD.get(c, c) for c in text))


def rules_out_events(words):
    return bool(DENIES.search(words) and EVENT.search(words))


def read_deadline(words):
    """(year or None, month, day) of the last day that is named, or None."""
    match = DAY.match(words)
    if not match:
        return None
    rest = match["rest"] if match["m"] else match["rest2"]
    if len(rest) > 12 or re.search(r"\d", rest.replace("100%", "", 1)) or re.search("[未没不后延起至到、~-]", rest):
        return None
    year = match["y1"] or match["y2"]
    month = int(match["m"] or 12)
    day = int(match["d"]) if match["d"] else LAST_DAY.get(match["part"], 31)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return (int(year) if year else None), month, day


class Cell:
    """What a cell holds: a shape, and for numbers value, unit and operator."""

    def __init__(self, written):
        text = fold(written)
        self.words = text.removesuffix("。")
        self.text, self.op, self.exact, self.over = text, None, True, False
        self.value, self.unit = None, ""
        if text == "":
            self.shape = "blank"
        elif text in ("一", "XX", "**") or re.fullmatch(r"[—–\-/。….＿_]+", text):
            self.shape = "placeholder"
        elif text == "无":
            self.shape = "none"
        elif text in ("定性", "定性指标"):
            self.shape = "qualitative"
        else:
            self.read_value(text)

    def read_value(self, text):
        for pattern, op in sorted(OPERATORS, key=lambda o: o[1] not in "≥≤"):
            match = re.match(pattern, text)
            if match:
                self.op, text = op, text[match.end():]
                break
        if text == "":
            self.shape = "operator"
        elif DATE.match(text):
            self.shape = "date"
        else:
            self.shape = "number" if self.read_number(text) else "text"
            if self.shape == "text":
                self.op = None

    def read_number(self, text):
        match = NUMBER.match(text)
        if not match:
            return False
        if match["behind"] and self.op:
            return False
        unit = match["unit"]
        if unit in ("百分比", "个百分点"):
            unit = "%"
        if re.search(r"[\d，。,、]", unit) or len(unit) > 16:
            return False
        if match["behind"]:
            self.op = "≥" if "上" in match["behind"] else "≤"
        self.exact = not any(match[name] for name in ("about", "over", "more", "more2"))
        self.over = bool(match["over"] or match["more"] or match["more2"]) and not match["about"]
        self.value = Fraction(Decimal(match["number"].replace(",", ""))) * TIMES[match["times"]]
        self.unit = unit
        return True

    @property
    def is_empty(self):
        return self.shape in ("blank", "placeholder", "none")


def units_agree(a, b):
    if a == b:
        return True
    if a and b:
        return a.startswith(b) or b.startswith(a)
    # A missing unit is forgiven, but not for rates and money.
    return (a or b) not in ("%", "元")


# --- scoring ---------------------------------------------------------------


def written(value):
    return (value or {}).get("as_written", "")


def scaled(value, field, scale, limit):
    """The parsed number of a value within its documented range, or None."""
    number = (value or {}).get(field)
    if number is None or abs(int(number)) > limit:
        return None
    return Fraction(int(number), scale)


def points_of(value):
    return scaled(value, "points_milli", 1000, 10**9)


def money_of(value):
    return scaled(value, "amount_fen", 100, 10**15)


def score_indicator(row, rules):
    """(verdict, low, high) of one indicator row."""
    weight = max(points_of(row.get("weight")) or 0, Fraction(0))
    if weight == 0:
        return "NOT_SCORED", 0, 0
    target, actual = Cell(written(row.get("target"))), Cell(written(row.get("actual")))
    if BLANK.sub("", written(row.get("actual"))).removesuffix("。") in INAPPLICABLE:
        return "NOT_APPLICABLE", 0, 0
    take_unit(written(row.get("measure_unit")), target)
    take_unit(written(row.get("measure_unit")), actual)
    unverifiable = ("UNVERIFIABLE", 0, weight)
    zero = target.shape == "number" and target.value == 0
    ruled_out = rules_out_events(target.words) and not (target.shape == actual.shape == "number")
    if actual.is_empty and not (actual.shape == "none" and zero):
        return "NO_EVIDENCE", 0, 0
    none = (actual.shape == "none" or (actual.shape == "number" and actual.value == 0)
            or actual.words in ("未发生", "没有发生", "零发生", "零") or rules_out_events(actual.words))
    if zero and none and actual.shape != "number" and target.op != ">":
        return "MET", weight, weight
    if ruled_out and none:
        return ("TIER_SUGGESTED", *within(rules["tiers"][0], weight))
    if target.is_empty or target.shape == "operator":
        return unverifiable
    if target.shape != "number":
        return unverifiable if actual.shape == "number" else score_words(target, actual, weight, rules)
    if actual.shape != "number" or actual.op not in (None, "=") or not units_agree(target.unit, actual.unit):
        return unverifiable
    less = LESS_IS_BETTER.search(written(row.get("level3")))
    direction = target.op or ("≤" if less else "≥")
    if not actual.exact and not (direction in "≥>" and actual.over and actual.value >= target.value):
        return unverifiable
    value = actual.value if target.value < 0 else max(actual.value, Fraction(0))
    return score_numbers(target.value, value, direction, actual.over, weight, rules)


def score_numbers(target, actual, direction, actual_is_more, weight, rules):
    met = {
        "≥": actual >= target,
        "≤": actual <= target,
        "=": actual == target,
        ">": actual > target or (actual == target and actual_is_more),
        "<": actual < target,
    }[direction]
    if met:
        return "MET", weight, weight
    formula = rules["quantitative_formula"]
    if formula.endswith("HAND_GIVEN") or target < 0:
        return "MISSED", 0, weight
    if target == 0:
        return "MISSED", 0, 0
    is_ceiling = direction in "≤<" or (direction == "=" and actual > target)
    if not is_ceiling:
        share = actual / target
    elif formula.endswith("RATIO"):
        share = target / actual
    elif formula.endswith("LINEAR"):
        share = max(1 - (actual - target) / target, Fraction(0))
    else:
        return "MISSED", 0, weight
    points = min(half_up(weight * share, CENT), weight)
    return "MISSED", points, points


def take_unit(column, cell):
    """A bare number is in the unit of the form's unit column."""
    if cell.shape != "number" or cell.unit or not column:
        return
    one = Cell("1" + column)
    if one.shape == "number" and one.unit and one.op is None and one.exact:
        cell.value, cell.unit = cell.value * one.value, one.unit


def within(tier, weight):
    low, high = (half_up(weight * int(tier[end]) / 10**6, MILLI) for end in ("lower_ppm", "upper_ppm"))
    return low, high


def score_words(target, actual, weight, rules):
    tiers = rules["tiers"]
    unclassified = ("UNCLASSIFIED", 0, weight)
    for tier in tiers:
        if actual.words in tier.get("words", []):
            return ("TIERED", *within(tier, weight))
    if actual.words == target.words:
        return ("TIERED", *within(tiers[0], weight))
    deadline, done = (read_deadline(cell.words) if cell.shape == "date" else None for cell in (target, actual))
    if deadline and done:
        both = deadline[0] and done[0]
        in_time = (done if both else done[1:]) <= (deadline if both else deadline[1:])
        if bool(deadline[0]) == bool(done[0]):
            return ("MET", weight, weight) if in_time else ("MISSED", 0, weight)
        return ("TIER_SUGGESTED", *within(tiers[0], weight)) if in_time else unclassified
    if len(actual.words) > 12:
        return unclassified
    denies = NEGATION.search(actual.words)
    for tier in reversed(tiers):
        if any(word in actual.words for word in tier.get("suggestive_words", [])):
            if denies and tier is not tiers[-1]:
                return unclassified
            return ("TIER_SUGGESTED", *within(tier, weight))
    if denies:
        return unclassified
    for tier in tiers:
        if actual.words in tier.get("suggestive_phrases", []):
            return ("TIER_SUGGESTED", *within(tier, weight))
    if target.shape == "text" and len(target.words) >= 2 and target.words in actual.words:
        return ("TIER_SUGGESTED", *within(tiers[0], weight))
    return unclassified


def total_row(table):
    return next((r for r in table.get("fund_rows", []) if r.get("role") == "FUND_ROLE_TOTAL"), None)


def score_rate(row, weight, rules):
    """(verdict, low, high) by the amounts of the total row; None if they cannot be read."""
    budget, executed = money_of(row.get("adjusted_budget")), money_of(row.get("executed"))
    if budget is None or executed is None or budget <= 0:
        return None

    def score(share):
        return min(max(half_up(weight * share, CENT), Fraction(0)), weight)

    low = high = weight if executed >= budget else score(executed / budget)
    stated = scaled(row.get("execution_rate"), "rate_ppm", 10**6, 10**12)
    if stated is not None and executed / budget <= 10**6:
        computed = half_up(executed / budget, Fraction(1, 10**4))
        if abs(stated - computed) > Fraction(int(rules["execution"]["rate_rounding_ppm"]), 10**6):
            by_stated = score(min(max(stated, Fraction(0)), Fraction(1)))
            low, high = min(low, by_stated), max(high, by_stated)
    verdict = "UNVERIFIABLE" if low != high else "MET" if executed >= budget else "MISSED"
    return verdict, low, high


def score_execution(table, rules):
    rule, row = rules["execution"], total_row(table) or {}
    weight = points_of(row.get("weight"))
    # A rate that stands among the indicators has no points beside the amounts.
    of_rule = Fraction(0 if rule.get("indicator_names") else int(rule["weight_milli"]), 1000)
    weight = max(of_rule if weight is None else weight, Fraction(0))
    if weight == 0:
        return "NOT_SCORED", 0, 0
    return score_rate(row, weight, rules) or ("UNVERIFIABLE", 0, weight)


def is_execution_indicator(row, rules):
    name = BLANK.sub("", written(row.get("level3")))
    return any(part in name for part in rules["execution"].get("indicator_names", []))


def score_row(table, row, rules):
    weight = points_of(row.get("weight")) or Fraction(0)
    if is_execution_indicator(row, rules) and weight > 0 and total_row(table) is not None:
        by_amounts = score_rate(total_row(table), weight, rules)
        if by_amounts:
            return by_amounts
    return score_indicator(row, rules)


def level_of(row, rules):
    """The block a row counts to; None for an execution indicator outside all blocks."""
    level = row.get("level1", "")
    for rule in rules["levels"]:
        if level == rule["level1"] or level in rule.get("includes", []):
            return rule["level1"]
    return None if is_execution_indicator(row, rules) else level


def grade_of(points, rules):
    if rules.get("ungraded"):
        return None
    for band in rules["grade_bands"]:
        if points >= Fraction(int(band["lower_milli"]), 1000):
            return band["grade"]
    return rules["grade_bands"][-1]["grade"]


def score_table(table, rules):
    """What the card must say about one table, in its own field names."""
    rows = [(None, total_row(table) or {}, score_execution(table, rules))]
    for row in table.get("indicators", []):
        rows.append((level_of(row, rules), row, score_row(table, row, rules)))
    levels, expected_rows = {}, []
    for level, row, (verdict, low, high) in rows:
        weight, claimed = points_of(row.get("weight")), points_of(row.get("score"))
        expected_rows.append({"verdict": "VERDICT_" + verdict, "weight_milli": weight, "claimed_milli": claimed,
                              "supported_low_milli": low, "supported_high_milli": high})
        sums = levels.setdefault(level, [Fraction(0)] * 4)
        for i, number in enumerate((weight, claimed, low, high)):
            sums[i] += number or 0
    sums = [sum(level[i] for level in levels.values()) for i in range(4)]
    dropped = sum(points_of(row.get("weight")) or 0 for _, row, outcome in rows if outcome[0] == "NOT_APPLICABLE")
    if 0 < dropped < sums[0]:
        sums[2:] = [half_up(points * sums[0] / (sums[0] - dropped), CENT) for points in sums[2:]]
    claimed = points_of(table.get("total_score"))
    return {
        "rows": expected_rows,
        "levels": {k: v for k, v in levels.items() if k is not None},
        "weight_milli": sums[0], "recomputed_milli": sums[1],
        "supported_low_milli": sums[2], "supported_high_milli": sums[3],
        "claimed_milli": claimed, "grade": None if claimed is None else grade_of(claimed, rules),
        "supported_low_grade": grade_of(sums[2], rules), "supported_high_grade": grade_of(sums[3], rules),
    }


# --- comparing -------------------------------------------------------------


def value_of(message, field):
    if field not in message:
        return None
    return Fraction(int(message[field]), 1000) if field.endswith("_milli") else message[field]


def differences(expected, actual, where):
    for field, value in expected.items():
        if field in ("rows", "levels"):
            continue
        found = value_of(actual, field)
        if found != value:
            yield f"{where}.{field}: the slow model says {show(value)}, the card {show(found)}"


def show(value):
    return str(float(value)) if isinstance(value, Fraction) else str(value)


def compare_table(table, card_table, rules, where):
    expected = score_table(table, rules)
    found = list(differences(expected, card_table, where))
    card_rows = card_table.get("rows", [])
    if len(card_rows) != len(expected["rows"]):
        found.append(f"{where}: {len(expected['rows'])} rows expected, {len(card_rows)} in the card")
    for i, (row, card_row) in enumerate(zip(expected["rows"], card_rows)):
        cells = table["indicators"][i - 1] if i else {}
        about = f"{where}.rows[{i}] ({written(cells.get('target'))} -> {written(cells.get('actual'))})"
        found += differences(row, card_row, about)
    for level in card_table.get("levels", []):
        sums = expected["levels"].pop(level["level1"], [Fraction(0)] * 4)
        names = ("weight_milli", "claimed_milli", "supported_low_milli", "supported_high_milli")
        for name, number in zip(names, sums):
            if Fraction(int(level.get(name, 0)), 1000) != number:
                found.append(f"{where}.levels[{level['level1']}].{name}: {show(number)} expected")
    found += [f"{where}: level {level!r} is missing" for level in expected["levels"]]
    return found, len(expected["rows"])


def main(path):
    rule_sets, found, reports, rows = {}, [], 0, 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            if "rule_set" in message:
                rule_sets[message["rule_set"]["name"]] = message["rule_set"]
                continue
            reports += 1
            rules = rule_sets[message["card"]["rule_set"]]
            tables = message["report"]["content"]["evaluation_tables"]
            for i, (table, card_table) in enumerate(zip(tables, message["card"]["tables"], strict=True)):
                where = f"{rules['name']} report {reports} tables[{i}]"
                table_found, table_rows = compare_table(table, card_table, rules, where)
                found += table_found
                rows += table_rows
    for line in found[:40]:
        print(line)
    print(f"compared {reports} reports, {rows} rows: {len(found)} differences")
    return 1 if found or rows == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
