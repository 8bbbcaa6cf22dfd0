/** Slash commands: how an action is written in chat, and completion as one types. */
import type { ActionInfo, JsonSchema } from "@/api/types";

/** How an action is written in chat: `/erp create-invoice`. */
export function commandOf(action: Pick<ActionInfo, "command">): string {
  return `/${action.command}`;
}

const STOPPING = new Set(["/stop", "/توقف", "/assistant stop-everything"]);

/** Whether a text stops everything: taken while an answer is under way, and at once, whatever else begins like it. */
export function stops(text: string): boolean {
  return STOPPING.has(text.trim().toLowerCase());
}

export interface Completion { /** The whole text after taking it. */ text: string; label: string; hint: string }

/** A property's own schema, behind a reference or an “or null”. */
function resolve(schema: JsonSchema | undefined, root: JsonSchema): JsonSchema {
  if (schema?.$ref) return { ...resolve(root.$defs?.[schema.$ref.split("/").pop() ?? ""], root), description: schema.description };
  const branch = schema?.anyOf?.find((one) => one.type !== "null");
  return branch ? { ...resolve(branch, root), description: schema?.description } : (schema ?? {});
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map(String).join(" | ");
  return schema.format ?? schema.type ?? "";
}

/** Words of a command line; a quoted phrase counts as one. */
function words(text: string): string[] {
  return text.match(/"[^"]*"?|\S+/g) ?? [];
}

/** What can follow `text`: commands first, then the arguments of the one that is written, then an argument's values. */
export function complete(text: string, actions: ActionInfo[], limit = 8): Completion[] {
  if (!text.startsWith("/") || text.includes("\n") || stops(text)) return [];
  const action = actions.find((action) => text.startsWith(`${commandOf(action)} `));
  if (!action) {
    const typed = text.toLowerCase().replace(/\s+/g, " ");
    const wanted = typed.slice(1).replace(/[\s-]/g, "");
    const rank = (action: ActionInfo) => (commandOf(action).startsWith(typed) ? 0 : 1);
    return actions
      .filter((action) => commandOf(action).startsWith(typed) || commandOf(action).slice(1).replace(/[\s-]/g, "").includes(wanted))
      .sort((one, two) => rank(one) - rank(two) || one.name.localeCompare(two.name))
      .slice(0, limit)
      .map((action) => ({ text: `${commandOf(action)} `, label: commandOf(action), hint: action.summary }));
  }
  return completeArguments(text, action).slice(0, limit);
}

const optionOf = (name: string) => `--${name.replaceAll("_", "-")}`;
const nameOf = (word: string) => /^--([\w-]+)/.exec(word)?.[1]?.replaceAll("-", "_");

function valuesOf(schema: JsonSchema): string[] {
  return schema.enum?.map(String) ?? (schema.type === "boolean" ? ["true", "false"] : []);
}

function completeArguments(text: string, action: ActionInfo): Completion[] {
  const root = action.input_schema;
  const properties = Object.entries(root.properties ?? {}).map(([name, schema]) => ({ name, schema: resolve(schema, root), required: root.required?.includes(name) ?? false }));
  const find = (name: string | undefined) => properties.find((property) => property.name === name);
  const typed = words(text.slice(commandOf(action).length));
  const open = text.endsWith(" ") ? "" : (typed.pop() ?? "");
  const base = text.slice(0, text.length - open.length);

  // `--role=adm` and `--role adm` both mean a value.
  const [option, value] = open.includes("=") ? open.split("=", 2) : [undefined, open];
  const before = typed.at(-1) ?? "";
  const waiting = find(nameOf(option ?? (before.startsWith("--") && !before.includes("=") ? before : "")));
  if (waiting && !open.startsWith("--") || option) {
    const prefix = option ? `${option}=` : "";
    return waiting ? valuesOf(waiting.schema).filter((one) => one.startsWith(value ?? "")).map((one) => ({ text: `${base}${prefix}${one} `, label: one, hint: "" })) : [];
  }
  const given = new Set(typed.map(nameOf));
  return properties
    .filter(({ name }) => !given.has(name) && optionOf(name).startsWith(open))
    .sort((one, two) => Number(two.required) - Number(one.required))
    .map(({ name, schema, required }) => ({
      text: `${base}${optionOf(name)} `, label: `${optionOf(name)}${required ? " *" : ""}`, hint: [typeOf(schema), schema.description].filter(Boolean).join(" · "),
    }));
}
