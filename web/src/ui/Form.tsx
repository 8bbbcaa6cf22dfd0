import type { UseFormReturnType } from "@mantine/form";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, sentence } from "@/api/client";
import { Button } from "./Button";
import { Notice } from "./Notice";
import classes from "./Form.module.css";

interface FormProps<Values> {
  form: UseFormReturnType<Values>;
  /** Sends the values; what it throws lands on the fields it names, or above the button. */
  onSubmit: (values: Values) => Promise<unknown>;
  children: ReactNode;
  submit: string;
  /** Stands beside the button, for example cancel. */
  secondary?: ReactNode;
  /** The button fills the line, as on sign-in. */
  block?: boolean;
}

/** `body.address.city` or `address.city` → the form's own field, or null when it has none by that name. */
export function fieldFor(path: string, values: object): string | null {
  const parts = path.split(/[./]/).filter(Boolean);
  const start = parts.findIndex((part) => Object.hasOwn(values, part));
  return start < 0 ? null : parts.slice(start).join(".");
}

/** A form whose errors from the server stand at the field they belong to. */
export function Form<Values extends object>({ form, onSubmit, children, submit, secondary, block }: FormProps<Values>) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const fail = (error: unknown) => {
    const fields = error instanceof ApiError ? error.fields : [];
    const unplaced: string[] = [];
    for (const { path, message } of fields) {
      const name = fieldFor(path, form.getValues());
      if (name) form.setFieldError(name, message);
      else unplaced.push(message);
    }
    if (fields.length === 0) setFailure(sentence(error));
    else setFailure(unplaced.length > 0 ? unplaced.join(" ") : null);
    form.getInputNode(fieldFor(fields[0]?.path ?? "", form.getValues()) ?? "")?.focus();
  };

  const send = async (values: Values) => {
    setFailure(null);
    setBusy(true);
    try { await onSubmit(values); } catch (error) { fail(error); } finally { setBusy(false); }
  };

  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit((values) => void send(values))} aria-busy={busy}>
      {children}
      {failure && <Notice tone="bad" title={t("error.not_saved")}>{failure}</Notice>}
      <div className={classes.buttons}>
        <Button type="submit" loading={busy} block={block}>{submit}</Button>
        {secondary}
      </div>
    </form>
  );
}
