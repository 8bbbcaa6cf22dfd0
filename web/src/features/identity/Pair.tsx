import { useQuery } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { WaitingTerminal } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Detail } from "@/ui/Detail";
import { ErrorState } from "@/ui/ErrorState";
import { Notice } from "@/ui/Notice";
import { Pending } from "@/ui/Pending";
import { revealed } from "@/ui/revealed";
import { Countdown, useSecondsUntil } from "./Countdown";
import { Gate } from "./Gate";
import classes from "./identity.module.css";
import { tokenFrom } from "./PersonForm";
import { meQuery } from "./queries";

const KEPT = "gitu.pair";

/** The token of the link. It leaves the address at once and waits in this window alone while the person signs in. */
function takeToken(): string {
  const given = tokenFrom(window.location.hash);
  if (given) {
    sessionStorage.setItem(KEPT, given);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? "";
}

/** `/pair#TOKEN`, scanned from a terminal: shows which one it is, and links it or turns it down. */
export function Pair() {
  const { t } = useTranslation("identity");
  const [token] = useState(takeToken);
  const { data: me, isPending } = useQuery(meQuery);
  if (isPending) return <Pending />;
  if (!me) return <Navigate to="/sign-in" search={{ next: "/pair" }} replace />;
  if (!token) return <Gate title={t("pair_title")}><Notice tone="warn">{t("pair_nothing")}</Notice></Gate>;
  return <Asked token={token} />;
}

function Asked({ token }: { token: string }) {
  const { t } = useTranslation("identity");
  const [ended, setEnded] = useState<"linked" | "denied" | null>(null);
  const waiting = useQuery({ queryKey: ["pairing", token], retry: false, staleTime: Infinity, queryFn: () => call(client.POST("/pairings/look", { body: { token } })) });
  useEffect(() => { if (ended || waiting.isError) sessionStorage.removeItem(KEPT); }, [ended, waiting.isError]);
  if (ended) {
    return (
      <Gate title={t(`pair_${ended}`)} intro={t(`pair_${ended}_text`)}>
        <p className={classes.aside}><Link to="/settings/devices">{t("pair_devices")}</Link></p>
      </Gate>
    );
  }
  return (
    <Gate title={t("pair_title")} intro={t("pair_intro")}>
      {waiting.isPending && <Pending />}
      {waiting.isError && <ErrorState error={waiting.error} />}
      {waiting.data && <Decision token={token} terminal={waiting.data} onDecided={(linked) => setEnded(linked ? "linked" : "denied")} />}
    </Gate>
  );
}

function Decision({ token, terminal, onDecided }: { token: string; terminal: WaitingTerminal; onDecided: (linked: boolean) => void }) {
  const { t } = useTranslation("identity");
  const seconds = useSecondsUntil(terminal.expires_at);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const decide = async (approve: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      await call(client.POST("/pairings/decide", { body: { token, approve } }));
      onDecided(approve);
    } catch (error) {
      setFailure(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.stack}>
      <p className={classes.code} aria-label={t("pair_code")}><Num>{terminal.code}</Num></p>
      <Detail items={[{ label: t("pair_terminal"), value: revealed(terminal.name) }, { label: t("pair_address"), value: terminal.address && <Num>{terminal.address}</Num> }]} />
      <Notice tone="warn">{t("pair_check")}</Notice>
      <Countdown seconds={seconds} />
      {failure && <Notice tone="bad">{failure}</Notice>}
      <Button block loading={busy} disabled={seconds === 0} onClick={() => void decide(true)}>{t("pair_link")}</Button>
      <Button block variant="default" disabled={busy || seconds === 0} onClick={() => void decide(false)}>{t("pair_deny")}</Button>
    </div>
  );
}
