// CodeMirror's client of language servers, which we did not write, with `sourcebook lsp`: node codemirror.mjs PROGRAM DOSSIER
// Ends with `N passed, N failed`.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";

const [program, root] = process.argv.slice(2);
const dom = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of ["window", "document", "MutationObserver", "Node", "HTMLElement", "Element", "Range", "DOMRect", "Window", "Event", "KeyboardEvent"]) {
  if (!(name in globalThis) && dom.window[name]) globalThis[name] = name === "window" ? dom.window : dom.window[name];
}
globalThis.requestAnimationFrame = (run) => setTimeout(run, 0);
globalThis.cancelAnimationFrame = clearTimeout;
globalThis.getSelection = () => dom.window.getSelection();
// jsdom draws nothing.
const none = () => ({ left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 });
dom.window.Range.prototype.getClientRects = () => [];
dom.window.Range.prototype.getBoundingClientRect = none;

const { EditorState } = await import("@codemirror/state");
const { EditorView } = await import("@codemirror/view");
const { CompletionContext } = await import("@codemirror/autocomplete");
const { LSPClient, LSPPlugin, serverCompletionSource, serverDiagnostics } = await import("@codemirror/lsp-client");

// Messages between the two, framed as the protocol has them.
function transport() {
  const child = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const handlers = new Set();
  let buffer = Buffer.alloc(0);
  child.stdout.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
      if (buffer.length < head + 4 + length) return;
      const body = buffer.subarray(head + 4, head + 4 + length).toString();
      buffer = buffer.subarray(head + 4 + length);
      told.push(JSON.parse(body));
      handlers.forEach((handle) => handle(body));
    }
  });
  return {
    child,
    send: (message) => child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`),
    subscribe: (handle) => handlers.add(handle),
    unsubscribe: (handle) => handlers.delete(handle),
  };
}

const told = [];
let passed = 0, failed = 0;
const check = (name, isSo, found) => {
  if (isSo) passed += 1;
  else { failed += 1; console.log(`FAILED: ${name}:`, JSON.stringify(found)?.slice(0, 600)); }
};
const until = async (is) => {
  for (let n = 0; n < 200 && !is(); n += 1) await new Promise((done) => setTimeout(done, 50));
  return is();
};

const wire = transport();
const client = new LSPClient({ rootUri: pathToFileURL(root).href, extensions: [serverDiagnostics()] });
client.connect(wire);
await client.initializing;
check("it greets", client.connected && client.serverCapabilities.completionProvider, client.serverCapabilities);

function open(path, text) {
  const uri = pathToFileURL(`${root}/${path}`).href;
  const state = EditorState.create({ doc: text ?? readFileSync(`${root}/${path}`, "utf8"), extensions: [client.plugin(uri, "yaml")] });
  return new EditorView({ state, parent: document.body });
}

// Types words at a place, asks as the editor does, and takes the item with a label.
async function complete(view, at, typed, label) {
  view.dispatch({ changes: { from: at, insert: typed }, selection: { anchor: at + typed.length } });
  const pos = at + typed.length;
  const result = await serverCompletionSource(new CompletionContext(view.state, pos, true, view));
  const item = result?.options.find((option) => option.label === label);
  check(`${label} is offered for ${typed}`, item, result?.options.map((option) => option.label));
  if (!item) return null;
  const from = result.from;
  if (typeof item.apply === "function") item.apply(view, item, from, pos);
  else view.dispatch({ changes: { from, to: pos, insert: item.apply ?? item.label } });
  return view.state.doc.toString();
}

const claims = open("content/sheets/claims.yaml");
let text = claims.state.doc.toString();
const by = text.indexOf("by: thomas-brack") + 4;
claims.dispatch({ changes: { from: by, to: by + "thomas-brack".length, insert: "" } });
text = await complete(claims, by, "brack", "thomas-brack");
check("an id is taken once", text?.slice(by, by + 13) === "thomas-brack\n", text?.slice(by, by + 30));

const article = open("content/articles/footbridge.md");
const end = article.state.doc.length;
text = await complete(article, end, "\n\nAs [@council-22", "council-22-injured");
check("behind @", text?.endsWith("As [@council-22-injured"), text?.slice(-40));
text = await complete(article, article.state.doc.length, "]. See [[mill-f", "mill-footbridge");
check("behind [[", text?.endsWith("See [[mill-footbridge"), text?.slice(-40));

claims.dispatch({ changes: { from: by, to: by + "thomas-brack".length, insert: "nobody-at-all" } });
LSPPlugin.get(claims).client.sync();
const isTold = () => told.some((m) => m.method === "textDocument/publishDiagnostics" && m.params.diagnostics.some((d) => d.code === "unknown-id" && d.message.includes("nobody-at-all")));
check("faults are told as one types", await until(isTold), told.slice(-1));

const place = LSPPlugin.get(article).toPosition(article.state.doc.toString().indexOf("council-22-injured"));
const params = { textDocument: { uri: LSPPlugin.get(article).uri }, position: place };
const hover = await client.request("textDocument/hover", params);
check("hover", hover?.contents?.value?.includes("`council-22-injured`"), hover);
const definition = await client.request("textDocument/definition", params);
check("definition", definition?.uri?.endsWith("claims.yaml"), definition);

console.log(`${passed} passed, ${failed} failed`);
wire.child.kill();
process.exit(failed === 0 ? 0 : 1);
