//! What stands in cells of a table is read with the cells at the head of their row and of their column.

use crate::{outcome_in, rules_of};

const PACK: &str = r#"
[pack]
name = "p"
title = "Performance"
[[rule]]
id = "r"
title = "Performance"
severity = "error"
message = "no warning"
[rule.when]
mentions = ["{number} year(s|) {..2} {percent}"]
[rule.required]
any = ["past performance {..2} not {..6} guide"]
"#;

/// What demands the text on a page in this syntax.
fn demands(syntax: &str, page: &str) -> Vec<String> {
    let outcome = outcome_in(syntax, &rules_of(PACK), page);
    let findings = outcome.findings.iter();
    findings.map(|of| of.location.text().to_owned()).collect()
}

const TABLES: [(&str, &str, &str); 7] = [
    (
        "markdown",
        "| Period | Fund |\n| --- | --- |\n| 3 years p.a. | 14.1% |\n",
        "| | 1 year | 3 years |\n| --- | --- | --- |\n| Fund | none | 14.1% |\n",
    ),
    (
        "html",
        "<table><tr><th>Period<th>Fund<tr><td>3 years<td>14.1%</table>",
        "<table><thead><tr><td></td><th>3 years</th></tr></thead><tbody><tr><td>Fund</td><td>14.1%</td></tr></tbody></table>",
    ),
    (
        "mdx",
        "| Period | Fund |\n| --- | --- |\n| 3 years | 14.1% |\n",
        "<table><tr><td/><td>3 years</td></tr><tr><td>Fund</td><td>14.1%</td></tr></table>",
    ),
    (
        "asciidoc",
        "|===\n|Period |Fund\n\n|3 years |14.1%\n|===\n",
        "|===\n|What |3 years\n\n|Fund |14.1%\n|===\n",
    ),
    (
        "rst",
        "+---------+-------+\n| Period  | Fund  |\n+=========+=======+\n| 3 years | 14.1% |\n+---------+-------+\n",
        "+------+---------+\n| What | 3 years |\n+======+=========+\n| Fund | 14.1%   |\n+------+---------+\n",
    ),
    (
        "rst",
        "=======  =====\nPeriod   Fund\n=======  =====\n3 years  14.1%\n=======  =====\n",
        "====  =======\nWhat  3 years\n====  =======\nFund  14.1%\n====  =======\n",
    ),
    (
        "rst",
        ".. csv-table::\n   :header: Period, Fund\n\n   3 years, 14.1%\n",
        ".. list-table::\n\n   * - What\n     - 3 years\n   * - Fund\n     - 14.1%\n",
    ),
];

#[test]
fn a_value_is_read_with_the_heads_of_its_row_and_of_its_column() {
    for (syntax, by_row, by_column) in TABLES {
        for page in [by_row, by_column] {
            assert_eq!(demands(syntax, page), ["14.1%"], "{syntax}:\n{page}");
        }
    }
}

#[test]
fn cells_beside_or_below_each_other_are_not_read_together() {
    for (syntax, by_row, by_column) in TABLES {
        for page in [by_row, by_column] {
            let other = page.replace("14.1%", "mixed") + "\n\n12.5%\n";
            assert!(demands(syntax, &other).is_empty(), "{syntax}:\n{other}");
        }
    }
    let apart = "| Fund | Period | Return |\n| --- | --- | --- |\n| Oak | 3 years | 14.1% |\n| Elm | 14.1% | |\n";
    assert!(demands("markdown", apart).is_empty());
}
