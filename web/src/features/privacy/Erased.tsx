import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Gate } from "@/features/identity/Gate";
import { tokenFrom } from "@/features/identity/PersonForm";
import { CopyField } from "@/ui/CopyField";
import { ErrorState } from "@/ui/ErrorState";
import { Notice } from "@/ui/Notice";
import { Pending } from "@/ui/Pending";
import { ExactTime } from "@/ui/RelativeTime";
import { Amounts } from "./Amounts";
import { reportQuery } from "./queries";
import classes from "./privacy.module.css";

/** `/erased#RECEIPT`: the report of an erasure, for someone who has no account any more. */
export function Erased() {
  const { t, i18n } = useTranslation("privacy");
  const [receipt] = useState(() => tokenFrom(window.location.hash));
  const { data, error, refetch } = useQuery(reportQuery(receipt, i18n.language));
  if (!receipt) return <Gate title={t("reports")}><Notice tone="warn">{t("erased_none")}</Notice></Gate>;
  const done = data?.state === "done";
  return (
    <Gate title={t(done ? "erased_done" : "erased_title")} intro={done ? undefined : t("erased_wait")} wide>
      <div className={classes.stack} role="status">
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !done && <Pending />}
        {data && done && (
          <>
            <Amounts going={data.going} staying={data.staying} heading="h2" />
            <h2>{t("database")}</h2>
            {data.notes.map((note) => <p key={note}>{note}</p>)}
            <p>{t("erased_report")}</p>
            <CopyField value={receipt} label={t("erased_receipt")} />
            {data.kept_until && <p className={classes.soft}>{t("erased_until")} <ExactTime at={data.kept_until} /></p>}
          </>
        )}
      </div>
    </Gate>
  );
}
