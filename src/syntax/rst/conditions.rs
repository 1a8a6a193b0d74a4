//! What `only` asks: whether an expression over Sphinx tags holds when a page is built as HTML.

/// Whether a raw format is shown in HTML.
pub(super) fn is_html(format: &str) -> bool {
    matches!(
        format.to_ascii_lowercase().as_str(),
        "html" | "html4" | "html5" | "xhtml" | "html5_polyglot"
    )
}

/// Whether an expression holds; none when it depends on how someone builds the page.
pub(super) fn holds(expression: &str) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let answer = either(&words, &mut at, 0);
    if at == words.len() { answer } else { None }
}

fn either(words: &[&str], at: &mut usize, depth: usize) -> Option<bool> {
    let mut answer = both(words, at, depth);
    while words.get(*at) == Some(&"or") {
        *at += 1;
        answer = match (answer, both(words, at, depth)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
    }
    answer
}

fn both(words: &[&str], at: &mut usize, depth: usize) -> Option<bool> {
    let mut answer = one(words, at, depth);
    while words.get(*at) == Some(&"and") {
        *at += 1;
        answer = match (answer, one(words, at, depth)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
    }
    answer
}

fn one(words: &[&str], at: &mut usize, depth: usize) -> Option<bool> {
    let word = *words.get(*at)?;
    if depth > 32 {
        return None;
    }
    *at += 1;
    match word {
        "not" => one(words, at, depth + 1).map(|answer| !answer),
        "(" => {
            let answer = either(words, at, depth + 1);
            *at += usize::from(words.get(*at) == Some(&")"));
            answer
        }
        "html" | "builder_html" | "format_html" => Some(true),
        "latex" | "text" | "man" | "texinfo" | "xml" | "gettext" | "pdf" | "epub"
        | "builder_latex" | "format_latex" | "builder_epub" | "latexpdf" => Some(false),
        _ => None,
    }
}
