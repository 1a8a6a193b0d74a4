-- A writer's session in Neovim, old (0.7) or new (0.11): `check` is what `caveat check --format json` said of the same page.

local check = vim.json and vim.json.decode or vim.fn.json_decode
local expected = check(table.concat(vim.fn.readfile(vim.env.CHECK), "\n")).findings
local patience = 15000

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, holds)
  if not vim.wait(patience, holds, 20) then
    fail(what .. ": not within " .. patience .. " ms\n" .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

-- the words of the buffer under a diagnostic
local function text_of(diagnostic)
  local text = vim.api.nvim_buf_get_text(0, diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col, {})
  return table.concat(text, "\n")
end

local function found(code)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.code == code then
      return diagnostic
    end
  end
end

local function client()
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return get({ bufnr = 0 })[1]
end

-- what the server answers to a question about a place, as text
local function asked(method, line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local position = vim.lsp.util.make_position_params(0, client().offset_encoding)
  local answers = vim.lsp.buf_request_sync(0, method, position, patience) or {}
  for _, answer in pairs(answers) do
    return vim.fn.json_encode(answer.result or answer.error or vim.NIL)
  end
  fail(method .. ": no answer")
end

local function has(text, part, what)
  if not string.find(text, part, 1, true) then
    fail(what .. ": `" .. part .. "` is not in " .. text)
  end
end

-- the newest Neovim can be told to ask again; 0.11 asks, and lacks this much
if vim.env.PULL then
  local can = vim.lsp.protocol.make_client_capabilities()
  can.workspace.diagnostics = { refreshSupport = true }
  vim.lsp.config("caveat", {
    capabilities = can,
    handlers = {
      ["workspace/diagnostic/refresh"] = function(_, _, context)
        for buffer in pairs(vim.lsp.get_client_by_id(context.client_id).attached_buffers) do
          vim.lsp.util._refresh("textDocument/diagnostic", { bufnr = buffer, client_id = context.client_id })
        end
        return vim.NIL
      end,
    },
  })
end

vim.cmd("edit page.md")
wait_for("as many findings as check has", function()
  return #vim.diagnostic.get(0) == #expected
end)
if (client().server_capabilities.diagnosticProvider ~= nil) ~= (vim.env.PULL ~= nil) then
  fail("who asks for findings is not who was to ask")
end
if client().offset_encoding ~= vim.env.ENCODING then
  fail("the encoding is " .. client().offset_encoding)
end
for _, finding in ipairs(expected) do
  local diagnostic = found(finding.rule .. "/" .. finding.code)
  if not diagnostic or text_of(diagnostic) ~= finding.text then
    fail(finding.rule .. " should be at `" .. finding.text .. "`: " .. vim.inspect(diagnostic))
  end
end
has(vim.inspect(found("house/past-performance/altered")), "https://example.com/style#past", "the address of the law")
has(vim.inspect(found("house/past-performance/altered")), "house.toml", "the place of the approved wording")

-- an edit before a finding on its line moves the finding
local before = found("core/promised-returns/prohibited").col
vim.api.nvim_buf_set_text(0, 6, 0, 6, 0, { "É 🎈🎈 " })
wait_for("the finding moves", function()
  local diagnostic = found("core/promised-returns/prohibited")
  return diagnostic and diagnostic.col == before + #"É 🎈🎈 " and text_of(diagnostic) == "guaranteed\nprofits"
end)

-- hover and completion
has(asked("textDocument/hover", 5, 44), "Style book, page 4", "hover over a finding")
vim.api.nvim_buf_set_lines(0, 5, 5, true, { "", "<!-- caveat-disable-next-line co" })
has(asked("textDocument/completion", 7, 32), "core/promised-returns", "completion of a rule in a waiver")
vim.api.nvim_buf_set_lines(0, 5, 7, true, {})

-- the fix, by the way that a person takes
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    local action = item.action or item[2]
    if string.find(action.title, "approved wording", 1, true) then
      return choose(item)
    end
  end
  fail("no action restores the approved wording: " .. vim.inspect(items))
end
local altered = found("house/past-performance/altered")
vim.api.nvim_win_set_cursor(0, { altered.lnum + 1, altered.col })
vim.lsp.buf.code_action()
wait_for("the fix is applied", function()
  return lines():find("*past performance* is not a reliable indicator", 1, true) ~= nil
end)
wait_for("the finding is gone", function()
  return not found("house/past-performance/altered") and #vim.diagnostic.get(0) == #expected - 1
end)

-- a rule that is switched off in the buffer of caveat.toml is off in the page, before anything is saved
local page = vim.api.nvim_get_current_buf()
vim.o.hidden = true
vim.cmd("edit caveat.toml")
wait_for("the server reads caveat.toml", client)
local end_of_file = vim.api.nvim_buf_line_count(0)
vim.api.nvim_buf_set_lines(0, end_of_file, end_of_file, true, { '[rules."core/promised-returns"]', 'severity = "off"' })
wait_for("the page is judged again", function()
  return #vim.diagnostic.get(page) == 0
end)
vim.api.nvim_buf_set_lines(0, 0, 0, true, { "pakcs = 1 # 🎈" })
wait_for("a mistake in caveat.toml has its place", function()
  local first = vim.diagnostic.get(0)[1]
  return first and text_of(first) == "pakcs"
end)

-- and the server ends when it is told to
local server = client()
vim.lsp.stop_client(server.id)
wait_for("the server ends", function()
  return vim.lsp.get_client_by_id(server.id) == nil
end)
print("neovim, " .. vim.env.ENCODING .. (vim.env.PULL and ", pulled" or ", pushed") .. ": all holds\n")
vim.cmd("quitall!")
