import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Me } from "@/api/types";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Gate } from "./Gate";

interface CodeStepProps { ticket: string; onSigned: (me: Me) => void; onBack: () => void }

/** After the password: the code of an app, or a recovery code. */
export function CodeStep({ ticket, onSigned, onBack }: CodeStepProps) {
  const { t } = useTranslation("identity");
  const form = useForm({ mode: "uncontrolled", initialValues: { code: "" }, validate: { code: (value) => (value.trim().length >= 6 ? null : t("code_missing")) } });
  const send = async ({ code }: { code: string }) => onSigned(await call(client.POST("/auth/second-step", { body: { ticket, code: code.trim() } })));
  return (
    <Gate title={t("code_title")} intro={t("code_intro")}>
      <Form form={form} onSubmit={send} submit={t("sign_in")} block secondary={<Button variant="subtle" onClick={onBack}>{t("back")}</Button>}>
        <TextField label={t("code")} description={t("code_hint")} name="code" dir="ltr" inputMode="text" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} autoFocus key={form.key("code")} {...form.getInputProps("code")} />
      </Form>
    </Gate>
  );
}
