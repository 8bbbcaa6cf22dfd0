import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";
import classes from "./Toasts.module.css";
import { toastStore } from "./toast";

export function Toasts() {
  const { t } = useTranslation();
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  return (
    <div className={classes.toasts} role="status" aria-live="polite">
      {toasts.map(({ id, text, bad, link }) => (
        <div key={id} className={classes.toast} data-bad={bad || undefined}>
          <span dir="auto">{text}</span>
          {link && <Link to={link.to} className={classes.link} onClick={() => toastStore.drop(id)}>{link.label}</Link>}
          <IconButton label={t("close")} small onClick={() => toastStore.drop(id)}><X size={16} aria-hidden /></IconButton>
        </div>
      ))}
    </div>
  );
}
