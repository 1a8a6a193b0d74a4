//! caveat in Zed: which program is the language server. Zed builds this for itself when the folder is installed.

use zed_extension_api::{
    self as zed, settings::LspSettings, Command, LanguageServerId, Result, Worktree,
};

struct Caveat;

impl zed::Extension for Caveat {
    fn new() -> Self {
        Self
    }

    /// What the settings name under `lsp.caveat.binary`, else the `caveat` of `PATH`.
    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, arguments) =
            binary.map_or((None, None), |binary| (binary.path, binary.arguments));
        let command = path.or_else(|| worktree.which("caveat")).ok_or(
            "caveat is not on PATH: install it, or name it in the settings under lsp.caveat.binary.path",
        )?;
        Ok(Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    /// The settings under `lsp.caveat.settings`, as the server asks for them.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| zed::serde_json::json!({ "caveat": settings })))
    }
}

zed::register_extension!(Caveat);
