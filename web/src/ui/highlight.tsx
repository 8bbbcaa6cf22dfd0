/** Colours for code, fetched with the first code block; each language with its first use. */
import hljs from "highlight.js/lib/core";
import type { LanguageFn } from "highlight.js";
import type { ReactNode } from "react";
import classes from "./highlight.module.css";

type Load = () => Promise<{ default: LanguageFn }>;
const LANGUAGES: Record<string, Load> = {
  bash: () => import("highlight.js/lib/languages/bash"), c: () => import("highlight.js/lib/languages/c"), cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"), css: () => import("highlight.js/lib/languages/css"), diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"), go: () => import("highlight.js/lib/languages/go"), ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"), javascript: () => import("highlight.js/lib/languages/javascript"), json: () => import("highlight.js/lib/languages/json"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"), lua: () => import("highlight.js/lib/languages/lua"), makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"), php: () => import("highlight.js/lib/languages/php"), python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"), ruby: () => import("highlight.js/lib/languages/ruby"), rust: () => import("highlight.js/lib/languages/rust"),
  sql: () => import("highlight.js/lib/languages/sql"), swift: () => import("highlight.js/lib/languages/swift"), typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"), yaml: () => import("highlight.js/lib/languages/yaml"),
};
const ALIASES: Record<string, string> = { sh: "bash", shell: "bash", zsh: "bash", console: "bash", "c++": "cpp", cs: "csharp", docker: "dockerfile", toml: "ini", js: "javascript", jsx: "javascript", mjs: "javascript", kt: "kotlin", make: "makefile", md: "markdown", py: "python", python3: "python", rb: "ruby", rs: "rust", ts: "typescript", tsx: "typescript", html: "xml", svg: "xml", vue: "xml", yml: "yaml", golang: "go" };

/** Its coloured spans, or null for a language we do not know. */
export async function highlight(code: string, name: string): Promise<ReactNode> {
  const lower = name.toLowerCase();
  const language = ALIASES[lower] ?? lower;
  const load = LANGUAGES[language];
  if (!load) return null;
  if (!hljs.getLanguage(language)) hljs.registerLanguage(language, (await load()).default);
  // Parsed into a document of its own, where nothing runs, and only spans and text are taken from it.
  const html = new DOMParser().parseFromString(hljs.highlight(code, { language, ignoreIllegals: true }).value, "text/html");
  return toNodes(html.body);
}

function toNodes(parent: Node): ReactNode[] {
  return [...parent.childNodes].map((node, index) => (node instanceof HTMLElement ? <span key={index} className={scope(node)}>{toNodes(node)}</span> : node.textContent));
}

function scope(node: HTMLElement): string | undefined {
  return classes[(node.classList[0] ?? "").replace("hljs-", "").replaceAll("-", "_")];
}
