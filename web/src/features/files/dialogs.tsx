import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/Dialog";
import { ErrorState } from "@/ui/ErrorState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Pending } from "@/ui/Pending";
import { toastDone } from "@/ui/toast";
import { Diff, PathText } from "./Diff";
import { below, preview } from "./queries";
import type { FilesSearch } from "./routes";

/** A change in words and lines, worked out by the server when the dialog opens. */
export function Previewed({ change, input }: { change: string; input: Record<string, unknown> }) {
  // Not among the lists: after the change there is nothing left to look at beforehand.
  const query = useQuery({ queryKey: ["file-preview", change, input], queryFn: () => preview(change, input), staleTime: 0, gcTime: 0 });
  if (query.isPending) return <Pending />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return query.data.entry === "file" ? <Diff preview={query.data} /> : null;
}

export function NewDialog({ what, search, onClose }: { what: "file" | "folder"; search: FilesSearch; onClose: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { path: "" } });
  const make = async ({ path }: typeof form.values) => {
    const at = below(search.path, path.trim());
    if (what === "folder") await call(client.POST("/files/entries", { body: { folder_id: search.folder, path: at } }));
    else await call(client.PUT("/files/content", { body: { folder_id: search.folder, path: at, content: "", overwrite: false } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    onClose();
    await navigate({ to: what === "folder" ? "/files" : "/files/open", search: { folder: search.folder, path: at } });
  };
  return (
    <Dialog opened onClose={onClose} title={t(what === "file" ? "new_file" : "new_folder")}>
      <Form form={form} submit={t("make")} onSubmit={make} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <TextField label={t("name")} dir="auto" data-autofocus required maxLength={255} {...form.getInputProps("path")} />
      </Form>
    </Dialog>
  );
}

export function RenameDialog({ folder, path, onClose }: { folder: string | undefined; path: string; onClose: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const form = useForm({ initialValues: { to: path } });
  const move = async ({ to }: typeof form.values) => {
    await call(client.POST("/files/move", { body: { folder_id: folder, path, to: to.trim().normalize("NFC") } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("moved"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("rename")}>
      <Form form={form} submit={t("rename")} onSubmit={move} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <TextField label={t("new_path")} description={t("new_path_hint")} dir="ltr" data-autofocus required maxLength={4000} {...form.getInputProps("to")} />
      </Form>
    </Dialog>
  );
}

export function DeleteDialog({ folder, path, onClose, after }: { folder: string | undefined; path: string; onClose: () => void; after?: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const remove = async () => {
    await call(client.DELETE("/files/entries", { params: { query: { folder_id: folder, path } } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("deleted"));
    after?.();
  };
  const text: ReactNode = <><PathText>{path}</PathText><br />{t("delete_text")}<Previewed change="files.delete_file" input={{ folder_id: folder ?? null, path }} /></>;
  return <ConfirmDialog opened onClose={onClose} title={t("delete_title")} confirm={t("delete")} text={text} onConfirm={remove} />;
}
