import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Instance as InstanceInfo } from "@/api/types";
import { OpenIdSettings } from "@/features/identity/OpenIdSettings";
import { instanceQuery } from "@/features/identity/queries";
import { Num } from "@/ui/Bidi";
import { SelectField } from "@/ui/Choice";
import { Detail } from "@/ui/Detail";
import { ErrorState } from "@/ui/ErrorState";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { ListSkeleton } from "@/ui/List";
import { toastDone } from "@/ui/toast";
import { SettingsPage } from "./SettingsPage";

/** What holds for everyone here: the name, and who may join. */
export function Instance() {
  const { t } = useTranslation("settings");
  const { data, isPending, error, refetch } = useQuery(instanceQuery);
  return (
    <SettingsPage title={t("section.instance")} intro={t("instance.intro")} scope="instance:write">
      {isPending && <ListSkeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <><Detail items={[{ label: t("instance.version"), value: <Num>{data.version}</Num> }]} /><InstanceForm instance={data} /></>}
      <OpenIdSettings />
    </SettingsPage>
  );
}

function InstanceForm({ instance }: { instance: InstanceInfo }) {
  const { t } = useTranslation("settings");
  const cache = useQueryClient();
  const form = useForm({ initialValues: { name: instance.name, sign_up: instance.sign_up }, validate: { name: (value) => (value.trim() ? null : t("required")) } });
  const save = async ({ name, sign_up }: typeof form.values) => {
    cache.setQueryData(["instance"], await call(client.PATCH("/instance/settings", { body: { name: name.trim(), sign_up } })));
    toastDone(t("saved"));
  };
  return (
    <Form form={form} submit={t("save")} onSubmit={save}>
      <TextField label={t("instance.name")} description={t("instance.name_hint")} dir="auto" maxLength={100} {...form.getInputProps("name")} />
      <SelectField
        label={t("instance.sign_up")} description={t(`instance.sign_up_hint_${form.values.sign_up}`)} value={form.values.sign_up}
        options={[{ value: "invitation", label: t("instance.by_invitation") }, { value: "open", label: t("instance.open") }]}
        onChange={(value) => form.setFieldValue("sign_up", value as InstanceInfo["sign_up"])}
      />
    </Form>
  );
}
