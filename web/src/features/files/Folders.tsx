import { useForm } from "@mantine/form";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { FolderCog, FolderPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { AllowedFolder } from "@/api/types";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Badge } from "@/ui/Badge";
import { Isolate } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Check, SelectField } from "@/ui/Choice";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { List, Row } from "@/ui/List";
import { Notice } from "@/ui/Notice";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { PathText } from "./Diff";
import { peopleQuery } from "@/features/identity/people";
import { everyonesFoldersQuery } from "./queries";

/** Which folders of the server's machine whom are allowed. */
export function Folders() {
  const { t } = useTranslation("files");
  const [adding, setAdding] = useState(false);
  const add = <Button icon={<FolderPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("folders.allow")}</Button>;
  return (
    <SettingsPage title={t("folders.title")} intro={t("folders.intro")} scope="files:admin" actions={add}>
      <Allowed />
      {adding && <AllowDialog onClose={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function Allowed() {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const query = useInfiniteQuery(everyonesFoldersQuery);
  const people = useQuery(peopleQuery);
  const [leaving, setLeaving] = useState<AllowedFolder | null>(null);
  const name = (id: string) => people.data?.find((person) => person.id === id)?.name ?? "…";
  const revoke = async (folder: AllowedFolder) => {
    await call(client.DELETE("/files/folders/{folder_id}", { params: { path: { folder_id: folder.id } } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("folders.revoked"));
  };
  return (
    <>
      <List query={query} label={t("folders.title")} keyOf={({ id }) => id} empty={<EmptyState icon={FolderCog} title={t("folders.none")} text={t("folders.none_text")} />}>
        {(folder) => (
          <Row
            title={<><PathText>{folder.path}</PathText> <Badge tone={folder.writable ? "warn" : "plain"}>{folder.writable ? t("folders.read_write") : t("read_only")}</Badge></>}
            detail={<>
              <Isolate>{name(folder.person_id)}</Isolate>
              {folder.created_at && <span>{t("folders.since")} <RelativeTime at={folder.created_at} /></span>}
              {folder.linked_files && <span>{t("folders.linked")}</span>}
            </>}
            actions={<Button variant="default" aria-label={t("folders.revoke_from", { path: folder.path, name: name(folder.person_id) })} onClick={() => setLeaving(folder)}>{t("folders.revoke")}</Button>}
          />
        )}
      </List>
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("folders.revoke_title")} confirm={t("folders.revoke")}
        text={leaving && <><PathText>{leaving.path}</PathText> · <Isolate>{name(leaving.person_id)}</Isolate><br />{t("folders.revoke_text")}</>}
        onConfirm={() => revoke(leaving!)}
      />
    </>
  );
}

function AllowDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const people = useQuery(peopleQuery);
  const form = useForm({ initialValues: { person_id: "", path: "", writable: false, linked_files: false } });
  const everyone = (people.data ?? []).filter((person) => !person.disabled);
  const allow = async (values: typeof form.values) => {
    await call(client.POST("/files/folders", { body: { ...values, person_id: values.person_id || (everyone[0]?.id ?? ""), path: values.path.trim() } }));
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("folders.allowed"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("folders.allow")}>
      <Form form={form} submit={t("folders.allow")} onSubmit={allow} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <Notice tone="warn">{t("folders.warning")}</Notice>
        <SelectField label={t("folders.person")} options={everyone.map(({ id, name }) => ({ value: id, label: name }))} value={form.values.person_id || (everyone[0]?.id ?? "")} onChange={(id) => form.setFieldValue("person_id", id)} />
        <TextField label={t("folders.path")} description={t("folders.path_hint")} dir="ltr" required maxLength={4000} placeholder="/srv/documents" {...form.getInputProps("path")} />
        <Check label={t("folders.writable")} description={t("folders.writable_hint")} checked={form.values.writable} onChange={(writable) => form.setFieldValue("writable", writable)} />
        <Check label={t("folders.linked_files")} description={t("folders.linked_hint")} checked={form.values.linked_files} onChange={(linked) => form.setFieldValue("linked_files", linked)} />
      </Form>
    </Dialog>
  );
}
