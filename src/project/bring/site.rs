//! Which generator makes a site of a page, told by the files that it needs, and what its configuration says.

use std::collections::BTreeMap;
use std::path::Path;

use super::tree::Tree;
use super::values;
use crate::template::Value;

/// A generator of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generator {
    Hugo,
    Jekyll,
    Eleventy,
    MkDocs,
    MdBook,
    Sphinx,
    DocFx,
    GitBook,
    /// Astro, Docusaurus, Next and others whose pages bring in components.
    Components,
    /// None is known.
    None,
}

/// A site in the repository.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) generator: Generator,
    /// Its folder, from the root.
    pub(super) folder: String,
    /// The file that tells its generator, from the root.
    pub(super) mark: String,
    /// What its configuration says.
    pub(super) config: Value,
    /// Folders of its themes, from the root.
    pub(super) themes: Vec<String>,
    /// Whether a theme is named that is not in the repository.
    pub(super) theme_away: Option<String>,
    /// The strings of its languages, by language and key.
    pub(super) strings: BTreeMap<String, BTreeMap<String, Value>>,
}

/// What a folder holds when a generator makes a site of it.
const MARKS: &[(Generator, &[&str])] = &[
    (
        Generator::Hugo,
        &[
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config/_default/hugo.toml",
            "config/_default/hugo.yaml",
            "config/_default/config.toml",
            "config/_default/config.yaml",
        ],
    ),
    (
        Generator::Jekyll,
        &["_config.yml", "_config.yaml", "_config.toml"],
    ),
    (
        Generator::Eleventy,
        &[
            ".eleventy.js",
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
        ],
    ),
    (Generator::MkDocs, &["mkdocs.yml", "mkdocs.yaml"]),
    (Generator::MdBook, &["book.toml"]),
    (Generator::DocFx, &["docfx.json"]),
    (Generator::GitBook, &[".gitbook.yaml", "SUMMARY.md"]),
    (
        Generator::Components,
        &[
            "astro.config.mjs",
            "astro.config.ts",
            "astro.config.js",
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "next.config.js",
            "next.config.mjs",
            "next.config.ts",
            "gatsby-config.js",
            "gatsby-config.ts",
            "nuxt.config.ts",
            ".vitepress/config.ts",
            ".vitepress/config.js",
            ".vitepress/config.mts",
        ],
    ),
    (Generator::Sphinx, &["conf.py"]),
];

/// The generator of a folder and the file that tells it.
fn generator(tree: &Tree, folder: &str) -> Option<(Generator, String)> {
    let within = |name: &str| {
        if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        }
    };
    for (generator, marks) in MARKS {
        if let Some(mark) = marks
            .iter()
            .map(|mark| within(mark))
            .find(|mark| tree.has(mark))
        {
            return Some((*generator, mark));
        }
    }
    // older sites of Hugo share the name of their configuration with others
    let hugo = ["layouts", "content", "themes", "archetypes"];
    ["config.toml", "config.yaml", "config.yml", "config.json"]
        .iter()
        .map(|mark| within(mark))
        .find(|mark| tree.has(mark))
        .filter(|_| hugo.iter().any(|name| tree.has_folder(&within(name))))
        .map(|mark| (Generator::Hugo, mark))
}

/// Whether a folder on the disk is that of a site.
pub(super) fn is_site(folder: &Path) -> bool {
    let marks = MARKS.iter().flat_map(|(_, marks)| *marks);
    marks.into_iter().any(|mark| folder.join(mark).is_file())
        || (folder.join("config.toml").is_file() && folder.join("content").is_dir())
}

/// The site that a page belongs to.
pub(super) fn site_of(tree: &Tree, page: &str) -> Site {
    let mut folder = super::tree::folder_of(page);
    loop {
        if let Some((generator, mark)) = generator(tree, folder) {
            return site(tree, generator, folder, &mark);
        }
        if folder.is_empty() {
            break;
        }
        folder = super::tree::folder_of(folder);
    }
    Site {
        generator: Generator::None,
        folder: String::new(),
        mark: String::new(),
        config: Value::Unknown,
        themes: Vec::new(),
        theme_away: None,
        strings: BTreeMap::new(),
    }
}

fn site(tree: &Tree, generator: Generator, folder: &str, mark: &str) -> Site {
    let data = ["toml", "yaml", "yml", "json"]
        .iter()
        .any(|ending| mark.ends_with(&format!(".{ending}")));
    let mut config = match tree.read(mark) {
        Ok(source) if data => values::of_file(&source, tree.share(&source)),
        _ => Value::Unknown,
    };
    let mut site = Site {
        generator,
        folder: folder.to_owned(),
        mark: mark.to_owned(),
        themes: Vec::new(),
        theme_away: None,
        strings: BTreeMap::new(),
        config: Value::Unknown,
    };
    if generator == Generator::Hugo {
        if let (Value::Map(table), Some(from)) = (
            &mut config,
            mark.strip_suffix("config/_default/hugo.toml")
                .or(mark.strip_suffix("config/_default/config.toml")),
        ) {
            // parts of the configuration in files of their own
            if let Ok(source) = tree.read(&format!("{from}config/_default/params.toml")) {
                table.insert(
                    "params".to_owned(),
                    values::of_file(&source, tree.share(&source)),
                );
            }
        }
        site.themes(tree, &config);
        site.read_strings(tree);
    }
    if generator == Generator::Jekyll
        && let Value::Map(table) = &config
    {
        let named = ["theme", "remote_theme"]
            .iter()
            .find_map(|key| match table.get(*key) {
                Some(Value::Text(theme)) => Some(format!(
                    "the theme `{}`, which is not in the repository",
                    theme.text
                )),
                _ => None,
            });
        site.theme_away = named;
    }
    site.config = config;
    site
}

impl Site {
    /// Whether pages may have expressions in braces that its generator evaluates, or a plugin of it, and that are not read here.
    pub(super) fn evaluates(&self, tree: &Tree) -> bool {
        match self.generator {
            Generator::Components => true,
            Generator::MkDocs => {
                let config = tree.read(&self.mark);
                config.is_ok_and(|config| config.text().contains("macros"))
            }
            _ => false,
        }
    }

    /// The path of something in the site, from the root.
    pub(super) fn path(&self, name: &str) -> String {
        if self.folder.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.folder)
        }
    }

    /// Whether a file of the site is no page but a template or a part of pages.
    pub(super) fn is_template(&self, path: &str) -> bool {
        let inside = path
            .strip_prefix(self.folder.as_str())
            .unwrap_or(path)
            .trim_start_matches('/');
        let mut folders = inside.split('/').rev().skip(1);
        let first = inside.split('/').next().unwrap_or_default();
        match self.generator {
            Generator::Hugo => {
                inside.contains('/')
                    && matches!(
                        first,
                        "layouts" | "archetypes" | "themes" | "i18n" | "assets" | "_vendor"
                    )
            }
            Generator::Jekyll | Generator::Eleventy => {
                folders.any(|folder| matches!(folder, "_layouts" | "_includes" | "_data" | "_sass"))
            }
            Generator::DocFx => folders.any(|folder| folder == "includes"),
            _ => false,
        }
    }

    fn themes(&mut self, tree: &Tree, config: &Value) {
        let Value::Map(table) = config else { return };
        let mut names = Vec::new();
        let mut imported = Vec::new();
        match table.get("theme") {
            Some(Value::Text(name)) => names.push(name.text.clone()),
            Some(Value::List(list)) => names.extend(list.iter().filter_map(|name| match name {
                Value::Text(name) => Some(name.text.clone()),
                _ => None,
            })),
            _ => {}
        }
        if let Some(Value::Map(module)) = table.get("module")
            && module.contains_key("imports")
        {
            imported.push("a module that is not in the repository".to_owned());
        }
        for name in names {
            let folder = self.path(&format!("themes/{name}"));
            if tree.has_folder(&format!("{folder}/layouts")) {
                self.themes.push(folder);
            } else {
                imported.push(format!(
                    "the theme `{name}`, which is not in the repository"
                ));
            }
        }
        self.theme_away = imported.into_iter().next();
    }

    /// The strings of `i18n/LANGUAGE.yaml` and the like, of the site before those of its themes.
    fn read_strings(&mut self, tree: &Tree) {
        let folders: Vec<String> = std::iter::once(self.path("i18n"))
            .chain(self.themes.iter().map(|theme| format!("{theme}/i18n")))
            .collect();
        for file in folders
            .iter()
            .filter(|folder| tree.has_folder(folder))
            .flat_map(|folder| tree.list(folder).to_vec())
        {
            let name = file.rsplit('/').next().unwrap_or_default();
            let language = name.split('.').next().unwrap_or_default().to_lowercase();
            if let Ok(source) = tree.read(&file) {
                let strings = self.strings.entry(language).or_default();
                for (key, value) in values::strings(&source, tree.share(&source)) {
                    strings.entry(key).or_insert(value);
                }
            }
        }
    }
}
