import { type UseFormReturnType, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { InferenceNode, NodeCheck, NodeUpdate } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { toastDone } from "@/ui/toast";
import { Checked } from "./NodesPage";
import { readAgain } from "./queries";

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
interface Values { name: string; address: string; api_key: string }

function useNodeForm(initialValues: Values) {
  const { t } = useTranslation("nodes");
  return useForm<Values>({
    initialValues,
    validate: {
      name: (value) => (NAME.test(value.trim()) ? null : t("name_invalid")),
      address: (value) => (/^https?:\/\/\S+$/.test(value.trim()) ? null : t("address_invalid")),
    },
  });
}

/** Adds a node. What does not answer can be added all the same: it is used once it does. */
export function AddNode({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("nodes");
  const cache = useQueryClient();
  const form = useNodeForm({ name: "", address: "http://", api_key: "" });
  const save = async ({ name, address, api_key }: Values) => {
    const key = api_key.trim();
    await call(client.POST("/nodes", { body: { name: name.trim(), address: address.trim(), ...(key && { api_key: key }) } }));
    await readAgain(cache);
    toastDone(t("common:saved"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("add")}>
      <Form form={form} submit={t("add_it")} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        <Fields form={form} keyHint={t("key_hint")} />
      </Form>
    </Dialog>
  );
}

/** Changes a node; the key stays as it is while its field is empty and the address the same. */
export function ChangeNode({ node, onClose }: { node: InferenceNode; onClose: () => void }) {
  const { t } = useTranslation("nodes");
  const cache = useQueryClient();
  const form = useNodeForm({ name: node.name, address: node.address, api_key: "" });
  const moved = form.values.address.trim() !== node.address;
  const save = async ({ name, address, api_key }: Values) => {
    const body: NodeUpdate = {};
    if (name.trim() !== node.name) body.new_name = name.trim();
    if (moved) body.address = address.trim();
    if (api_key.trim()) body.api_key = api_key.trim();
    await call(client.PATCH("/nodes/{name}", { params: { path: { name: node.name } }, body }));
    await readAgain(cache);
    toastDone(t("common:saved"));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("change")}>
      <Form form={form} submit={t("common:save")} onSubmit={save} secondary={<Button variant="subtle" onClick={onClose}>{t("common:cancel")}</Button>}>
        <Fields form={form} node={node.name} keyHint={t(moved && node.has_key ? "key_again" : "key_stays")} />
      </Form>
    </Dialog>
  );
}

/** Name, address and key, and a look before they are kept. */
function Fields({ form, keyHint, node }: { form: UseFormReturnType<Values>; keyHint: string; node?: string }) {
  const { t } = useTranslation("nodes");
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<NodeCheck | null>(null);
  const look = async () => {
    if (form.validateField("address").hasError) return;
    const key = form.values.api_key.trim();
    setBusy(true);
    try {
      setResult(await call(client.POST("/nodes/probe", { body: { address: form.values.address.trim(), ...(key ? { api_key: key } : node && { name: node }) } })));
    } catch (error) {
      setResult({ ok: false, state: "unknown", latency_ms: null, problem: sentence(error), models: [], device: null, version: null });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <TextField label={t("name")} description={t("name_hint")} dir="ltr" maxLength={40} spellCheck={false} autoCapitalize="none" data-autofocus {...form.getInputProps("name")} />
      <TextField label={t("address")} description={t("address_hint")} dir="ltr" inputMode="url" spellCheck={false} {...form.getInputProps("address")} />
      <PasswordField label={t("key")} description={keyHint} autoComplete="off" revealLabel={t("show_key")} {...form.getInputProps("api_key")} />
      <div><Button variant="default" loading={busy} onClick={() => void look()}>{t("check")}</Button></div>
      {result && <Checked result={result} />}
    </>
  );
}
