import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { History, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, client } from "@/api/client";
import type { FileChange } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/Choice";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/Field";
import { bytes } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { Need, useMay } from "@/ui/Need";
import { Page } from "@/ui/Page";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { PathText } from "./Diff";
import { Previewed } from "./dialogs";
import classes from "./files.module.css";
import { UndoRunDialog } from "./UndoRun";
import { changesQuery } from "./queries";

/** Every change in one's folders, newest first; what can still be undone has its button. */
export function Changes() {
  const { t } = useTranslation("files");
  return (
    <Page title={t("changes.title")} intro={t("changes.intro")} crumbs={[{ label: t("title"), to: "/files" }]}>
      <Need scope="files:read"><Log /></Need>
    </Page>
  );
}

function Log() {
  const { t } = useTranslation("files");
  const may = useMay();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 300);
  const query = useInfiniteQuery(changesQuery(wanted));
  const [undoing, setUndoing] = useState<FileChange | null>(null);
  const [undoingRun, setUndoingRun] = useState<string | null>(null);
  return (
    <>
      <search className={classes.bar}><TextField type="search" label={t("changes.search")} dir="auto" maxLength={200} value={text} onChange={(event) => setText(event.currentTarget.value)} /></search>
      <List query={query} label={t("changes.title")} keyOf={({ id }) => id} rows={6} empty={<EmptyState icon={History} title={wanted ? t("nothing") : t("changes.empty")} text={wanted ? t("nothing_text") : t("changes.empty_text")} />}>
        {(change) => (
          <Row
            title={<>{t(`change.${change.kind}`)} <PathText>{change.to_path ? `${change.path} → ${change.to_path}` : change.path}</PathText></>}
            detail={<>
              <Isolate>{change.folder_name === "workspace" ? t("workspace") : change.folder_name}</Isolate>
              <span>{t(`actor.${change.actor}`, { defaultValue: change.actor })}</span>
              <RelativeTime at={change.created_at} />
              {change.size_after !== null && <Num>{bytes(change.size_after)}</Num>}
              {change.undoable && <span>{t("changes.until")} <ExactTime at={change.undo_until} /></span>}
            </>}
            aside={change.undone_by ? <Badge>{t("changes.undone")}</Badge> : change.undoes ? <Badge>{t("changes.is_undo")}</Badge> : undefined}
            actions={change.undoable && may("files:write") && <>
              {change.run_id && <Button variant="subtle" aria-label={t("run.undo_of", { path: change.path })} onClick={() => setUndoingRun(change.run_id)}>{t("run.undo")}</Button>}
              <Button variant="default" icon={<Undo2 size={16} aria-hidden className="flip" />} aria-label={t("changes.undo_of", { path: change.path })} onClick={() => setUndoing(change)}>{t("changes.undo")}</Button>
            </>}
          />
        )}
      </List>
      {undoing && <UndoDialog change={undoing} onClose={() => setUndoing(null)} />}
      {undoingRun && <UndoRunDialog runId={undoingRun} onClose={() => setUndoingRun(null)} />}
    </>
  );
}

const CONFLICTS = new Set(["files.undo_conflict", "files.folder_not_empty"]);

function UndoDialog({ change, onClose }: { change: FileChange; onClose: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const [conflict, setConflict] = useState(false);
  const [force, setForce] = useState(false);
  const undo = async () => {
    try {
      await call(client.POST("/files/changes/{change_id}/undo", { params: { path: { change_id: change.id } }, body: { force } }));
    } catch (error) {
      if (error instanceof ApiError && CONFLICTS.has(error.code)) setConflict(true);
      throw error;
    }
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("changes.done"));
  };
  const text = (
    <div className={classes.stack}>
      <span>{t(`change.${change.kind}`)} <PathText>{change.path}</PathText></span>
      <span>{t("changes.undo_text")}</span>
      <Previewed change="files.undo_change" input={{ change_id: change.id }} />
      {conflict && <Check label={t("changes.force")} description={t("changes.force_hint")} checked={force} onChange={setForce} />}
    </div>
  );
  return <ConfirmDialog opened onClose={onClose} title={t("changes.undo_title")} confirm={t("changes.undo")} danger={false} text={text} onConfirm={undo} />;
}
