import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Num } from "@/ui/Bidi";

/** Whole seconds until a moment, at least 0; counts down by itself. */
export function useSecondsUntil(at: string): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
}

/** “Holds for 4:59”; read out once, not every second. */
export function Countdown({ seconds }: { seconds: number }) {
  const { t } = useTranslation("identity");
  const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <p role="timer" aria-live="off">{seconds > 0 ? <>{t("holds_for")} <Num>{shown}</Num></> : t("run_out")}</p>;
}
