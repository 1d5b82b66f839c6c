const STORAGE_KEY = "plushie.session";
const ID_PATTERN = /^[0-9a-f]{32}$/;

export interface SessionIdOptions {
  /** Lives as long as the tab. Absent when the person has turned storage off. */
  readonly storage?: Pick<Storage, "getItem" | "setItem"> | undefined;
  /** Tells tabs apart: a duplicated tab starts with a copy of the storage. Absent on pages without a secure origin. */
  readonly locks?: Pick<LockManager, "request"> | undefined;
  /** Fills with random bytes that nobody can guess; the id lets its bearer resume the session. */
  readonly fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * The id under which the server knows this tab: the same after a reload, another one in a duplicate. Held until the page is
 * gone. Where the browser has no locks, a duplicate has the same id and the server lets the newer connection win.
 */
export async function claimSessionId(options: SessionIdOptions): Promise<string> {
  const stored = read(options.storage);
  if (stored !== undefined && (await isFree(stored, options.locks))) return stored;
  const minted = mint(options.fillRandom);
  await isFree(minted, options.locks);
  write(options.storage, minted);
  return minted;
}

/** Takes the lock for good if nobody has it. */
function isFree(id: string, locks: SessionIdOptions["locks"]): Promise<boolean> {
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = locks.request(`${STORAGE_KEY}.${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Never settles: the lock ends with the page.
      return lock === null ? undefined : new Promise<void>(() => {});
    });
    // A page that may not use locks at all (an opaque origin) goes on without them.
    held.catch(() => resolve(true));
  });
}

function mint(fillRandom: SessionIdOptions["fillRandom"]): string {
  const bytes = new Uint8Array(16);
  fillRandom(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(storage: SessionIdOptions["storage"]): string | undefined {
  try {
    const stored = storage?.getItem(STORAGE_KEY);
    return typeof stored === "string" && ID_PATTERN.test(stored) ? stored : undefined;
  } catch {
    // Storage that throws is storage that is turned off: every load is a new session then.
    return undefined;
  }
}

function write(storage: SessionIdOptions["storage"], id: string): void {
  try {
    storage?.setItem(STORAGE_KEY, id);
  } catch {
    // Full or turned off: the id is good for this load only, which is what happens without storage anyway.
  }
}
