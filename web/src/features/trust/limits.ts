/** How far a permission goes: what an effect suggests, and limits as text that can be edited. Pure. */
import type { Effect, Limits } from "@/api/types";

/** The kinds of which a limit lists values, one on each line. */
export const KINDS = ["paths", "hosts", "recipients", "commands"] as const;
export type Kind = (typeof KINDS)[number];
export type Draft = Record<Kind, string> & { most: string; currency: string };

export const NOTHING: Draft = { paths: "", hosts: "", recipients: "", commands: "", most: "", currency: "" };

const ofKind = (effect: Effect, kind: Kind): string[] => (kind === "commands" ? (effect.command === null ? [] : [effect.command]) : effect[kind]);

/** Exactly what an effect touches. */
export function exactly(effect: Effect): Draft {
  const lines = Object.fromEntries(KINDS.map((kind) => [kind, ofKind(effect, kind).join("\n")])) as Record<Kind, string>;
  return { ...lines, most: effect.amount?.amount ?? "", currency: effect.amount?.currency ?? "" };
}

export function touches(effect: Effect, kind: Kind): boolean { return ofKind(effect, kind).length > 0; }
export function isEmpty(effect: Effect): boolean { return !KINDS.some((kind) => touches(effect, kind)) && !effect.amount && !effect.diff; }

// What the server takes for more than plain words; such a command can only be allowed as it is.
const SHELL = /[;&|<>()$`\\\n\r*?[\]{}~#!]/;

const WIDER: Record<Kind, (value: string) => string[]> = {
  paths: (path) => { const folder = path.slice(0, path.lastIndexOf("/")); return folder ? [folder] : []; },
  hosts: (host) => { const name = host.replace(/:\d{1,5}$/, ""); return /^[\d.:[\]]+$/.test(name) ? [] : [name, `*.${name}`]; },
  recipients: (address) => { const domain = address.split("@")[1]; return domain && !address.startsWith("*") ? [`*@${domain}`] : []; },
  commands: (command) => {
    const first = command.trim().split(/\s+/);
    if (SHELL.test(command) || !first[0] || /["']/.test(command)) return [];
    return [...(first.length > 2 ? [`${first[0]} ${first[1]} *`] : []), `${first[0]} *`];
  },
};

/** Wider limits than exactly this one that make sense: its folder, its host, its first words. */
export function wider(effect: Effect, kind: Kind): string[] {
  const exact = new Set(ofKind(effect, kind));
  return [...new Set([...exact].flatMap(WIDER[kind]))].filter((value) => !exact.has(value)).slice(0, 6);
}

export function lines(text: string): string[] { return text.split("\n").map((line) => line.trim()).filter(Boolean); }

/** A command may run over several lines and is one value; everything else has one on each line. */
export function limitsOf(draft: Draft, command: string | null = null): Limits {
  const commands = command !== null && draft.commands === command ? [command] : lines(draft.commands);
  const most = draft.most.trim() ? { amount: draft.most.trim(), currency: draft.currency.trim().toUpperCase() } : null;
  return { paths: lines(draft.paths), hosts: lines(draft.hosts), recipients: lines(draft.recipients), commands, most };
}
