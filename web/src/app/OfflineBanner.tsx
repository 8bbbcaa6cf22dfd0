import { WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSyncExternalStore } from "react";
import { live } from "@/api/live";
import classes from "./Shell.module.css";

/** Says that nothing can be sent just now; goes away by itself. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const state = useSyncExternalStore(live.onState, live.getState);
  if (state !== "lost") return null;
  return <div className={classes.offline} role="status"><WifiOff size={16} aria-hidden />{t("offline")}</div>;
}
