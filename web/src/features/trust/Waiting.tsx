import { useParams, useRouterState } from "@tanstack/react-router";
import { Hand, X } from "lucide-react";
import { Suspense, lazy, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { live } from "@/api/live";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import classes from "./Waiting.module.css";
import { useWaiting } from "./waiting";

const RequestInDialog = lazy(() => import("./RequestInDialog").then((module) => ({ default: module.RequestInDialog })));

/** Says that something just began to wait for the person's word, where they don't see its card already; opens it in place. */
export function Waiting() {
  const { t } = useTranslation();
  const { sessionId } = useParams({ strict: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { requests } = useWaiting();
  const [asked, setAsked] = useState<string[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => live.onEvent(({ type, data }) => {
    if (type === "approval.requested" && typeof data.approval_id === "string") setAsked((before) => [...before.slice(-20), String(data.approval_id)]);
  }), []);
  const request = requests.find(({ id, session_id }) => asked.includes(id) && !(session_id && session_id === sessionId) && path !== "/permissions");
  return (
    <>
      <p className="sr-only" role="status">{requests.some(({ id }) => asked.includes(id)) ? t("waiting.said") : ""}</p>
      {request && !shown && (
        <div className={classes.banner}>
          <Hand size={16} aria-hidden />
          <p>{t("waiting.asks")} <bdi>{request.title}</bdi></p>
          <Button variant="default" onClick={() => setShown(request.id)}>{t("waiting.look")}</Button>
          <IconButton label={t("waiting.later")} small onClick={() => setAsked(asked.filter((id) => id !== request.id))}><X size={16} aria-hidden /></IconButton>
        </div>
      )}
      {shown && (
        <Dialog opened onClose={() => setShown(null)} title={t("waiting.title")} bare placement="top">
          <Suspense fallback={null}><RequestInDialog approvalId={shown} onClose={() => setShown(null)} /></Suspense>
        </Dialog>
      )}
    </>
  );
}
