import { Suspense, lazy, useEffect, useState } from "react";
import { onConfirmation } from "@/api/confirming";

const ConfirmDialog = lazy(() => import("./ConfirmIdentityDialog").then((module) => ({ default: module.ConfirmIdentityDialog })));

/** Asks who one is where a request needs to know; there is one of these on every screen. */
export function ConfirmIdentity() {
  const [answer, setAnswer] = useState<((confirmed: boolean) => void) | null>(null);
  useEffect(() => onConfirmation(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  const end = (confirmed: boolean) => { setAnswer(null); answer(confirmed); };
  return <Suspense fallback={null}><ConfirmDialog onEnd={end} /></Suspense>;
}
