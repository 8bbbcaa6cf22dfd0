import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/global.css";
import { App } from "./app/App";
import { fetchAhead } from "./app/ahead";
import { startI18n } from "./app/i18n";

const container = document.getElementById("root");
if (!container) throw new Error("The page has no #root");

await startI18n(fetchAhead(window.location.pathname));
const root = createRoot(container);
// As a transition the first screen is drawn in slices: taps and keys get in between.
startTransition(() => root.render(<StrictMode><App /></StrictMode>));

// Once idle: the service worker fetches the other screens, so that they open offline and at once.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const register = () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  window.addEventListener("load", () => setTimeout(register, 3000), { once: true });
}
