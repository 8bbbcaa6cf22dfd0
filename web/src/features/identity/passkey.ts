/** The browser's side of passkeys: https://www.w3.org/TR/webauthn-3/ */

type Question = Record<string, unknown>;
export type Answer = Record<string, unknown>;

/** Whether this browser has passkeys on a page like this one: they know names only, no numeric addresses. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential && !isNumeric(window.location.hostname);
}

/** The same page under a name, where that is what is missing: a passkey of this machine is for `localhost`. */
export function namedAddress(): string | null {
  const { hostname, href } = window.location;
  return hostname === "127.0.0.1" || hostname === "[::1]" ? href.replace(`//${hostname}`, "//localhost") : null;
}

function isNumeric(hostname: string): boolean {
  return hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
}

function answer(credential: Credential | null): Answer | null {
  return credential ? ((credential as PublicKeyCredential).toJSON() as unknown as Answer) : null;
}

/** Asks the person's device to make a passkey; null when they closed its window. */
export function makePasskey(options: Question): Promise<Answer | null> {
  return asked(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON) }));
}

/** Asks for a passkey of this Gitu; null when the person closed the window, or has none. */
export function askPasskey(options: Question): Promise<Answer | null> {
  return asked(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON) }));
}

async function asked(ask: () => Promise<Credential | null>): Promise<Answer | null> {
  try {
    return answer(await ask());
  } catch (cause) {
    // Browsers tell a closed window, a missing passkey and a time-out apart for nobody.
    if (cause instanceof DOMException && (cause.name === "NotAllowedError" || cause.name === "AbortError")) return null;
    throw cause;
  }
}
