import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BidiText } from "../src/ui/Bidi";
import { Markdown } from "../src/ui/Markdown";
import { claimedHost, decodeEntities, partsOf, safeLink } from "../src/ui/markdownText";

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

describe("Markdown from outside", () => {
  it.each([
    ["<script>alert(1)</script>", "<script"],
    ["<img src=x onerror=alert(1)>", "<img"],
    ["before <b onclick=alert(1)>inline</b> after", "<b "],
    ["![picture](https://example.org/track.png)", "<img"],
    ["<iframe src='https://example.org'></iframe>", "<iframe"],
    ["<svg/onload=alert(1)>", "<svg/"],
    ["[x](javascript:alert(1))", "javascript:"],
    ["[x](JaVaScRiPt&#58;alert(1))", "href"],
    ["[x](data:text/html;base64,PHNjcmlwdD4=)", "href"],
    ["[x](vbscript:msgbox(1))", "href"],
    ["[x](//example.org/elsewhere)", "href"],
    ["[x][1]\n\n[1]: javascript:alert(1)", "javascript:"],
    ["```html\n</code></pre><script>alert(1)</script>\n```", "<script"],
    ["`<script>`", "<script"],
  ])("%s becomes no live %s", (text, dangerous) => {
    expect(html(text).toLowerCase()).not.toContain(dangerous.toLowerCase());
  });

  it("shows tags as the text they are", () => {
    expect(html("<b>bold</b>")).toContain("&lt;b&gt;");
  });

  it("says where a link leads, and has nothing that could be followed, fetched ahead or previewed unasked", () => {
    const link = html("[our bank](https://evil.example/login?q=secret)");
    expect(link).toContain("(evil.example)");
    expect(link).not.toContain("href");
  });

  it("shows names in letters of other scripts as the network knows them", () => {
    expect(html("[pay](https://\u0430pple.com/)")).toContain("(xn--pple-43d.com)");
    expect(html("https://moc.\u202Eelpmaxe.example/")).not.toContain("href");
  });

  it("makes a picture a labelled link, so that nothing is fetched unasked", () => {
    const cat = html("![a cat](https://example.org/cat.png?d=1)");
    expect(cat).toContain("a cat");
    expect(cat).toContain("(example.org)");
    expect(cat).not.toContain("src=");
  });

  it("goes directly to the screens of this Gitu, and nowhere else on its server", () => {
    expect(html("[activity](/activity)")).toContain('href="/activity"');
    expect(html("[x](/api/v1/sessions)")).not.toContain("href");
    expect(html("[x](/\\evil.example/a)")).not.toContain('href="/');
  });

  it("gives each paragraph its own direction and keeps code left to right", () => {
    const mixed = html("English first.\n\nثم العربية.\n\n```\ncode\n```");
    expect(mixed.match(/<p dir="auto">/g)).toHaveLength(2);
    expect(mixed).toContain('<figure class="_block_');
    expect(mixed).toMatch(/<figure[^>]* dir="ltr"/);
  });

  it("sets an Arabic list from the right", () => {
    expect(html("- أولًا\n- ثانيًا")).toContain('<ul dir="rtl">');
    expect(html("1. one\n2. two")).toContain('<ol start="1" dir="ltr">');
  });

  it("understands tables, task lists and text that is still being written", () => {
    expect(html("| a | b |\n|---|--:|\n| 1 | 2 |")).toContain("<table");
    expect(html("- [x] done\n- [ ] open").match(/type="checkbox"/g)).toHaveLength(2);
    expect(html("**half bold and a `half code")).toContain("**half bold");
    expect(html("```python\nprint(")).toContain("print(");
  });

  it("stays quick on hostile text", () => {
    const start = performance.now();
    for (const text of ["*".repeat(5000), "[".repeat(5000), "> ".repeat(500), "> ".repeat(20_000), "- ".repeat(3000), "*a **b ".repeat(1000), "`".repeat(5000), "a".repeat(100_000), "| ".repeat(3000), "<".repeat(5000)]) html(text);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("text", () => {
  it("has its entities read, and unknown ones left alone", () => {
    expect(decodeEntities("a &amp; b &#1587; &#x633; &unknown; &#0; &#xD800;")).toBe("a & b س س &unknown; &#0; &#xD800;");
  });

  it("leads only to the web or to mail", () => {
    expect(safeLink("https://example.org/a")?.host).toBe("example.org");
    expect(safeLink("mailto:a@example.org")?.href).toBe("mailto:a@example.org");
    expect(safeLink("local")).toBeNull();
    expect(safeLink("file:///etc/passwd")).toBeNull();
  });

  it("is told apart in an address: who is named before the host, the host, and what is sent along", () => {
    expect(partsOf("https://bank.example@evil.example:8443/a?bank.example=1#x")).toEqual({ before: "https://bank.example@", host: "evil.example:8443", after: "/a?bank.example=1#x" });
    expect(partsOf("mailto:a@example.org?body=secret").after).toContain("body=secret");
    expect(claimedHost("https://bank.example/login")).toBe("bank.example");
    expect(claimedHost("read more")).toBeNull();
  });

  it("takes each line's own direction", () => {
    expect(renderToStaticMarkup(<BidiText text={"hello\nمرحبا"} />).match(/dir="auto"/g)).toHaveLength(2);
  });
});
