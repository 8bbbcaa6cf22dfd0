import type { ComponentProps, ReactNode } from "react";
import classes from "./Button.module.css";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: "primary" | "default" | "subtle" | "danger";
  /** Shows that it is at work and takes no second press. */
  loading?: boolean;
  block?: boolean;
  icon?: ReactNode;
}

/** A button; its text is the verb of what it does. */
export function Button({ variant = "primary", loading, block, icon, type = "button", className = "", disabled, children, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`${classes.button} ${className}`} data-variant={variant} data-block={block || undefined} data-loading={loading || undefined} disabled={disabled || loading} aria-busy={loading || undefined}>
      {icon}<span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends ComponentProps<"button"> { label: string; small?: boolean }

/** A button that is only an icon; `label` names it for the pointer and for screen readers. */
export function IconButton({ label, small, type = "button", className = "", ...rest }: IconButtonProps) {
  return <button title={label} {...rest} type={type} aria-label={label} className={`${classes.icon} ${className}`} data-small={small || undefined} />;
}
