//! `sourcebook history ID`: what a record said before, from git.

use std::process::ExitCode;

use clap::Args;

use super::global::Global;
use super::{dossier, out};
use sourcebook_core::base::id::is_id;
use sourcebook_core::base::json::Json;
use sourcebook_core::dossier::versions::{Change, Event};
use sourcebook_machine::history;

/// Options of `history`.
#[derive(Debug, Args)]
pub struct Options {
    /// The id of the record, also of one that is no more
    id: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Prints the versions of a record, the earliest first.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    if !is_id(&options.id) {
        return out::trouble(format!("`{}` cannot be an id", options.id));
    }
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    match history::of(disk.root(), &options.id) {
        Ok(events) if events.is_empty() => out::trouble(format!("no commit has a record `{}`", options.id)),
        Ok(events) if options.json => {
            out::result(&json(&options.id, &events));
            ExitCode::SUCCESS
        }
        Ok(events) => {
            out::result(&events.iter().map(said).collect::<Vec<_>>().join("\n"));
            ExitCode::SUCCESS
        }
        Err(why) => out::trouble(why),
    }
}

/// What a commit says may hold anything: nothing of it reaches the terminal but what is seen.
fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn said(event: &Event) -> String {
    let Event { by, on, why, what, sheet, fields, .. } = event;
    let place = sheet.as_ref().map(|sheet| format!(" in {sheet}")).unwrap_or_default();
    let day = on.get(..10).unwrap_or(on);
    let short = event.short();
    let mut text = format!("{day}  {}{place}, by {}: {}  ({short})\n", what.as_str(), seen(by), seen(why));
    for Change { key, before, after } in fields {
        text += &format!("    {key}:\n");
        for (sign, value) in [('-', before), ('+', after)] {
            for line in value.iter().flat_map(|value| value.lines()) {
                text += &format!("  {sign}   {}\n", seen(line));
            }
        }
    }
    text
}

fn json(id: &str, events: &[Event]) -> String {
    let mut text = String::new();
    Json::new(&mut text).object(|o| {
        o.text("id", id);
        o.key("versions").array(|list| {
            for Event { commit, by, on, why, what, sheet, fields, .. } in events {
                list.object(|o| {
                    o.text("commit", commit).text("by", by).text("on", on).text("why", why).text("what", what.as_str());
                    o.maybe("sheet", sheet.as_ref());
                    o.list("fields", fields, |list, field| {
                        list.object(|o| {
                            o.text("field", &field.key)
                                .maybe("before", field.before.as_ref())
                                .maybe("after", field.after.as_ref());
                        });
                    });
                });
            }
        });
    });
    text + "\n"
}
