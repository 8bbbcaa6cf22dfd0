import { Moon, Sun } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "@/app/preferences";
import { useScheme } from "@/theme/scheme";
import { IconButton } from "@/ui/Button";
import { Logo } from "@/ui/Logo";
import classes from "./identity.module.css";

/** The frame of every screen before sign-in: our mark, one column, language and theme within reach. */
export function Gate({ title, intro, wide, children }: { title: string; intro?: ReactNode; wide?: boolean; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { apply } = usePreferences();
  const scheme = useScheme();
  const other = i18n.language === "ar" ? "en" : "ar";
  useEffect(() => { document.title = `${title} · Gitu`; }, [title]);
  return (
    <div className={classes.gate}>
      <header className={classes.bar}>
        <span className={classes.brand}><Logo size={28} /> Gitu</span>
        <span className={classes.tools}>
          <button type="button" lang={other} className={classes.language} onClick={() => apply({ language: other })}>{other === "ar" ? "العربية" : "English"}</button>
          <IconButton label={t(scheme === "dark" ? "theme.to_light" : "theme.to_dark")} onClick={() => apply({ theme: scheme === "dark" ? "light" : "dark" })}>
            {scheme === "dark" ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
          </IconButton>
        </span>
      </header>
      <main className={classes.column} data-wide={wide || undefined}>
        <h1>{title}</h1>
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </main>
    </div>
  );
}
