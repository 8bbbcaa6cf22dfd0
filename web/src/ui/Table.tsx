import type { Key, ReactNode } from "react";
import classes from "./Table.module.css";

export interface Column<T> {
  key: string;
  title: string;
  /** What stands in the cell. */
  cell: (row: T) => ReactNode;
  /** Numbers stand at the end edge, figure under figure. */
  numeric?: boolean;
}

/** Rows and columns; on a phone each row becomes a card whose cells carry their column's name. */
export function Table<T>({ label, columns, rows, keyOf }: { label: string; columns: Column<T>[]; rows: T[]; keyOf: (row: T) => Key }) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead><tr>{columns.map(({ key, title, numeric }) => <th key={key} scope="col" data-numeric={numeric || undefined}>{title}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, title, cell, numeric }) => <td key={key} data-title={title} data-numeric={numeric || undefined}><div>{cell(row)}</div></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
