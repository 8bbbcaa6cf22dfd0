import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import { live } from "@/api/live";
import type { PairingToken } from "@/api/types";
import { Button } from "@/ui/Button";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Pending } from "@/ui/Pending";
import { toastDone } from "@/ui/toast";
import { Countdown, useSecondsUntil } from "./Countdown";
import classes from "./identity.module.css";

/** Makes a token and shows it with its time; closes by itself once a terminal has used it. */
export function LinkTerminal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  // Made when this opens and forgotten when it closes.
  const { data: made, error, isFetching, refetch } = useQuery({ queryKey: ["pairing-token"], queryFn: () => call(client.POST("/pairing-tokens")), staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false });
  useEffect(() => live.onEvent(({ type }) => {
    if (type !== "device.added") return;
    void cache.invalidateQueries({ queryKey: ["devices"] });
    toastDone(t("terminal_linked"));
    onClose();
  }), [cache, onClose, t]);
  return (
    <Dialog opened onClose={onClose} title={t("link_terminal")}>
      <div className={classes.stack}>
        {isFetching && <Pending />}
        {error && !isFetching && <Notice tone="bad">{sentence(error)}</Notice>}
        {made && !isFetching && <Made made={made} />}
        <div className={classes.buttons}>
          <Button onClick={onClose} data-autofocus>{t("done")}</Button>
          <Button variant="subtle" onClick={() => void refetch()}>{t("new_token")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Made({ made }: { made: PairingToken }) {
  const { t } = useTranslation("identity");
  const seconds = useSecondsUntil(made.expires_at);
  if (seconds === 0) return <Notice tone="warn">{t("token_run_out")}</Notice>;
  return (
    <>
      <p>{t("link_terminal_text")}</p>
      <CopyField value={made.command} label={t("command")} />
      <details className={classes.more}>
        <summary>{t("token_only")}</summary>
        <CopyField value={made.token} label={t("token")} />
        <img className={classes.qr} src={made.qr} alt={t("token_qr")} />
      </details>
      <Countdown seconds={seconds} />
      <p className={classes.soft}>{t("link_by_qr")} <code dir="ltr">gitu auth --qr</code></p>
    </>
  );
}
