import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { IconButton } from "./Button";
import classes from "./Field.module.css";

interface FieldProps extends Omit<ComponentProps<"input">, "children"> { label: string; description?: ReactNode; error?: ReactNode }

function Frame({ id, label, description, error, children }: Pick<FieldProps, "label" | "description" | "error"> & { id: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      {description && <p id={`${id}-description`} className={classes.description}>{description}</p>}
      {children}
      {error && <p id={`${id}-error`} className={classes.error} dir="auto">{error}</p>}
    </div>
  );
}

function describedBy(id: string, { description, error }: Pick<FieldProps, "description" | "error">): string | undefined {
  return [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

/**
 * A line of text with its label, hint and error; takes what `form.getInputProps` gives.
 * The blank placeholder lets the style sheet see that nothing is typed yet (`:placeholder-shown`).
 */
export function TextField({ label, description, error, placeholder = " ", ...input }: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} description={description} error={error}>
      <input {...input} placeholder={placeholder} id={id} className={classes.input} aria-invalid={Boolean(error)} aria-describedby={describedBy(id, { description, error })} />
    </Frame>
  );
}

/** A secret that can be shown while it is typed; always left to right. */
export function PasswordField({ label, description, error, revealLabel, ...input }: FieldProps & { revealLabel: string }) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Frame id={id} label={label} description={description} error={error}>
      <div className={classes.secret}>
        <input {...input} id={id} type={shown ? "text" : "password"} dir="ltr" className={classes.input} aria-invalid={Boolean(error)} aria-describedby={describedBy(id, { description, error })} />
        <IconButton label={revealLabel} aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}</IconButton>
      </div>
    </Frame>
  );
}
