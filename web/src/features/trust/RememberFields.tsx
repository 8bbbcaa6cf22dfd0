import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Approval, Effect, Remember } from "@/api/types";
import { Check, SelectField } from "@/ui/Choice";
import field from "@/ui/Field.module.css";
import { TextField } from "@/ui/Field";
import { revealed } from "@/ui/revealed";
import classes from "./Request.module.css";
import { type Draft, KINDS, type Kind, exactly, limitsOf, lines, touches, wider } from "./limits";

export type HowLong = "once" | Remember["how_long"];
/** What the person chose so far: for how long, and how far. */
export interface Choice { howLong: HowLong; until: string; draft: Draft; afterOutside: boolean }

/** A moment as the browser's own field for it takes it, in the device's zone. */
export function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function firstChoice(approval: Approval): Choice {
  return { howLong: "once", until: localTime(new Date(Date.now() + 86_400_000)), draft: exactly(approval.effect), afterOutside: false };
}

/** As the server takes it; null for “just this once”. */
export function asRemember(choice: Choice, effect: Effect): Remember | null {
  if (choice.howLong === "once") return null;
  return {
    how_long: choice.howLong, limits: limitsOf(choice.draft, effect.command), after_outside: choice.afterOutside,
    ...(choice.howLong === "until" && choice.until && { until: new Date(choice.until).toISOString() }),
  };
}

interface RememberProps { approval: Approval; choice: Choice; errors: Record<string, string>; onChange: (choice: Choice) => void }

/** For how long a yes holds, and within which limits where it holds for more than this once. */
export function RememberFields({ approval, choice, errors, onChange }: RememberProps) {
  const { t } = useTranslation("trust");
  const { effect } = approval;
  const ways: HowLong[] = ["once", ...(approval.session_id ? ["session" as const] : []), "until", "always"];
  const set = (changes: Partial<Choice>) => onChange({ ...choice, ...changes });
  const setDraft = (changes: Partial<Draft>) => set({ draft: { ...choice.draft, ...changes } });
  const limited = KINDS.some((kind) => touches(effect, kind)) || effect.amount !== null;
  return (
    <div className={classes.remember}>
      <SelectField label={t("card.how_long")} value={choice.howLong} options={ways.map((value) => ({ value, label: t(`how_long.${value}`) }))} onChange={(value) => set({ howLong: value as HowLong })} />
      {choice.howLong === "until" && <TextField type="datetime-local" label={t("card.until")} value={choice.until} error={errors.until} onChange={(event) => set({ until: event.currentTarget.value })} />}
      {choice.howLong !== "once" && (
        <fieldset className={classes.bounds}>
          <legend>{limited ? t("card.limits") : t("card.no_limits")}</legend>
          {KINDS.filter((kind) => touches(effect, kind)).map((kind) => (
            <LimitField key={kind} kind={kind} value={choice.draft[kind]} proposals={wider(effect, kind)} error={errors[kind]} onChange={(text) => setDraft({ [kind]: text })} />
          ))}
          {effect.amount && <TextField label={`${t("limits.most")} ${effect.amount.currency}`} inputMode="decimal" dir="ltr" value={choice.draft.most} error={errors.most} onChange={(event) => setDraft({ most: event.currentTarget.value })} />}
          {errors.limits && <p className={field.error} role="alert" dir="auto">{errors.limits}</p>}
          {approval.outside.length > 0 && <Check label={t("card.after_outside")} description={t("card.after_outside_text")} checked={choice.afterOutside} onChange={(afterOutside) => set({ afterOutside })} />}
        </fieldset>
      )}
    </div>
  );
}

interface LimitFieldProps { kind: Kind; value: string; proposals?: string[]; error?: string; onChange: (text: string) => void }

const NO_PROPOSALS: string[] = [];

/** The values of one kind, one on each line, with wider ones to add by a press. */
export function LimitField({ kind, value, proposals = NO_PROPOSALS, error, onChange }: LimitFieldProps) {
  const { t } = useTranslation("trust");
  const id = useId();
  const given = new Set(lines(value));
  return (
    <div className={field.field}>
      <label htmlFor={id}>{t(`limits.${kind}`)}</label>
      <p id={`${id}-description`} className={field.description}>{t(`limits.${kind}_hint`)}</p>
      <textarea
        id={id} rows={Math.min(5, Math.max(1, value.split("\n").length))} dir="ltr" spellCheck={false} autoCapitalize="none" className={`${field.input} ${classes.lines}`} value={value}
        aria-invalid={Boolean(error) || undefined} aria-describedby={[`${id}-description`, error && `${id}-error`].filter(Boolean).join(" ")} onChange={(event) => onChange(event.currentTarget.value)}
      />
      {proposals.some((one) => !given.has(one)) && (
        <div className={classes.proposals}>
          {proposals.filter((one) => !given.has(one)).map((one) => <button key={one} type="button" onClick={() => onChange([...lines(value), one].join("\n"))}><span aria-hidden>+ </span><span className="sr-only">{t("limits.add")} </span><code>{revealed(one)}</code></button>)}
        </div>
      )}
      {error && <p id={`${id}-error`} className={field.error} dir="auto">{error}</p>}
    </div>
  );
}
