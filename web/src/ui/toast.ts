/** Short messages where no form or list is there to carry them. */
import { sentence } from "@/api/client";

export interface Toast { id: number; text: string; bad: boolean }
let toasts: Toast[] = [];
let next = 0;
const listeners = new Set<() => void>();

export const toastStore = {
  get: (): Toast[] => toasts,
  subscribe: (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; },
  drop: (id: number) => change(toasts.filter((toast) => toast.id !== id)),
};
function change(all: Toast[]): void {
  toasts = all;
  for (const listener of listeners) listener();
}
function show(text: string, bad: boolean): void {
  const id = next++;
  change([...toasts.slice(-2), { id, text, bad }]);
  setTimeout(() => toastStore.drop(id), bad ? 9000 : 3500);
}

/** A short word that something worked. */
export function toastDone(text: string): void { show(text, false); }
/** A sentence that something failed. */
export function toastError(error: unknown): void { show(sentence(error), true); }
