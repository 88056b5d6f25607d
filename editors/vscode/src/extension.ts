// Starts `attrib lsp` and shows in VS Code what it finds; asks for the reason when a finding is to be ignored.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

/** The command of a code action that wants a reason; its arguments are the draft, the finding and the rule. */
const ASK_REASON = "attrib.askReason";

/** The server's command that ignores a finding for a reason. */
const IGNORE = "attrib.ignore";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("attrib.restart", restart),
    vscode.commands.registerCommand(ASK_REASON, askReason),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attrib.command") || event.affectsConfiguration("attrib.languages")) {
        void restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("attrib");
  const [command, ...args] = settings.get<string[]>("command", ["attrib", "lsp"]);
  if (!command) {
    void vscode.window.showErrorMessage("attrib: the setting attrib.command is empty; give a command and arguments.");
    return;
  }
  const server: ServerOptions = { command, args };
  const options: LanguageClientOptions = {
    documentSelector: settings
      .get<string[]>("languages", [])
      .flatMap((language) => [{ scheme: "file", language }, { scheme: "untitled", language }]),
    initializationOptions: { asksReason: true },
    synchronize: { configurationSection: "attrib" },
  };
  client = new LanguageClient("attrib", "attrib", server, options);
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `attrib: ${command} could not be started (${reason}); install it with pip install 'attrib[lsp]', ` +
        "or name it in the setting attrib.command.",
    );
  }
}

/** Ask why a finding may stay, and have the server write that into the draft or beside it. */
async function askReason(uri: string, fingerprint: string, rule: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: `Ignore ${rule} here`,
    prompt: "Why may it stay? The next editor reads it in the draft.",
    validateInput: (text) => (text.trim() ? undefined : "Give a reason."),
  });
  if (reason?.trim() && client) {
    await client.sendRequest("workspace/executeCommand", { command: IGNORE, arguments: [uri, fingerprint, reason] });
  }
}
