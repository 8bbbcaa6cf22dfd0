import type { ReactNode } from "react";
import classes from "./ui.module.css";

/** Plain text where each paragraph takes its own direction; line breaks stay. */
export function BidiText({ text }: { text: string }) {
  return (
    <div className={classes.bidi}>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index}>
          {paragraph.split("\n").map((line, row) => <span key={row} dir="auto" className={classes.line}>{line || "\u200b"}</span>)}
        </p>
      ))}
    </div>
  );
}

/** A name or phrase of unknown direction inside a sentence; it cannot disturb what stands around it. */
export function Isolate({ children }: { children: ReactNode }) {
  return <bdi>{children}</bdi>;
}

/** Numbers, identifiers and amounts: left to right, figures of equal width. */
export function Num({ children }: { children: ReactNode }) {
  return <span className="num">{children}</span>;
}
