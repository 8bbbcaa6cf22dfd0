import i18next from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Effect, Limits } from "@/api/types";
import { revealed } from "@/ui/revealed";
import classes from "./Request.module.css";

/** An amount with its currency, in the page's language. */
export function sum({ amount, currency }: { amount: string; currency: string }): string {
  const format = new Intl.NumberFormat(`${i18next.language || "en"}-u-nu-latn`, { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 10 });
  return format.format(amount as `${number}`);
}

/** Paths, hosts and addresses: each for itself, left to right, nothing hidden in them. */
function Values({ label, values }: { label: string; values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{values.map((value) => <code key={value} className={classes.value}>{revealed(value)}</code>)}</dd>
    </div>
  );
}

/** Exactly what will happen beyond Gitu: command, files, machines, people, money, and the change as a diff. */
export function EffectView({ effect }: { effect: Effect }) {
  const { t } = useTranslation("trust");
  return (
    <>
      {effect.command !== null && (
        <figure className={classes.command}>
          <figcaption>{t("effect.command")}</figcaption>
          <pre tabIndex={0} aria-label={t("effect.command")}><code>{revealed(effect.command)}</code></pre>
        </figure>
      )}
      {(effect.amount || effect.recipients.length > 0 || effect.hosts.length > 0 || effect.paths.length > 0) && (
        <dl className={classes.effect}>
          {effect.amount && <div><dt>{t("effect.amount")}</dt><dd><bdi className={classes.amount}>{sum(effect.amount)}</bdi></dd></div>}
          <Values label={t("effect.recipients")} values={effect.recipients} />
          <Values label={t("effect.hosts")} values={effect.hosts} />
          <Values label={t("effect.paths")} values={effect.paths} />
        </dl>
      )}
      {effect.diff && <Diff text={effect.diff} />}
    </>
  );
}

function kindOf(line: string): string | undefined {
  if (/^(\+\+\+|---) /.test(line)) return "file";
  if (line.startsWith("@@")) return "place";
  return { "+": "added", "-": "removed" }[line[0] ?? ""];
}

/** A change of text in unified form; the sign says it, the colour only helps. */
function Diff({ text }: { text: string }) {
  const { t } = useTranslation("trust");
  return (
    <figure className={classes.command}>
      <figcaption>{t("effect.diff")}</figcaption>
      <pre tabIndex={0} aria-label={t("effect.diff")}>
        <code className={classes.diff}>{text.replace(/\n$/, "").split("\n").map((line, index) => <span key={index} data-kind={kindOf(line)}>{revealed(line) || " "}</span>)}</code>
      </pre>
    </figure>
  );
}

/** How far a permission goes, in words; `*` alone means anything. */
export function LimitsInWords({ limits }: { limits: Limits }) {
  const { t } = useTranslation("trust");
  const kinds = (["commands", "paths", "hosts", "recipients"] as const).filter((kind) => (limits[kind]?.length ?? 0) > 0);
  if (kinds.length === 0 && !limits.most) return <span>{t("limits.none")}</span>;
  return (
    <ul className={classes.limits}>
      {kinds.map((kind) => <li key={kind}>{t(`limits.${kind}`)} {inWords(limits[kind] ?? [], t("limits.anything"))}</li>)}
      {limits.most && <li>{t("limits.most")} <bdi className={classes.amount}>{sum(limits.most)}</bdi></li>}
    </ul>
  );
}

function inWords(values: readonly string[], anything: string): ReactNode {
  if (values.includes("*")) return <strong>{anything}</strong>;
  return values.map((value) => <code key={value} className={classes.value}>{revealed(value)}</code>);
}
