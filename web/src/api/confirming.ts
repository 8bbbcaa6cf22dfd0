/** Where a request needs the person to show again that it is them, a window asks, and the request is sent once more. */

export const CONFIRMATION_NEEDED = "auth.confirmation_needed";

let asker: (() => Promise<boolean>) | null = null;
let asking: Promise<boolean> | null = null;

/** The window that asks; resolves to whether the person was confirmed. Returns how to take it away. */
export function onConfirmation(ask: () => Promise<boolean>): () => void {
  asker = ask;
  return () => { if (asker === ask) asker = null; };
}

/** Asks once, however many requests wait for it. */
export function askConfirmation(): Promise<boolean> {
  asking ??= (asker?.() ?? Promise.resolve(false)).finally(() => { asking = null; });
  return asking;
}

/** Whether the answer says so; the answer itself can still be read. */
export async function needsConfirmation(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const problem = await response.clone().json().catch(() => null) as { code?: unknown } | null;
  return problem?.code === CONFIRMATION_NEEDED;
}
