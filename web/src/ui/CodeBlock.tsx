import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CodeBlock.module.css";
import { CopyButton } from "./CopyField";

/** Code: left to right in every language, with its name and a copy button; coloured once whole. */
export function CodeBlock({ code, language, open = false, label }: { code: string; language: string; open?: boolean; label?: string }) {
  const { t } = useTranslation();
  const name = language.trim().split(/\s/)[0] ?? "";
  const coloured = useColoured(code, name, !open);
  return (
    <figure className={classes.block} dir="ltr">
      <figcaption><span>{label ?? name}</span><CopyButton text={code} label={t("copy_code")} /></figcaption>
      <pre tabIndex={0} aria-label={label ?? (name || t("code"))}><code>{coloured ?? code}</code></pre>
    </figure>
  );
}

const LONGEST = 40_000;

function useColoured(code: string, language: string, ready: boolean): ReactNode {
  const [result, setResult] = useState<{ code: string; nodes: ReactNode } | null>(null);
  useEffect(() => {
    if (!ready || !language || code.length > LONGEST) return;
    let wanted = true;
    import("./highlight")
      .then(({ highlight }) => highlight(code, language))
      .then((nodes) => { if (wanted && nodes) setResult({ code, nodes }); })
      // Without colours it is still code: offline, the chunk may be missing.
      .catch(() => undefined);
    return () => { wanted = false; };
  }, [code, language, ready]);
  return result?.code === code ? result.nodes : null;
}
