import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate, useSearch } from "@tanstack/react-router";
import { Download, FileQuestion, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, client } from "@/api/client";
import type { FileContent } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { bytes } from "@/ui/format";
import { Need, useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Pending } from "@/ui/Pending";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastDone, toastError } from "@/ui/toast";
import { PathText } from "./Diff";
import { DeleteDialog, Previewed } from "./dialogs";
import classes from "./files.module.css";
import { above, contentQuery, download, foldersQuery, nameOf } from "./queries";

/** One file: its text to read and change, with what a save would change shown before. */
export function OpenFile() {
  const { t } = useTranslation("files");
  const search = useSearch({ from: "/app/files/open" });
  const navigate = useNavigate();
  const may = useMay();
  const path = search.path ?? "";
  const query = useQuery({ ...contentQuery(search), enabled: may("files:read") });
  const folders = useQuery(foldersQuery);
  const writable = may("files:write") && folders.data?.find(({ id, kind }) => (search.folder ? id === search.folder : kind === "workspace"))?.writable === true;
  const [deleting, setDeleting] = useState(false);
  const back = () => void navigate({ to: "/files", search: { folder: search.folder, path: above(path) } });
  const binary = query.error instanceof ApiError && query.error.code === "files.binary";
  const get = <Button variant="default" icon={<Download size={16} aria-hidden />} onClick={() => void download(search).catch(toastError)}>{t("download")}</Button>;
  const actions = <>
    <Button variant="subtle" onClick={back}>{t("to_folder")}</Button>
    {get}
    {writable && <Button variant="default" icon={<Trash2 size={16} aria-hidden />} onClick={() => setDeleting(true)}>{t("delete")}</Button>}
  </>;
  return (
    <Page title={nameOf(path)} intro={<PathText>{path}</PathText>} actions={actions} width="wide">
      <Need scope="files:read">
        {query.isPending ? <Pending />
          : binary ? <EmptyState icon={FileQuestion} title={t("binary")} text={t("binary_text")} action={get} />
          : query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          : <Text key={query.data.digest} file={query.data} folder={search.folder} writable={writable} />}
        {deleting && <DeleteDialog folder={search.folder} path={path} onClose={() => setDeleting(false)} after={back} />}
      </Need>
    </Page>
  );
}

function Text({ file, folder, writable }: { file: FileContent; folder: string | undefined; writable: boolean }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const [text, setText] = useState(file.content);
  const [saving, setSaving] = useState(false);
  const whole = file.next_offset === null;
  const changed = text !== shown(file.content);
  useBlocker({ shouldBlockFn: () => changed && !window.confirm(t("unsaved")), enableBeforeUnload: changed });
  // The browser's field knows only LF; a file with CR LF gets them back.
  const content = file.content.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  const input = { folder_id: folder ?? null, path: file.path, content, charset: file.charset ?? "utf-8", expected_digest: file.digest };
  const save = async () => {
    await call(client.PUT("/files/content", { body: input }));
    toastDone(t("saved"));
    await cache.invalidateQueries({ queryKey: ["file-content"] });
  };
  return (
    <div className={classes.stack}>
      {!whole && <Notice tone="warn">{t("too_long")}</Notice>}
      <textarea
        className={classes.editor} aria-label={t("content_of", { name: nameOf(file.path) })} dir="auto" spellCheck={false} autoCapitalize="off" value={text}
        readOnly={!writable || !whole} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); if (changed) setSaving(true); } }}
      />
      <div className={classes.buttons}>
        {writable && whole && <>
          <Button icon={<Save size={16} aria-hidden />} disabled={!changed} onClick={() => setSaving(true)}>{t("save")}</Button>
          <Button variant="subtle" disabled={!changed} onClick={() => setText(shown(file.content))}>{t("discard")}</Button>
        </>}
        <span className={classes.muted}><Num>{bytes(file.size)}</Num> · <Num>{file.charset}</Num>{file.modified_at && <> · <RelativeTime at={file.modified_at} /></>}</span>
      </div>
      <ConfirmDialog
        opened={saving} onClose={() => setSaving(false)} title={t("save_title")} confirm={t("save")} danger={false} onConfirm={save}
        text={<>{t("save_text")}<Previewed change="files.write_file" input={input} /></>}
      />
    </div>
  );
}

/** The text as the browser's field gives it back. */
function shown(content: string): string {
  return content.replaceAll("\r\n", "\n");
}
