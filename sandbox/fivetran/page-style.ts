/** How the card's page looks. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b2333; --soft: #5a6478; --line: #d5dbe7; --paper: #fff;
  --ground: #eef2f9; --accent: #1f5fe0; --accent-ink: #fff; --tint: #f5f8ff; --bad: #b3261e;
  --bad-tint: #fdf0ef; --good: #1c7c4a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf4; --soft: #a4afc3; --line: #38435a;
  --paper: #1a2233; --ground: #10151f; --accent: #86aefc; --accent-ink: #0d1626; --tint: #20293c;
  --bad: #ffb4ab; --bad-tint: #3b2023; --good: #7fd6a4; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.note { margin: 0; padding: .6rem 1.25rem; text-align: center; font-size: .875rem;
  color: var(--soft); border-bottom: 1px solid var(--line); }
main { width: min(60rem, 100% - 2.5rem); margin: clamp(1.25rem, 6vh, 4rem) auto; overflow: hidden;
  background: var(--paper); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 18px 50px -24px rgb(20 40 90 / .35); }
main.small { width: min(34rem, 100% - 2.5rem); }
.columns { display: grid; }
@media (min-width: 48rem) { .columns.two { grid-template-columns: 1.35fr 1fr; } }
.pane { padding: clamp(1.5rem, 4vw, 2.5rem); min-width: 0; }
aside.pane { background: var(--tint); border-top: 1px solid var(--line); font-size: .9375rem; }
@media (min-width: 48rem) { .two aside.pane { border-top: 0; border-left: 1px solid var(--line); } }
.mark { display: block; margin-bottom: 1rem; color: var(--accent); }
.mark.bad { color: var(--bad); } .mark.good { color: var(--good); }
h1 { margin: 0 0 .35rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
p { margin: 0 0 1rem; } .lead { color: var(--soft); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 1.25rem 0 1.75rem;
  padding: .85rem 1rem; border: 1px solid var(--line); border-radius: 10px; font-size: .9375rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.field { margin-bottom: 1.15rem; }
label { display: block; font-weight: 600; }
.hint { display: block; color: var(--soft); font-size: .875rem; margin-bottom: .35rem; }
input { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--soft); border-radius: 8px; }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.wrong { display: block; margin-top: .3rem; color: var(--bad); font-size: .875rem; }
.alert { padding: .8rem 1rem; margin-bottom: 1.4rem; color: var(--bad); background: var(--bad-tint);
  border: 1px solid; border-radius: 10px; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.75rem; }
button { padding: .65rem 1.35rem; font: inherit; font-weight: 600; border-radius: 8px;
  border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink);
  cursor: pointer; }
button.quiet { background: none; border-color: var(--line); color: inherit; }
button:hover { filter: brightness(1.08); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol { margin: 0 0 1rem; padding-left: 1.25rem; } li { margin-bottom: .6rem; }
.until { margin: 1.5rem 0 0; color: var(--soft); font-size: .875rem; }
`;
