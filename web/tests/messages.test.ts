import { describe, expect, it } from "vitest";
import type { Message, Page } from "../src/api/types";
import { inOrder, mergeNewest } from "../src/features/assistant/messages";

const message = (id: number): Message => ({ id: `m${id}`, session_id: "s", turn_id: "t", role: "person", parts: [], status: "complete", model: null, usage: null, error: null, created_at: "" });
/** Messages from `newest` down to `oldest`, as the server pages them. */
const page = (newest: number, oldest: number, next: string | null): Page<Message> => ({ items: Array.from({ length: newest - oldest + 1 }, (_, index) => message(newest - index)), next_cursor: next });
const ids = (pages: Page<Message>[]) => inOrder(pages).map(({ id }) => Number(id.slice(1)));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe("a session's messages", () => {
  it("stand in order of time, each once", () => {
    expect(ids([page(6, 4, "c4"), page(4, 1, null)])).toEqual(upTo(6));
  });

  it("leave no hole where new ones push old ones off the newest page", () => {
    expect(ids(mergeNewest([page(10, 6, "c6"), page(5, 1, null)], page(12, 8, "c8")))).toEqual(upTo(12));
  });

  it("keep the way to what is older still", () => {
    expect(mergeNewest([page(10, 6, "c6")], page(12, 8, "c8"))[0]?.next_cursor).toBe("c6");
  });

  it("lose what an edit took away", () => {
    const edited = { items: [message(20), message(8), message(7), message(6), message(5)], next_cursor: "c5" };
    expect(ids(mergeNewest([page(10, 6, "c6"), page(5, 1, null)], edited))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 20]);
  });

  it("start anew where more came than one page holds", () => {
    expect(mergeNewest([page(10, 6, "c6"), page(5, 1, null)], page(30, 26, "c26"))).toEqual([page(30, 26, "c26")]);
  });

  it("are what the server says where that is all there is", () => {
    expect(mergeNewest([page(3, 1, null)], page(4, 1, null))).toEqual([page(4, 1, null)]);
  });
});
