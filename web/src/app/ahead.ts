/** What the address that was opened will need, asked for beside what every screen needs instead of after it. */
import { queryClient } from "@/api/query";
import { meQuery } from "@/features/identity/queries";

interface Ahead { at: RegExp; texts: string; fetch: () => Promise<unknown>[] }

const chat = () => [queryClient.prefetchQuery(meQuery), import("./Shell"), import("@/features/assistant/ChatPage")];

/** The screens that most visits begin with. */
const SCREENS: Ahead[] = [
  { at: /^\/$/, texts: "assistant", fetch: chat },
  { at: /^\/chat\//, texts: "assistant", fetch: () => [...chat(), import("@/ui/Markdown")] },
  { at: /^\/sign-in$/, texts: "identity", fetch: () => [import("@/features/identity/SignIn")] },
];

/** Begins to fetch; returns the names of the texts to load first. What fails is asked for again, and told, by the screen itself. */
export function fetchAhead(path: string): string[] {
  const screen = SCREENS.find(({ at }) => at.test(path));
  if (!screen) return [];
  for (const fetched of screen.fetch()) fetched.catch(() => undefined);
  return [screen.texts];
}
