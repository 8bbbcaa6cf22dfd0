import { useForm } from "@mantine/form";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Passkey } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Isolate } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { List, Row } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { revealed } from "@/ui/revealed";
import classes from "./identity.module.css";
import { makePasskey, namedAddress, passkeysWork } from "./passkey";
import { passkeysQuery } from "./queries";

/** The person's passkeys: make, rename, remove. */
export function Passkeys() {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  const query = useInfiniteQuery(passkeysQuery);
  const may = useMay()("factors:write");
  const [naming, setNaming] = useState<Passkey | "new" | null>(null);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const reload = () => cache.invalidateQueries({ queryKey: ["passkeys"] });
  const remove = async (passkey: Passkey) => {
    await call(client.DELETE("/me/passkeys/{passkey_id}", { params: { path: { passkey_id: passkey.id } } }));
    await reload();
    toastDone(t("passkey_removed"));
  };
  return (
    <div className={classes.stack}>
      <List query={query} label={t("passkeys")} keyOf={({ id }) => id} rows={1} empty={<EmptyState icon={KeyRound} title={t("passkeys_none")} text={t("passkeys_none_text")} />}>
        {(passkey) => (
          <Row
            icon={<KeyRound size={18} aria-hidden />}
            title={<><Isolate>{revealed(passkey.name)}</Isolate> {passkey.synced && <Badge>{t("passkey_synced")}</Badge>}</>}
            detail={<span>{passkey.last_used_at ? <>{t("last_used")} <RelativeTime at={passkey.last_used_at} /></> : t("never_used")}</span>}
            actions={may && <>
              <Button variant="subtle" onClick={() => setNaming(passkey)} aria-label={t("rename_of", { name: revealed(passkey.name) })}>{t("rename")}</Button>
              <Button variant="default" onClick={() => setLeaving(passkey)} aria-label={t("remove_of", { name: revealed(passkey.name) })}>{t("remove")}</Button>
            </>}
          />
        )}
      </List>
      {may && <AddPasskey onAdd={() => setNaming("new")} />}
      {naming && <NamePasskey passkey={naming === "new" ? null : naming} onClose={() => setNaming(null)} onDone={reload} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("passkey_confirm")} confirm={t("remove")}
        text={<><Isolate>{revealed(leaving?.name ?? "")}</Isolate>{": "}{t("passkey_confirm_text")}</>} onConfirm={() => remove(leaving!)}
      />
    </div>
  );
}

function AddPasskey({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation("identity");
  if (passkeysWork()) return <div><Button icon={<Plus size={16} aria-hidden />} onClick={onAdd}>{t("passkey_add")}</Button></div>;
  const named = namedAddress();
  return <Notice>{named ? <>{t("passkey_by_name")} <a href={named} dir="ltr">{new URL(named).origin}</a></> : t("passkey_not_here")}</Notice>;
}

/** Asks for a name, and for a new passkey then asks the device to make it. */
function NamePasskey({ passkey, onClose, onDone }: { passkey: Passkey | null; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation("identity");
  const form = useForm({ mode: "uncontrolled", initialValues: { name: passkey?.name ?? "" }, validate: { name: (value) => (value.trim() ? null : t("required")) } });
  const save = async (given: { name: string }) => {
    const name = given.name.trim();
    if (passkey) {
      await call(client.PATCH("/me/passkeys/{passkey_id}", { params: { path: { passkey_id: passkey.id } }, body: { name } }));
    } else {
      const { ticket, options } = await call(client.POST("/me/passkeys/options"));
      const credential = await makePasskey(options);
      if (!credential) return;
      await call(client.POST("/me/passkeys", { body: { ticket, name, credential } }));
      toastDone(t("passkey_added"));
    }
    await onDone();
    onClose();
  };
  const title = t(passkey ? "rename" : "passkey_add");
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Form form={form} submit={title} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <TextField label={t("name")} description={t("passkey_name_hint")} dir="auto" maxLength={100} data-autofocus key={form.key("name")} {...form.getInputProps("name")} />
      </Form>
    </Dialog>
  );
}
