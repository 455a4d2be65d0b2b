-- Neovim, which we did not write, with `sourcebook lsp`: PROGRAM and DOSSIER in the environment; `nvim --headless -u NONE -S neovim.lua`.
-- Ends with `N passed, N failed`.
local program, root = os.getenv("PROGRAM"), os.getenv("DOSSIER")
local claims, article = root .. "/content/sheets/claims.yaml", root .. "/content/articles/footbridge.md"
local passed, failed = 0, 0

local function check(name, is_so, found)
  if is_so then passed = passed + 1 else
    failed = failed + 1
    io.stdout:write("FAILED: " .. name .. ": " .. vim.inspect(found) .. "\n")
  end
end

local function keys(text)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(text, true, false, true), "t", false)
end

vim.o.hidden, vim.o.swapfile, vim.o.autoindent = true, false, false
vim.cmd("edit " .. vim.fn.fnameescape(claims))
local client = vim.lsp.start_client({ cmd = { program, "lsp" }, root_dir = root, name = "sourcebook" })
vim.lsp.buf_attach_client(0, client)
vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"

local function ask(method, params)
  local answer = vim.lsp.buf_request_sync(0, method, params, 8000) or {}
  return (answer[client] or {}).result
end

-- The caret on words of the buffer.
local function at(words)
  vim.fn.cursor(1, 1)
  check("`" .. words .. "` is there", vim.fn.search(words, "cW") > 0, words)
  return vim.lsp.util.make_position_params(0, vim.lsp.get_client_by_id(client).offset_encoding)
end

local steps = {}
local function step(run) table.insert(steps, run) end
local function go(n)
  if not steps[n] then
    io.stdout:write(passed .. " passed, " .. failed .. " failed\n")
    io.stdout:flush()
    vim.cmd(failed == 0 and "qall!" or "cquit!")
    return
  end
  local wait = steps[n]() or 50
  vim.defer_fn(function() go(n + 1) end, wait)
end

step(function()
  vim.wait(8000, function() return vim.lsp.buf_is_attached(0, client) and vim.lsp.get_client_by_id(client) ~= nil end)
  local hover = ask("textDocument/hover", at("thomas-brack"))
  check("hover", hover and hover.contents.value:find("Thomas Brack"), hover)
  local symbols = ask("textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() })
  check("outline", symbols and symbols[1].name == "curation" and #symbols == 2 and #symbols[2].children > 5, symbols)
  local places = at("thomas-brack")
  places.context = { includeDeclaration = true }
  local found = ask("textDocument/references", places)
  check("references", found and #found > 3, found)
end)
step(function()
  -- An id with hyphens, in insert mode, through the editor's own completion.
  at("by: thomas-brack")
  keys("cc    by: thomas-b<C-x><C-o>")
  return 2500
end)
step(function()
  keys("<Esc>")
  return 300
end)
step(function()
  check("completion of an id", vim.api.nvim_get_current_line():match("by: thomas%-brack$"), vim.api.nvim_get_current_line())
  keys("cc    by: thomas-brak<Esc>")
  return 2500
end)
step(function()
  local found = vim.diagnostic.get(0)
  local codes = vim.tbl_map(function(d) return d.user_data and d.user_data.lsp and d.user_data.lsp.code or d.code end, found)
  check("diagnostics as one types", vim.tbl_contains(codes, "unknown-id"), found)
  local row = vim.fn.line(".") - 1
  local params = vim.lsp.util.make_range_params()
  params.range = { start = { line = row, character = 0 }, ["end"] = { line = row, character = 20 } }
  params.context = { diagnostics = {} }
  local actions = ask("textDocument/codeAction", params) or {}
  local fix = vim.tbl_filter(function(action) return action.title == "Write `thomas-brack`" end, actions)[1]
  check("a fix is offered", fix ~= nil, actions)
  if fix then vim.lsp.util.apply_workspace_edit(fix.edit, vim.lsp.get_client_by_id(client).offset_encoding) end
  check("the fix is applied", vim.api.nvim_get_current_line():match("by: thomas%-brack$"), vim.api.nvim_get_current_line())
  return 1500
end)
step(function()
  local params = at("thomas-brack")
  params.newName = "t-brack"
  local edit = ask("textDocument/rename", params)
  check("rename", edit ~= nil, edit)
  if edit then vim.lsp.util.apply_workspace_edit(edit, vim.lsp.get_client_by_id(client).offset_encoding) end
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  check("no old id is left", not text:find("thomas%-brack") and text:find("t%-brack"), nil)
  local actors = vim.fn.bufnr(root .. "/content/sheets/actors.yaml")
  local other = actors > 0 and table.concat(vim.api.nvim_buf_get_lines(actors, 0, -1, false), "\n") or ""
  check("the other file too", other:find("\n  t%-brack:"), actors)
  return 500
end)
step(function()
  vim.cmd("edit " .. vim.fn.fnameescape(article))
  vim.lsp.buf_attach_client(0, client)
  vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
  vim.fn.cursor(vim.fn.line("$"), 1)
  keys("Go<CR>So says the council [@council-22<C-x><C-o>")
  return 2500
end)
step(function()
  keys("<Esc>A]<Esc>")
  return 300
end)
step(function()
  check("completion behind @", vim.api.nvim_get_current_line() == "So says the council [@council-22-injured]", vim.api.nvim_get_current_line())
  keys("oSee [[mill-f<C-x><C-o>")
  return 2500
end)
step(function()
  keys("<Esc>A]]<Esc>")
  return 300
end)
step(function()
  check("completion behind [[", vim.api.nvim_get_current_line() == "See [[mill-footbridge]]", vim.api.nvim_get_current_line())
  local found = ask("textDocument/definition", at("mill-footbridge]]"))
  check("definition", found and found.uri:find("events%-and%-places"), found)
end)
vim.defer_fn(function() go(1) end, 500)
