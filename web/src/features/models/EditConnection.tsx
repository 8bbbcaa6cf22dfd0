import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Connection, ConnectionUpdate } from "@/api/types";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { useMay } from "@/ui/Need";
import { toastDone } from "@/ui/toast";
import { BedrockKey, isWhole } from "./BedrockKey";
import { isPlace } from "./ConnectModel";
import classes from "./Connections.module.css";

/** Changes a connection; the key stays as it is while its field is empty. */
export function EditConnection({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const may = useMay();
  const id = useId();
  const own = connection.provider === "openai_compatible";
  const bedrock = connection.provider === "bedrock";
  const form = useForm({
    initialValues: { name: connection.name, base_url: connection.base_url ?? "", api_key: "", shared: connection.shared, choose: false, models: connection.models.join("\n") },
    validate: {
      name: (value) => (value.trim() ? null : t("name_missing")),
      base_url: (value) => {
        if (bedrock) return isPlace(value) ? null : t("region_invalid");
        return own && !/^https?:\/\/\S+$/.test(value.trim()) ? t("url_invalid") : null;
      },
      api_key: (value) => (bedrock && !isWhole(value) ? t("key_missing") : null),
    },
  });
  const moved = (own || bedrock) && form.values.base_url.trim() !== connection.base_url;
  const aboutKey = moved && connection.has_key ? t("key_again") : t("key_stays");
  const save = async (values: typeof form.values) => {
    const body: ConnectionUpdate = { name: values.name.trim() };
    if (moved) body.base_url = values.base_url.trim();
    if (values.api_key.trim()) body.api_key = values.api_key.trim();
    if (values.shared !== connection.shared) body.shared = values.shared;
    if (values.choose) body.models = values.models.split("\n").map((line) => line.trim()).filter(Boolean);
    const saved = await call(client.PATCH("/models/connections/{connection_id}", { params: { path: { connection_id: connection.id } }, body }));
    await cache.invalidateQueries({ queryKey: ["models"] });
    if (saved.status !== "failing") toastDone(t("common:saved"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("edit_connection")}>
      <Form form={form} submit={t("common:save")} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        <TextField label={t("name")} dir="auto" maxLength={80} {...form.getInputProps("name")} />
        {own && <TextField label={t("url")} description={t("url_hint")} dir="ltr" inputMode="url" spellCheck={false} {...form.getInputProps("base_url")} />}
        {bedrock && <TextField label={t("region")} description={t("region_hint")} dir="ltr" spellCheck={false} {...form.getInputProps("base_url")} />}
        {bedrock ? <BedrockKey label={t("new_key")} description={aboutKey} value={form.values.api_key} error={form.errors.api_key} onChange={(key) => form.setFieldValue("api_key", key)} /> : (
          <PasswordField
            label={t("new_key")} description={aboutKey} placeholder={connection.key_hint ?? ""} autoComplete="off"
            revealLabel={t("show_key")} {...form.getInputProps("api_key")}
          />
        )}
        <Check label={t("choose_models")} description={t("choose_models_hint")} checked={form.values.choose} onChange={(choose) => form.setFieldValue("choose", choose)} />
        {form.values.choose && (
          <div>
            <label htmlFor={id} className="sr-only">{t("choose_models")}</label>
            <textarea id={id} className={classes.textarea} dir="ltr" spellCheck={false} {...form.getInputProps("models")} />
          </div>
        )}
        {may("models:share") && <Check label={t("share_with_all")} checked={form.values.shared} onChange={(shared) => form.setFieldValue("shared", shared)} />}
      </Form>
    </Dialog>
  );
}
