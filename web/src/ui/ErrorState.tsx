import { CircleAlert, WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError, sentence } from "@/api/client";
import { Button } from "./Button";
import classes from "./ui.module.css";

/** One sentence on what went wrong, and the way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const offline = error instanceof ApiError && error.unreachable;
  const Icon = offline ? WifiOff : CircleAlert;
  return (
    <div className={classes.state} role="alert">
      <Icon size={24} strokeWidth={1.5} aria-hidden className={classes.stateIcon} />
      <p className={classes.stateText} dir="auto">{sentence(error)}</p>
      {error instanceof ApiError && error.requestId && <p className={classes.stateHint}>{t("error.reference")} <code>{error.requestId}</code></p>}
      {onRetry && <Button variant="default" onClick={onRetry}>{t("retry")}</Button>}
    </div>
  );
}
