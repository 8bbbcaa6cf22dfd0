import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import classes from "./Menu.module.css";

interface MenuProps {
  label: string;
  /** What the button shows. */
  button: ReactNode;
  buttonClass?: string;
  title?: string;
  side?: "below" | "above";
  align?: "start" | "end";
  children: ReactNode;
}

const GAP = 4;

function place(button: HTMLElement, menu: HTMLElement, side: "below" | "above", align: "start" | "end"): void {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const rtl = document.documentElement.dir === "rtl";
  const left = (align === "start") === rtl ? anchor.right - width : anchor.left;
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - height;
  const top = side === "above" ? (above > 0 ? above : below) : below + height < window.innerHeight ? below : Math.max(GAP, above);
  menu.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, Math.min(top, window.innerHeight - height - GAP))}px`;
}

/** A menu on the browser's own popover: above everything, closed by Escape or a press elsewhere; arrows move in it. */
export function Menu({ label, button, buttonClass, title, side = "below", align = "start", children }: MenuProps) {
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const menuRef = useRef<HTMLDivElement>(null);
  const items = () => [...(menuRef.current?.querySelectorAll<HTMLElement>("[role^=menuitem]:not(:disabled)") ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") menuRef.current?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  };
  return (
    <>
      <button ref={buttonRef} type="button" className={buttonClass} popoverTarget={id} aria-haspopup="menu" aria-label={label} title={title}>{button}</button>
      <div
        ref={menuRef} id={id} popover="auto" role="menu" tabIndex={-1} aria-label={label} className={classes.menu} onKeyDown={onKeyDown}
        onClick={(event) => { if ((event.target as HTMLElement).closest("[role=menuitem]")) menuRef.current?.hidePopover(); }}
        onToggle={(event) => {
          if (event.newState !== "open" || !buttonRef.current || !menuRef.current) return;
          place(buttonRef.current, menuRef.current, side, align);
          items()[0]?.focus();
        }}
      >
        {children}
      </div>
    </>
  );
}

interface MenuItemProps extends ComponentProps<"button"> { icon?: ReactNode; danger?: boolean; /** One of several, of which this is chosen or not; the menu then stays open. */ checked?: boolean; hint?: ReactNode }

export function MenuItem({ icon, danger, checked, hint, children, ...rest }: MenuItemProps) {
  return (
    <button {...rest} type="button" role={checked === undefined ? "menuitem" : "menuitemradio"} aria-checked={checked} className={classes.item} data-danger={danger || undefined} tabIndex={-1}>
      {icon}<span className={classes.text}>{children}</span>{hint && <span className={classes.hint}>{hint}</span>}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) { return <div className={classes.label} role="presentation">{children}</div>; }
export function MenuLine() { return <hr className={classes.line} />; }
