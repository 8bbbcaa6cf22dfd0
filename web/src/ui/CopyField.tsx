import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";
import classes from "./ui.module.css";

/** Copies text; where the clipboard is closed to us (no TLS on a home network) falls back to a selection. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    // The only way left without the clipboard API; marked deprecated, kept by every browser.
    const done = (document as { execCommand(command: string): boolean }).execCommand("copy");
    area.remove();
    return done;
  }
}

export function CopyButton({ text, label }: { text: string | (() => string); label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = async () => {
    if (!(await copyText(typeof text === "string" ? text : text()))) return;
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 1600);
  };
  const name = copied ? t("copied") : (label ?? t("copy"));
  return (
    <IconButton label={name} small onClick={() => void copy()}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}

/** A value to take away (a link, a key): shown whole, left to right, one press to copy. */
export function CopyField({ value, label }: { value: string; label: string }) {
  return (
    <div className={classes.copyField}>
      <input readOnly value={value} aria-label={label} dir="ltr" onFocus={(event) => event.currentTarget.select()} />
      <CopyButton text={value} />
    </div>
  );
}
