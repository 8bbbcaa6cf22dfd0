import { Image as ImageIcon } from "lucide-react";
import i18next from "i18next";
import { type Token, type Tokens, lexer } from "marked";
import { Fragment, type ReactNode, memo, useMemo } from "react";
import { CodeBlock } from "./CodeBlock";
import classes from "./Markdown.module.css";
import { OutsideLink } from "./OutsideLink";
import { decodeEntities, safeLink } from "./markdownText";

/**
 * Markdown from anywhere, as React elements and never as HTML: tags in it are shown as text, links go only to the web
 * or to mail, and ask before they leave; pictures are links: nothing is fetched because a text says so. Each block takes its own direction. While text streams in (`growing`), only the
 * blocks that changed are drawn again.
 */
export function Markdown({ text, growing = false }: { text: string; growing?: boolean }) {
  const blocks = useMemo(() => tokens(text), [text]);
  // A message stands inside a page: its highest heading comes right below the page's own.
  const raise = useMemo(() => 2 - Math.min(...blocks.map((token) => (token.type === "heading" ? (token as Tokens.Heading).depth : 6))), [blocks]);
  return (
    <div className={classes.markdown}>
      {blocks.map((token, index) => <Block key={index} token={token} raw={token.raw} raise={raise} open={growing && index === blocks.length - 1} />)}
    </div>
  );
}

/** Deeper than anyone writes; beyond it a text shows as it is, so that a hostile one can't exhaust the stack. */
const DEEPEST = 24;

function tokens(text: string): Token[] {
  try {
    return lexer(text, { gfm: true, breaks: true });
  } catch {
    return [{ type: "html", raw: text, text } as Tokens.HTML];
  }
}

/** A block is its source text: where that is the same, so is what it shows. */
const Block = memo(
  ({ token, raise, open }: { token: Token; raw: string; raise: number; open: boolean }) => {
    if (token.type !== "heading") return block(token, 0, 0, open);
    const depth = (token as Tokens.Heading).depth;
    const Heading = `h${Math.min(6, depth + raise)}` as "h2";
    return <Heading dir="auto" data-depth={depth}>{inline(token.tokens)}</Heading>;
  },
  (before, after) => before.raw === after.raw && before.raise === after.raise && before.open === after.open,
);

function blocks(tokens: Token[] | undefined, depth: number): ReactNode {
  return tokens?.map((token, index) => block(token, index, depth));
}

function block(token: Token, key: number, depth: number, open = false): ReactNode {
  if (depth > DEEPEST) return <Fragment key={key}>{token.raw}</Fragment>;
  switch (token.type) {
    case "space": case "def": return null;
    // Inside a quotation or a list a heading is only loud text.
    case "heading": return <p key={key} dir="auto"><strong>{inline(token.tokens)}</strong></p>;
    case "paragraph": return <p key={key} dir="auto">{inline(token.tokens)}</p>;
    case "text": return token.tokens ? <span key={key} dir="auto" className={classes.tight}>{inline(token.tokens)}</span> : <Fragment key={key}>{decodeEntities(token.raw)}</Fragment>;
    case "code": return <CodeBlock key={key} code={(token as Tokens.Code).text} language={(token as Tokens.Code).lang ?? ""} open={open} />;
    case "blockquote": return <blockquote key={key}>{blocks(token.tokens, depth + 1)}</blockquote>;
    case "hr": return <hr key={key} />;
    case "list": return <List key={key} list={token as Tokens.List} depth={depth} />;
    case "table": return <Table key={key} table={token as Tokens.Table} />;
    case "html": return <p key={key} dir="auto">{(token as Tokens.HTML).text.trim()}</p>;
    default: return <Fragment key={key}>{inlineOne(token, 0)}</Fragment>;
  }
}

function List({ list, depth }: { list: Tokens.List; depth: number }) {
  const items = list.items.map((item, index) => (
    <li key={index} dir="auto" data-task={item.task || undefined}>
      {item.task && <input type="checkbox" checked={Boolean(item.checked)} readOnly disabled aria-label={item.text.slice(0, 80)} />}
      {blocks(item.tokens.filter(({ type }) => type !== "checkbox"), depth + 1)}
    </li>
  ));
  const dir = /[\u0590-\u08FF]/.test(list.items[0]?.text.trim()[0] ?? "") ? "rtl" : "ltr";
  return list.ordered ? <ol start={Number(list.start) || 1} dir={dir}>{items}</ol> : <ul dir={dir}>{items}</ul>;
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <section className={classes.scroll} tabIndex={0} aria-label={table.header.map(({ text }) => text).join(", ")}>
      <table dir="auto">
        <thead><tr>{table.header.map((cell, index) => <th key={index} dir="auto" align={cell.align ?? undefined}>{inline(cell.tokens)}</th>)}</tr></thead>
        <tbody>{table.rows.map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column} dir="auto" align={cell.align ?? undefined}>{inline(cell.tokens)}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}

function inline(tokens: Token[] | undefined, depth = 0): ReactNode {
  return tokens?.map((token, index) => inlineOne(token, index, depth));
}

function inlineOne(token: Token, key: number, depth = 0): ReactNode {
  if (depth > DEEPEST) return <Fragment key={key}>{token.raw}</Fragment>;
  switch (token.type) {
    case "strong": return <strong key={key}>{inline(token.tokens, depth + 1)}</strong>;
    case "em": return <em key={key}>{inline(token.tokens, depth + 1)}</em>;
    case "del": return <del key={key}>{inline(token.tokens, depth + 1)}</del>;
    case "codespan": return <code key={key}>{(token as Tokens.Codespan).text}</code>;
    case "br": return <br key={key} />;
    case "link": return <Link key={key} href={(token as Tokens.Link).href} text={(token as Tokens.Link).text}>{inline(token.tokens, depth + 1)}</Link>;
    case "image": return <Link key={key} href={(token as Tokens.Image).href} text=""><ImageIcon size={14} aria-hidden className={classes.image} />{decodeEntities((token as Tokens.Image).text) || i18next.t("common:outside.picture")}</Link>;
    case "escape": return <Fragment key={key}>{(token as Tokens.Escape).text}</Fragment>;
    case "text": return <Fragment key={key}>{token.tokens ? inline(token.tokens, depth + 1) : decodeEntities((token as Tokens.Text).text)}</Fragment>;
    default: return <Fragment key={key}>{token.raw}</Fragment>;
  }
}

/** A link says where it leads: what a text claims and where it goes can differ. */
function Link({ href, text, children }: { href: string; text: string; children: ReactNode }) {
  const link = safeLink(href);
  if (!link) return <>{children}</>;
  if (link.inside) return <a href={link.href}><bdi>{children}</bdi></a>;
  return <OutsideLink href={link.href} text={text} host={text.includes(link.host) ? "" : link.host}>{children}</OutsideLink>;
}
