import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { RunUndone } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/Dialog";
import { List, Row } from "@/ui/List";
import { Notice } from "@/ui/Notice";
import { toastDone, toastError } from "@/ui/toast";
import { PathText } from "./Diff";
import classes from "./files.module.css";
import { runChangesQuery } from "./queries";

/** Takes back all that one command changed, and says of each file that stays why. */
export function UndoRunDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const query = useInfiniteQuery(runChangesQuery(runId));
  const [outcome, setOutcome] = useState<RunUndone | null>(null);
  const telling = useRef(false);
  const undo = async (force: boolean) => {
    const told = await call(client.POST("/files/runs/{run_id}/undo", { params: { path: { run_id: runId } }, body: { force } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    telling.current = told.left.length > 0;
    setOutcome(telling.current ? told : null);
    if (!telling.current) toastDone(t("run.done", { count: told.undone }));
  };
  // The question makes room for what is left to be told, if anything is.
  const close = () => { if (!telling.current) onClose(); };
  if (outcome) return <Left outcome={outcome} onForce={() => undo(true).then(close)} onClose={onClose} />;
  const text = (
    <div className={classes.stack}>
      <span>{t("run.text")}</span>
      <List query={query} label={t("run.changed")} keyOf={({ id }) => id} rows={3} empty={null}>
        {(change) => <Row title={<>{t(`change.${change.kind}`)} <PathText>{change.path}</PathText></>} detail={!change.undoable && t("run.stays")} />}
      </List>
    </div>
  );
  return <ConfirmDialog opened onClose={close} title={t("run.title")} confirm={t("run.undo")} danger={false} text={text} onConfirm={() => undo(false)} />;
}

interface LeftProps { outcome: RunUndone; onForce: () => Promise<void>; onClose: () => void }

/** What stays as it is, and why; what was changed since can be taken back all the same. */
function Left({ outcome, onForce, onClose }: LeftProps) {
  const { t } = useTranslation("files");
  const [busy, setBusy] = useState(false);
  const force = () => { setBusy(true); void onForce().catch(toastError).finally(() => setBusy(false)); };
  return (
    <Dialog opened onClose={onClose} title={t("run.title")}>
      <div className={classes.stack}>
        <Notice tone="warn">{t("run.left", { undone: outcome.undone, count: outcome.left.length })}</Notice>
        <ul className={classes.left}>{outcome.left.map(({ path, problem }) => <li key={path}>{!problem.includes(path) && <PathText>{path}</PathText>} <span dir="auto">{problem}</span></li>)}</ul>
        <span>{t("run.force_hint")}</span>
        <div className={classes.bar}>
          <Button variant="default" onClick={onClose} data-autofocus>{t("common:close")}</Button>
          <Button variant="primary" loading={busy} onClick={force}>{t("run.force")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
