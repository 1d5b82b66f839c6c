import { copyFileSync, mkdirSync } from "node:fs";
import { HELLO, makeSshFolder, type OpenSsh, openSsh, type SshFolder } from "../integration/ssh-rig.ts";
import { type PadProcess, startPadProcess } from "./pad-process.ts";

/** Where a client's key is listed as that of the account the pad runs in. */
export function makeHome(): SshFolder {
  const folder = makeSshFolder();
  mkdirSync(`${folder.path}/.ssh`, { mode: 0o700 });
  copyFileSync(folder.authorizedKeysFile, `${folder.path}/.ssh/authorized_keys`);
  return folder;
}

export function startPadWithSsh(home: SshFolder, sshPort = 0): Promise<PadProcess> {
  return startPadProcess(home.dataDirectory, { sshPort, home: home.path });
}

/** A person at the other end of OpenSSH's client: speaks for a renderer and says what the person does. */
export class SshPerson {
  readonly ssh: OpenSsh;

  constructor(pad: PadProcess, home: SshFolder) {
    if (pad.sshPort === undefined) throw new Error(`the pad has no SSH:\n${pad.output()}`);
    this.ssh = openSsh(pad.sshPort, home.keyFile, ["localhost", "-s", "plushie"]);
    this.ssh.renderer.say(HELLO);
  }

  shows(text: string): Promise<void> {
    return this.ssh.renderer.shows(text);
  }

  click(id: string): void {
    this.ssh.renderer.click(`main#${id}`);
  }

  /** Opens a file; returns the id of its editor. */
  async open(name: string): Promise<string> {
    await this.shows(`file-scroll/${name}/select`);
    this.click(`sidebar/file-scroll/${name}/select`);
    await this.shows(`${name} - Plushie Pad`);
    const editor = [...this.ssh.renderer.shown.matchAll(/"main#(editor-\w+\/editor)"/g)].at(-1)?.[1];
    if (editor === undefined) throw new Error(`no editor is shown for ${name}`);
    return editor;
  }

  write(editor: string, value: string): void {
    this.ssh.renderer.say({ type: "event", session: "", family: "input", id: `main#${editor}`, value });
  }

  save(): void {
    this.click("toolbar/save-tip/save");
  }

  async leave(): Promise<number | null> {
    this.ssh.renderer.hangUp();
    return await this.ssh.exit;
  }
}
