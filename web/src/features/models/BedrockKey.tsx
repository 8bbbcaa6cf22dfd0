import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Segments } from "@/ui/Choice";
import { PasswordField, TextField } from "@/ui/Field";

interface BedrockKeyProps {
  label: string;
  description?: ReactNode;
  value: string;
  error?: ReactNode;
  /** An API key as it is, access keys as ID:SECRET or ID:SECRET:SESSION_TOKEN. */
  onChange: (key: string) => void;
}

/** Whether no part of the key is missing. */
export const isWhole = (key: string) => !key.includes(":") || key.split(":").every(Boolean);

const NOTHING = { id: "", secret: "", session: "" };

/** Asks for one of the two kinds of keys that Amazon Bedrock takes. */
export function BedrockKey({ label, description, value, error, onChange }: BedrockKeyProps) {
  const { t } = useTranslation("models");
  const [kind, setKind] = useState("api");
  const [keys, setKeys] = useState(NOTHING);

  const choose = (next: string) => {
    setKind(next);
    setKeys(NOTHING);
    onChange("");
  };
  const change = (part: Partial<typeof NOTHING>) => {
    const next = { ...keys, ...part };
    const [id, secret, session] = [next.id, next.secret, next.session].map((one) => one.trim());
    setKeys(next);
    const given = session ? [id, secret, session] : [id, secret];
    onChange(given.some(Boolean) ? given.join(":") : "");
  };
  return (
    <>
      <Segments label={t("aws_kind")} value={kind} options={[{ value: "api", label: t("aws_api_key") }, { value: "access", label: t("aws_access_keys") }]} onChange={choose} />
      {kind === "api" ? (
        <PasswordField label={label} description={description} error={error} autoComplete="off" revealLabel={t("show_key")} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <>
          <TextField label={t("aws_id")} placeholder="AKIA…" dir="ltr" spellCheck={false} autoComplete="off" value={keys.id} onChange={(event) => change({ id: event.currentTarget.value })} />
          <PasswordField label={t("aws_secret")} description={description} error={error} autoComplete="off" revealLabel={t("show_key")} value={keys.secret} onChange={(event) => change({ secret: event.currentTarget.value })} />
          <PasswordField label={t("aws_session")} description={t("aws_session_hint")} autoComplete="off" revealLabel={t("show_key")} value={keys.session} onChange={(event) => change({ session: event.currentTarget.value })} />
        </>
      )}
    </>
  );
}
