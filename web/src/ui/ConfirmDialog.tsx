import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentence } from "@/api/client";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Notice } from "./Notice";
import classes from "./ui.module.css";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen and whether it can be undone. */
  text: ReactNode;
  /** The verb itself: “Delete”, never “OK”. */
  confirm: string;
  onConfirm: () => Promise<unknown>;
  danger?: boolean;
}

/** Asks before what cannot be undone; stays open and says why when it failed. */
export function ConfirmDialog({ opened, onClose, title, text, confirm, onConfirm, danger = true }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const close = () => { setFailure(null); onClose(); };
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try { await onConfirm(); close(); } catch (error) { setFailure(sentence(error)); } finally { setBusy(false); }
  };
  return (
    <Dialog opened={opened} onClose={close} title={title} role="alertdialog">
      <div className={classes.confirm}>
        <div dir="auto">{text}</div>
        {failure && <Notice tone="bad">{failure}</Notice>}
        <div className={classes.confirmButtons}>
          <Button variant="default" onClick={close} data-autofocus>{t("cancel")}</Button>
          <Button variant={danger ? "danger" : "primary"} loading={busy} onClick={() => void run()}>{confirm}</Button>
        </div>
      </div>
    </Dialog>
  );
}
