/** The small rules of Markdown that need no screen. */

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00a0", copy: "©", mdash: "—", ndash: "–", hellip: "…", larr: "←", rarr: "→", times: "×", middot: "·" };

/** `&amp;` → `&`; what is no entity we know stays as it is written. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    return code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) ? String.fromCodePoint(code) : whole;
  });
}

export interface SafeLink {
  href: string;
  /** As the network knows it: letters of other scripts in their ASCII form, so that no name passes for another. Empty for mail. */
  host: string;
  /** Within this Gitu. */
  inside: boolean;
}

const HERE = "http://here.invalid";
/** What the server answers itself; no screen stands there. */
const SERVED = /^\/(?:api|v1|mcp|metrics|health|assets)(?:\/|$)/;

/** Where a link may lead: the web, mail, or a screen of this Gitu; null for everything else. */
export function safeLink(href: string): SafeLink | null {
  let url: URL;
  try { url = new URL(decodeEntities(href), HERE); } catch { return null; }
  if (url.protocol === "mailto:") return { href: url.href, host: "", inside: false };
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const own = typeof location === "undefined" ? HERE : location.origin;
  if (url.origin !== HERE && url.origin !== own) return { href: url.href, host: url.host, inside: false };
  // A path begins with its stroke; whatever else has no host of its own is no address.
  if (url.origin === HERE && !/^\s*\//.test(decodeEntities(href))) return null;
  return SERVED.test(url.pathname) ? null : { href: `${url.pathname}${url.search}${url.hash}`, host: "", inside: true };
}

/** The host that a link's own words claim to lead to, where they look like an address. */
export function claimedHost(text: string): string | null {
  return /(?:^|[\s/@])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/u.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** An address in the parts a person should tell apart: what stands before the host, the host, all that is sent along. */
export function partsOf(href: string): { before: string; host: string; after: string } {
  const url = new URL(href);
  if (!url.host) return { before: "", host: "", after: href };
  const at = href.indexOf(url.host, href.indexOf("//") + 2 + (url.username ? url.username.length : 0) + (url.password ? url.password.length : 0));
  return { before: href.slice(0, at), host: url.host, after: href.slice(at + url.host.length) };
}
