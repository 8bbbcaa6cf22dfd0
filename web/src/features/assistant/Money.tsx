import { money } from "@/ui/format";

/** What something cost, with a label for those who can't see where it stands. */
export function Money({ amount, label }: { amount: string | null; label: string }) {
  if (amount === null) return null;
  return <span className="num" title={label}><span className="sr-only">{label}: </span>{money(amount)}</span>;
}
