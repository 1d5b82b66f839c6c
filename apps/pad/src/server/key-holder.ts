import { createHash } from "node:crypto";
import type { Participant } from "plushie/room";
import type { SshSession } from "plushie/server";

/**
 * Who comes with a key: the same person as at the last visit, under the name and with the open file they had. A second
 * window of the same key is a person of its own, since two cannot have one id.
 */
export function keyHolder(
  { fingerprint }: Pick<SshSession, "fingerprint">,
  present: readonly Pick<Participant, "id">[],
): Participant {
  const key = `ssh-${createHash("sha256").update(fingerprint).digest("hex").slice(0, 16)}`;
  const taken = new Set(present.map(({ id }) => id));
  let id = key;
  for (let window = 2; taken.has(id); window += 1) id = `${key}-${window}`;
  return { id, name: id };
}
