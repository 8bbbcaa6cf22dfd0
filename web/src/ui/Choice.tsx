import { type ComponentProps, type ReactNode, useId } from "react";
import field from "./Field.module.css";
import classes from "./Choice.module.css";

export interface Option { value: string; label: string; group?: string; disabled?: boolean }
interface SelectFieldProps extends Omit<ComponentProps<"select">, "children" | "onChange"> {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  options: Option[];
  onChange: (value: string) => void;
  /** The label is read out only, as in a row of filters. */
  quiet?: boolean;
}

/** One of a few, by the browser's own list: right on every phone and for every screen reader. */
export function SelectField({ label, description, error, options, onChange, quiet, ...select }: SelectFieldProps) {
  const id = useId();
  const groups = [...new Set(options.map(({ group }) => group))];
  const entries = (group: string | undefined) => options.filter((option) => option.group === group)
    .map(({ value, label: text, disabled }) => <option key={value} value={value} disabled={disabled}>{text}</option>);
  return (
    <div className={field.field}>
      <label htmlFor={id} className={quiet ? "sr-only" : undefined}>{label}</label>
      {description && <p id={`${id}-description`} className={field.description}>{description}</p>}
      <select
        {...select} id={id} className={`${field.input} ${classes.select}`} aria-invalid={Boolean(error) || undefined}
        aria-describedby={[description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {groups.map((group) => (group ? <optgroup key={group} label={group}>{entries(group)}</optgroup> : entries(group)))}
      </select>
      {error && <p id={`${id}-error`} className={field.error} dir="auto">{error}</p>}
    </div>
  );
}

interface CheckProps extends Omit<ComponentProps<"input">, "onChange" | "type"> { label: ReactNode; description?: ReactNode; onChange: (checked: boolean) => void }

/** A yes or no with its sentence; the whole line is the target. */
export function Check({ label, description, onChange, ...input }: CheckProps) {
  return (
    <label className={classes.check}>
      <input {...input} type="checkbox" onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}{description && <small>{description}</small>}</span>
    </label>
  );
}

/** One of two to four, all in sight. */
export function Segments({ label, value, options, onChange }: { label: string; value: string; options: Option[]; onChange: (value: string) => void }) {
  const name = useId();
  return (
    <fieldset className={classes.segments}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />{option.label}
        </label>
      ))}
    </fieldset>
  );
}
