import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, FileArchive, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { DataExport } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Detail } from "@/ui/Detail";
import { ErrorState } from "@/ui/ErrorState";
import { bytes } from "@/ui/format";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { ExactTime } from "@/ui/RelativeTime";
import { toastError } from "@/ui/toast";
import { download, exportQuery } from "./queries";
import classes from "./privacy.module.css";

/** The newest export: begin one, watch it being written, fetch it, remove it. */
export function Exports() {
  const { t } = useTranslation("privacy");
  const cache = useQueryClient();
  const may = useMay()("privacy:export");
  const { data, isPending, error, refetch } = useQuery(exportQuery);
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      cache.setQueryData(exportQuery.queryKey, await call(client.POST("/privacy/exports")));
    } catch (failure) { toastError(failure); } finally { setBusy(false); }
  };
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <ListSkeleton rows={1} />;
  const underway = data?.state === "queued" || data?.state === "running";
  return (
    <div className={classes.stack}>
      <div role="status" className={classes.stack}>
        {data && underway && <>
          <progress value={data.done} max={data.total} aria-label={t("export")} />
          <p>{t("export_running", { done: data.done, total: data.total })}</p>
        </>}
        {data?.state === "failed" && <Notice tone="bad">{t("export_failed")}</Notice>}
        {data?.state === "ready" && <Notice tone="good">{t("export_ready")}</Notice>}
      </div>
      {data?.state === "ready" && <Ready found={data} />}
      {may && !underway && (
        <div className={classes.buttons}>
          <Button variant={data?.state === "ready" ? "default" : "primary"} loading={busy} icon={<FileArchive size={16} aria-hidden />} onClick={() => void start()}>{t(data ? "export_again" : "export_start")}</Button>
        </div>
      )}
    </div>
  );
}

function Ready({ found }: { found: DataExport }) {
  const { t } = useTranslation("privacy");
  const cache = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const remove = async () => {
    await call(client.DELETE("/privacy/exports/{export_id}", { params: { path: { export_id: found.id } } }));
    await cache.invalidateQueries({ queryKey: exportQuery.queryKey });
  };
  return (
    <>
      <Detail items={[
        { label: t("export_made"), value: <ExactTime at={found.finished_at ?? found.created_at} /> },
        { label: t("export_size"), value: <Num>{bytes(found.size_bytes ?? 0)}</Num> },
        { label: t("export_digest"), value: <code dir="ltr" className={classes.digest}>{found.sha256}</code> },
        ...(found.expires_at ? [{ label: t("export_until"), value: <ExactTime at={found.expires_at} /> }] : []),
      ]} />
      <div className={classes.buttons}>
        <Button icon={<Download size={16} aria-hidden />} onClick={() => void download(found).catch(toastError)}>{t("export_download")}</Button>
        <Button variant="default" icon={<Trash2 size={16} aria-hidden />} onClick={() => setRemoving(true)}>{t("export_remove")}</Button>
      </div>
      <ConfirmDialog opened={removing} onClose={() => setRemoving(false)} title={t("export_remove")} text={t("export_remove_text")} confirm={t("export_remove")} onConfirm={remove} />
    </>
  );
}
