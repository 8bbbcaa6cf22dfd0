import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";
import classes from "./Dialog.module.css";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  /** Stands at the top with a cross, or only names the dialog where `bare`. */
  title: string;
  bare?: boolean;
  placement?: "center" | "top" | "start";
  role?: "dialog" | "alertdialog";
  children: ReactNode;
}

/** A modal on the browser's own <dialog>: it traps focus, closes on Escape and gives focus back by itself. */
export function Dialog({ opened, ...rest }: DialogProps) {
  return opened ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ onClose, title, bare = false, placement = "center", role, children }: Omit<DialogProps, "opened">) {
  const { t } = useTranslation();
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref} className={classes.dialog} data-placement={placement} role={role} aria-label={bare ? title : undefined} aria-labelledby={bare ? undefined : id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onPointerDown={(event) => { if (event.target === ref.current) onClose(); }}
    >
      <div className={classes.inside}>
        {!bare && (
          <header className={classes.header}>
            <h2 id={id} dir="auto">{title}</h2>
            <IconButton label={t("close")} small onClick={onClose}><X size={18} aria-hidden /></IconButton>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
