//! Where the parts of a table stand, and what cannot stand in one: §13.2.6.4.9 to §13.2.6.4.15 of the HTML standard.

use super::elements::table_part;
use super::events::Tag;
use super::tags::{Element, Markup, Tags};
use crate::syntax::builder::Builder;

impl Tags {
    /// Goes out to where a part of a table stands, with the parts between that its author left out. Without a table, no part of
    /// one begins.
    pub(in crate::syntax) fn reach_table(&mut self, tag: &Tag, builder: &mut Builder) -> bool {
        let needs: &[&str] = match &*tag.name {
            "td" | "th" => &["tr"],
            "tr" => &["tbody", "thead", "tfoot"],
            _ => &[],
        };
        let border = |of: &Element| matches!(&*of.name, "table" | "template");
        let Some(at) = self
            .open
            .iter()
            .rposition(|of| needs.contains(&&*of.name) || border(of))
        else {
            return false;
        };
        self.drop_from(at + 1, Some(0), builder);
        if border(&self.open[at]) && !needs.is_empty() {
            let left_out: &[&str] = if needs == ["tr"] {
                &["tbody", "tr"]
            } else {
                &["tbody"]
            };
            self.open
                .extend(left_out.iter().map(|name| Element::plain((*name).into())));
            self.explain(at + 1);
        }
        true
    }

    /// The element round what stands at a place of the stack. What cannot be in a table stands before it: "foster parenting",
    /// §13.2.6.1.
    pub(in crate::syntax) fn round(&self, name: &str, at: usize) -> Option<usize> {
        let outer = at.checked_sub(1)?;
        if self.markup != Markup::Html
            || !in_table(&self.open[outer])
            || table_part(name)
            || matches!(name, "template" | "script" | "style")
        {
            return Some(outer);
        }
        let table = self.open[..at]
            .iter()
            .rposition(|of| matches!(&*of.name, "table" | "template"))?;
        if &*self.open[table].name == "template" {
            return Some(outer);
        }
        table.checked_sub(1)
    }
}

pub(in crate::syntax) fn in_table(element: &Element) -> bool {
    matches!(&*element.name, "table" | "tbody" | "thead" | "tfoot" | "tr")
}
