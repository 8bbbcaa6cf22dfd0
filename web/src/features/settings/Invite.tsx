import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { GivenRole, Role } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { Button } from "@/ui/Button";
import { SelectField } from "@/ui/Choice";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import classes from "./settings.module.css";

/** Roles that someone of `role` may give; only the owner makes admins. */
export function rolesToGive(role: Role): GivenRole[] {
  return role === "owner" ? ["admin", "member", "guest"] : ["member", "guest"];
}

/** Asks for the role; then shows the link, this once. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const me = useMe();
  const [link, setLink] = useState<string | null>(null);
  const form = useForm({ initialValues: { role: "member" as GivenRole, note: "" } });
  const create = async ({ role, note }: typeof form.values) => {
    const created = await call(client.POST("/invitations", { body: { role, note: note.trim() } }));
    setLink(created.link);
    await cache.invalidateQueries({ queryKey: ["invitations"] });
  };
  if (link) {
    return (
      <Dialog opened onClose={onClose} title={t("people.link_ready")}>
        <div className={classes.stack}>
          <Notice tone="warn">{t("people.link_once")}</Notice>
          <CopyField value={link} label={t("people.link")} />
          <div><Button onClick={onClose}>{t("people.link_copied")}</Button></div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title={t("people.invite")}>
      <Form form={form} submit={t("people.make_link")} onSubmit={create} secondary={<Button variant="subtle" onClick={onClose}>{t("cancel")}</Button>}>
        <SelectField label={t("role.label")} description={t(`role_hint.${form.values.role}`)} options={rolesToGive(me.role).map((role) => ({ value: role, label: t(`role.${role}`) }))} value={form.values.role} onChange={(role) => form.setFieldValue("role", role as GivenRole)} />
        <TextField label={t("people.note")} description={t("people.note_hint")} dir="auto" maxLength={200} {...form.getInputProps("note")} />
      </Form>
    </Dialog>
  );
}
