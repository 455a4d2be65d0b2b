//! Each request of the protocol, to a function of what is known.

use std::path::PathBuf;

use lsp_server::{Notification, Request, RequestId};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability,
    CompletionItem, CompletionOptions, CompletionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentChanges, DocumentSymbolParams, DocumentSymbolResponse, Documentation,
    FoldingRangeParams, FoldingRangeProviderCapability, GotoDefinitionParams, HoverContents, HoverParams,
    HoverProviderCapability, InitializeParams, InitializeResult, Location, MarkupContent, MarkupKind, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, PositionEncodingKind, PrepareRenameResponse, ReferenceParams,
    RenameOptions, RenameParams, ServerCapabilities, ServerInfo, SymbolInformation, TextDocumentEdit,
    TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextEdit,
    Uri, WorkspaceEdit, WorkspaceSymbolParams,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::complete::{Asked, complete};
use super::desk::Desk;
use super::navigate::{Edits, Stretch};
use super::text::{Lines, Units};
use super::{hover, mend, navigate, outline, uri};

/// Why a request has no answer.
pub enum Refusal {
    /// No such request is answered.
    Unknown(String),
    /// It cannot be done: a sentence for the writer.
    Params(String),
}

type Answer = Result<Value, Refusal>;

/// What columns count: bytes, if the client can.
pub fn units(params: &InitializeParams) -> Units {
    let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    match offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8)) {
        true => Units::Utf8,
        false => Units::Utf16,
    }
}

/// Whether edits may name the versions that they are made for.
pub fn takes_versions(params: &InitializeParams) -> bool {
    let edit = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
    edit.and_then(|edit| edit.document_changes) == Some(true)
}

/// Whether the client tells of files that change.
pub fn takes_watchers(params: &InitializeParams) -> bool {
    let watched =
        params.capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files.as_ref());
    watched.and_then(|watched| watched.dynamic_registration) == Some(true)
}

/// The folder that the client has open.
#[allow(deprecated, reason = "clients that know no workspace folders name their root so")]
pub fn folder(params: &InitializeParams) -> Option<PathBuf> {
    let first = params.workspace_folders.as_ref().and_then(|folders| folders.first()).map(|folder| &folder.uri);
    first.or(params.root_uri.as_ref()).and_then(|folder| uri::on_disk(folder.as_str()))
}

/// Asks to be told of every file that changes.
pub fn watch() -> Request {
    let watchers = json!({ "watchers": [{ "globPattern": "**/*" }] });
    let registration =
        json!({ "id": "files", "method": notification::DidChangeWatchedFiles::METHOD, "registerOptions": watchers });
    let params = json!({ "registrations": [registration] });
    Request { id: RequestId::from(1), method: request::RegisterCapability::METHOD.to_owned(), params }
}

/// What is answered.
pub fn greeting(units: Units) -> Value {
    let capabilities = ServerCapabilities {
        position_encoding: Some(match units {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(["@", "[", "-", ":", " ", "\"", ","].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    };
    let server_info = Some(ServerInfo { name: "sourcebook".into(), version: Some(env!("CARGO_PKG_VERSION").into()) });
    value(InitializeResult { capabilities, server_info })
}

/// Anything as JSON.
fn value(of: impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or(Value::Null)
}

fn params<T: serde::de::DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::Params(error.to_string()))
}

/// What the client tells of its texts.
pub fn hear(desk: &mut Desk, units: Units, told: &Notification) {
    let read = || told.params.clone();
    match &*told.method {
        notification::DidOpenTextDocument::METHOD => {
            let Ok(opened) = serde_json::from_value::<DidOpenTextDocumentParams>(read()) else { return };
            let Some(path) = desk.root.path(&opened.text_document.uri) else { return };
            let saved = desk.buffers.text(&path);
            desk.buffers.set(&path, &opened.text_document.text, opened.text_document.version);
            if saved.as_deref() != Some(&*opened.text_document.text) {
                desk.touch();
            }
        }
        notification::DidChangeTextDocument::METHOD => {
            let Ok(changed) = serde_json::from_value::<DidChangeTextDocumentParams>(read()) else { return };
            let Some(path) = desk.root.path(&changed.text_document.uri) else { return };
            desk.buffers.change(&path, &changed.content_changes, changed.text_document.version, units);
            desk.touch();
        }
        notification::DidCloseTextDocument::METHOD => {
            let Ok(closed) = serde_json::from_value::<DidCloseTextDocumentParams>(read()) else { return };
            let Some(path) = desk.root.path(&closed.text_document.uri) else { return };
            desk.buffers.close(&path);
            desk.touch();
        }
        _ => {}
    }
}

/// Answers a request.
///
/// # Errors
/// See [`Refusal`].
pub fn answer(desk: &mut Desk, units: Units, versions: bool, asked: Request) -> Answer {
    let with = With { units, versions };
    match &*asked.method {
        request::Completion::METHOD => with.completion(desk, params(asked.params)?),
        request::ResolveCompletionItem::METHOD => resolve(desk, params(asked.params)?),
        request::HoverRequest::METHOD => with.hover(desk, params(asked.params)?),
        request::GotoDefinition::METHOD => with.definition(desk, params(asked.params)?),
        request::References::METHOD => with.references(desk, params(asked.params)?),
        request::PrepareRenameRequest::METHOD => with.prepare_rename(desk, params(asked.params)?),
        request::Rename::METHOD => with.rename(desk, params(asked.params)?),
        request::DocumentSymbolRequest::METHOD => with.symbols(desk, params(asked.params)?),
        request::WorkspaceSymbolRequest::METHOD => with.records(desk, params(asked.params)?),
        request::FoldingRangeRequest::METHOD => with.folds(desk, params(asked.params)?),
        request::CodeActionRequest::METHOD => with.actions(desk, params(asked.params)?),
        other => Err(Refusal::Unknown(other.to_owned())),
    }
}

/// A text and a byte of it.
struct At {
    path: String,
    text: std::sync::Arc<str>,
    byte: usize,
}

/// How places are counted and edits written.
struct With {
    units: Units,
    versions: bool,
}

impl With {
    fn text(&self, desk: &Desk, uri: &Uri) -> Option<(String, std::sync::Arc<str>)> {
        let path = desk.root.path(uri)?;
        let text = desk.buffers.text(&path)?;
        Some((path, text))
    }

    fn at(&self, desk: &Desk, uri: &Uri, position: Position) -> Option<At> {
        let (path, text) = self.text(desk, uri)?;
        let byte = Lines::new(&text, self.units).byte(position);
        Some(At { path, text, byte })
    }

    fn location(&self, desk: &Desk, stretch: Stretch) -> Option<Location> {
        let text = desk.buffers.text(&stretch.0)?;
        Some(Location { uri: desk.root.uri(&stretch.0)?, range: Lines::new(&text, self.units).range(stretch.1) })
    }

    fn completion(&self, desk: &Desk, asked: CompletionParams) -> Answer {
        let TextDocumentPositionParams { text_document, position } = asked.text_document_position;
        let Some(at) = self.at(desk, &text_document.uri, position) else { return Ok(Value::Null) };
        let captures = desk.buffers.folder.0.disk().capture_names();
        let today = desk.today();
        let asked = Asked {
            known: &desk.known,
            path: &at.path,
            text: &at.text,
            lines: &Lines::new(&at.text, self.units),
            at: at.byte,
            captures: &captures,
            today: &today,
        };
        Ok(value(complete(&asked)))
    }

    fn hover(&self, desk: &Desk, asked: HoverParams) -> Answer {
        let TextDocumentPositionParams { text_document, position } = asked.text_document_position_params;
        let Some(at) = self.at(desk, &text_document.uri, position) else { return Ok(Value::Null) };
        let Some(found) = hover::hover(&desk.known, &at.path, &at.text, at.byte) else { return Ok(Value::Null) };
        let range = Some(Lines::new(&at.text, self.units).range(found.range));
        Ok(value(lsp_types::Hover { contents: HoverContents::Markup(markdown(found.text)), range }))
    }

    fn definition(&self, desk: &mut Desk, asked: GotoDefinitionParams) -> Answer {
        desk.read();
        let TextDocumentPositionParams { text_document, position } = asked.text_document_position_params;
        let found = self.at(desk, &text_document.uri, position).and_then(|at| {
            let id = navigate::id_at(&desk.known, &at.path, &at.text, at.byte)?;
            self.location(desk, navigate::definition(&desk.known, &id.id)?)
        });
        Ok(value(found))
    }

    fn references(&self, desk: &mut Desk, asked: ReferenceParams) -> Answer {
        desk.read();
        let TextDocumentPositionParams { text_document, position } = asked.text_document_position;
        let Some(at) = self.at(desk, &text_document.uri, position) else { return Ok(Value::Null) };
        let Some(id) = navigate::id_at(&desk.known, &at.path, &at.text, at.byte) else { return Ok(Value::Null) };
        let found = navigate::references(&desk.known, &id.id, asked.context.include_declaration);
        // The lines of a file are found once for all that stands in it.
        let of_file = |same: &[Stretch]| -> Vec<Location> {
            let path = &same[0].0;
            let Some((text, uri)) = desk.buffers.text(path).zip(desk.root.uri(path)) else { return Vec::new() };
            let lines = Lines::new(&text, self.units);
            same.iter().map(|(_, bytes)| Location { uri: uri.clone(), range: lines.range(bytes.clone()) }).collect()
        };
        Ok(value(found.chunk_by(|a, b| a.0 == b.0).flat_map(of_file).collect::<Vec<_>>()))
    }

    fn prepare_rename(&self, desk: &mut Desk, asked: TextDocumentPositionParams) -> Answer {
        desk.read();
        let found = self.at(desk, &asked.text_document.uri, asked.position).and_then(|at| {
            let id = navigate::id_at(&desk.known, &at.path, &at.text, at.byte)?;
            desk.known.prepared.dossier.get(&id.id)?;
            let range = Lines::new(&at.text, self.units).range(id.range);
            Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: id.id })
        });
        Ok(value(found))
    }

    fn rename(&self, desk: &mut Desk, asked: RenameParams) -> Answer {
        desk.read();
        let TextDocumentPositionParams { text_document, position } = asked.text_document_position;
        let id = self
            .at(desk, &text_document.uri, position)
            .and_then(|at| navigate::id_at(&desk.known, &at.path, &at.text, at.byte))
            .ok_or_else(|| Refusal::Params("no id stands here".to_owned()))?;
        let edits = navigate::rename(&desk.known, &id.id, &asked.new_name).map_err(Refusal::Params)?;
        Ok(value(self.edit(desk, edits)))
    }

    #[expect(clippy::mutable_key_type, reason = "the type of the protocol's own crate")]
    fn edit(&self, desk: &Desk, edits: Edits) -> WorkspaceEdit {
        let mut of_files: Vec<(Uri, Option<i32>, Vec<TextEdit>)> = Vec::new();
        for (path, changes) in edits {
            let (Some(uri), Some(text)) = (desk.root.uri(&path), desk.buffers.text(&path)) else { continue };
            let lines = Lines::new(&text, self.units);
            let version = desk.buffers.buffer(&path).map(|buffer| buffer.version);
            let edits = changes.into_iter().map(|(bytes, new_text)| TextEdit { range: lines.range(bytes), new_text });
            of_files.push((uri, version, edits.collect()));
        }
        if !self.versions {
            let changes = of_files.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let changes = of_files.into_iter().map(|(uri, version, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        });
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(changes.collect())), ..WorkspaceEdit::default() }
    }

    fn symbols(&self, desk: &Desk, asked: DocumentSymbolParams) -> Answer {
        let Some((path, text)) = self.text(desk, &asked.text_document.uri) else { return Ok(Value::Null) };
        let lines = Lines::new(&text, self.units);
        Ok(value(DocumentSymbolResponse::Nested(outline::symbols(&desk.known, &path, &text, &lines))))
    }

    #[allow(deprecated, reason = "the type demands a field that the protocol has given up")]
    fn records(&self, desk: &mut Desk, asked: WorkspaceSymbolParams) -> Answer {
        desk.read();
        let found = desk.known.names.find(&asked.query, |_| true);
        let symbol = |name: &super::names::Name| {
            let location = self.location(desk, navigate::definition(&desk.known, &name.id)?)?;
            let kind = outline::symbol_kind(name.kind);
            Some(SymbolInformation {
                name: format!("{} · {}", name.id, name.label),
                kind,
                tags: None,
                deprecated: None,
                location,
                container_name: name.kind.map(|kind| kind.plural().to_owned()),
            })
        };
        Ok(value(found.into_iter().take(200).filter_map(|(name, ..)| symbol(name)).collect::<Vec<_>>()))
    }

    fn folds(&self, desk: &Desk, asked: FoldingRangeParams) -> Answer {
        let Some((path, text)) = self.text(desk, &asked.text_document.uri) else { return Ok(Value::Null) };
        Ok(value(outline::folds(&path, &text, &Lines::new(&text, self.units))))
    }

    fn actions(&self, desk: &mut Desk, asked: CodeActionParams) -> Answer {
        // What was told is of the moment that was read last; after a change it is told again soon.
        let Some((path, text)) = self.text(desk, &asked.text_document.uri) else { return Ok(Value::Null) };
        let wanted = Lines::new(&text, self.units).bytes(asked.range);
        let files = &desk.known.prepared.parsed.files;
        let places = mend::Places::new(files, self.units);
        let is_here = |d: &&sourcebook_core::base::diagnostic::Diagnostic| {
            d.span.is_some_and(|span| {
                let range = span.range();
                *files.get(span.file).path == *path && range.start <= wanted.end && wanted.start <= range.end
            })
        };
        let today = desk.today();
        let mut actions: Vec<CodeActionOrCommand> = Vec::new();
        for diagnostic in desk.found.iter().filter(is_here) {
            let told = mend::told(diagnostic, &places, &desk.root).map(|(_, told)| vec![told]);
            for mend in mend::mends(&desk.known, diagnostic, &today) {
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title: mend.title,
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: told.clone(),
                    edit: Some(self.edit(desk, mend.edits)),
                    is_preferred: Some(mend.is_preferred),
                    ..CodeAction::default()
                }));
            }
        }
        Ok(value(actions))
    }
}

/// The card of the record that an item stands for.
fn resolve(desk: &Desk, mut item: CompletionItem) -> Answer {
    let id = item.data.as_ref().and_then(|data| data.get("id")).and_then(Value::as_str);
    if let Some(of) = id.and_then(|id| desk.known.prepared.dossier.get(id)) {
        item.documentation = Some(Documentation::MarkupContent(markdown(hover::card(&desk.known, of))));
    }
    Ok(value(item))
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}
