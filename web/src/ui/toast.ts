/** Short messages where no form or list is there to carry them. */
import { sentence } from "@/api/client";

export interface Toast { id: number; text: string; bad: boolean; /** Where one can do something about it. */ link?: ToastLink | undefined }
export interface ToastLink { to: string; label: string }
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
function show(text: string, bad: boolean, link?: ToastLink): void {
  const id = next++;
  change([...toasts.slice(-2), { id, text, bad, link }]);
  setTimeout(() => toastStore.drop(id), bad || link ? 9000 : 3500);
}

/** A short word that something worked. */
export function toastDone(text: string): void { show(text, false); }
/** Something that happened by itself, and the way to where one can do something about it. */
export function toastNote(text: string, link: ToastLink): void { show(text, false, link); }
/** A sentence that something failed. */
export function toastError(error: unknown): void { show(sentence(error), true); }
