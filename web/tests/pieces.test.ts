import { describe, expect, it } from "vitest";
import type { ActionInfo } from "../src/api/types";
import { backoff } from "../src/api/live";
import { complete } from "../src/features/assistant/commands";
import { tokenFrom } from "../src/features/identity/PersonForm";
import { fieldFor } from "../src/ui/Form";
import { relative } from "../src/ui/RelativeTime";
import { isMissingChunk } from "../src/ui/RouteError";

describe("a field's error from the server", () => {
  it.each([["password", "password"], ["body.password", "password"], ["body/name", "name"], ["models.0", "models.0"], ["nowhere", null], ["toString", null]])("%s lands on %s", (path, field) => {
    expect(fieldFor(path, { password: "", name: "", models: [] })).toBe(field);
  });
});

describe("a token", () => {
  it.each(["abc", "#abc", "http://127.0.0.1:8000/welcome#abc", "  abc \n"])("is found in %j", (text) => expect(tokenFrom(text)).toBe("abc"));
});

describe("reconnecting", () => {
  it("waits longer each time, up to a limit, spread by chance", () => {
    const waits = [0, 1, 2, 3, 10].map((attempt) => backoff(attempt, () => 0.5));
    expect(waits).toEqual([375, 750, 1500, 3000, 15_000]);
    expect(backoff(10, () => 1)).toBe(20_000);
    expect(backoff(0, () => 0)).toBe(250);
  });
});

describe("time ago", () => {
  it("is said in the page's language", () => {
    const now = Date.UTC(2026, 0, 2);
    expect(relative(now - 3 * 60_000, now, "en")).toBe("3 min. ago");
    expect(relative(now - 86_400_000, now, "en")).toBe("yesterday");
    expect(relative(now - 5000, now, "en")).toBe("now");
    expect(relative(now - 3 * 60_000, now, "ar")).toContain("قبل");
  });
});

describe("a screen's code that could not be fetched", () => {
  it.each(["Failed to fetch dynamically imported module: http://x/y.js", "error loading dynamically imported module", "Importing a module script failed."])("is known by %s", (message) => expect(isMissingChunk(new TypeError(message))).toBe(true));
  it("is not taken for a fault of the screen", () => expect(isMissingChunk(new Error("x is undefined"))).toBe(false));
});

describe("typing a command", () => {
  const action = (name: string, properties = {}, required: string[] = []): ActionInfo => ({ name, command: name.replace(".", " ").replaceAll("_", "-"), summary: name, feature: "", risk: "read", scope: "", http: null, doors: [], input_schema: { type: "object", properties, required } });
  const actions = [
    action("models.list_models"), action("models.test_connection", { connection_id: { type: "string" } }, ["connection_id"]),
    action("identity.create_invitation", { note: { anyOf: [{ type: "string" }, { type: "null" }] }, role: { enum: ["admin", "member"] }, active: { type: "boolean" } }, ["role"]),
  ];
  const labels = (text: string) => complete(text, actions).map(({ label }) => label);

  it("offers nothing for plain text", () => expect(labels("hello /models")).toEqual([]));
  it("offers every command after the slash", () => expect(labels("/")).toHaveLength(3));
  it("narrows by the beginning, and finds a verb without its feature", () => {
    expect(labels("/mod")).toEqual(["/models list-models", "/models test-connection"]);
    expect(labels("/invit")).toEqual(["/identity create-invitation"]);
  });
  it("offers the arguments, those that are needed first", () => expect(labels("/identity create-invitation ")).toEqual(["--role *", "--note", "--active"]));
  it("offers an argument's values, written either way", () => {
    expect(labels("/identity create-invitation --role ")).toEqual(["admin", "member"]);
    expect(labels("/identity create-invitation --role=m")).toEqual(["member"]);
    expect(complete("/identity create-invitation --role m", actions)[0]?.text).toBe("/identity create-invitation --role member ");
  });
  it("offers nothing in the place of what stops everything, so that Enter does it", () => {
    const stopping = [action("assistant.stop_everything"), action("assistant.stop_turn")];
    expect(complete("/sto", stopping)).toHaveLength(2);
    for (const text of ["/stop", "/STOP ", "/توقف", "/assistant stop-everything"]) expect(complete(text, stopping)).toEqual([]);
  });
  it("does not offer what was given", () => expect(labels('/identity create-invitation --note "two words" --role admin ')).toEqual(["--active"]));
});
