import { useInfiniteQuery } from "@tanstack/react-query";
import { OctagonX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import i18next from "i18next";
import { call, client } from "@/api/client";
import { useMe } from "@/features/identity/queries";
import { toastDone, toastError } from "@/ui/toast";
import { sessionsQuery } from "./queries";
import classes from "./StopEverything.module.css";

/** Ends every answer of the person's, in whichever window or terminal it was asked; no tool call begins after it. */
export async function stopEverything(): Promise<void> {
  try {
    const { answers } = await call(client.POST("/stop"));
    toastDone(i18next.t("common:stop.stopped", { count: answers }));
  } catch (error) { toastError(error); }
}

/** In the app's frame while something acts for the person, wherever they are. */
export function StopEverything({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const { data } = useInfiniteQuery(sessionsQuery());
  const runs = data?.pages.some(({ items }) => items.some(({ active_turn_id, owner_name }) => active_turn_id !== null && owner_name === me.name));
  if (!runs) return null;
  const stop = () => { setBusy(true); void stopEverything().finally(() => setBusy(false)); };
  return (
    <button type="button" className={classes.stop} data-small={small || undefined} disabled={busy} onClick={stop} aria-keyshortcuts="Control+. Meta+.">
      <OctagonX size={16} aria-hidden /><span>{t("stop.everything")}</span>{!small && <kbd>{/mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘." : "Ctrl ."}</kbd>}
    </button>
  );
}
