/**
 * The style of the page: light, dark, narrow and printed. The colours of the chart suit colour-blind readers (after
 * Okabe and Ito, darkened for contrast).
 */
export const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1c2430;--muted:#566072;--line:#d8dde5;--link:#0b5cad;--code:#eef1f5;--focus:#0b5cad;
--enabled:#00795a;--eligible:#0067a3;--blocked:#b3440a;--unknown:#e69f00;--skipped:#6b7280;
--enabled-bg:#d9f2e9;--enabled-fg:#00523d;--eligible-bg:#dcecf9;--eligible-fg:#004a75;--blocked-bg:#fbe3d6;--blocked-fg:#8a3000;--unknown-bg:#fdf0cf;--unknown-fg:#664600;--skipped-bg:#e6e8ec;--skipped-fg:#414855}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1b212a;--text:#e6eaf0;--muted:#a3adbd;--line:#333c49;--link:#7cbcff;--code:#262e39;--focus:#7cbcff;
--enabled:#2bb38a;--eligible:#4aa8e0;--blocked:#e8743b;--unknown:#f0b429;--skipped:#8b94a3;
--enabled-bg:#0f3b2e;--enabled-fg:#9fe8cf;--eligible-bg:#0e3550;--eligible-fg:#a9d8f8;--blocked-bg:#4d2410;--blocked-fg:#ffc9a8;--unknown-bg:#463407;--unknown-fg:#ffdf8f;--skipped-bg:#303843;--skipped-fg:#cbd2dc}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
.page{max-width:1280px;margin:0 auto;padding:0 1.25rem 4rem}
a{color:var(--link)}
section:focus{outline:none}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:2}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
header{padding:2rem 0 .5rem}
.brand{margin:0;color:var(--muted);font-size:.8rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase}
h1{margin:.1rem 0;font-size:2rem;line-height:1.2;letter-spacing:-.01em}
h2{margin:2.25rem 0 .75rem;font-size:1.3rem;letter-spacing:-.005em}
h3{margin:1.25rem 0 .25rem;font-size:1.05rem}
.scope{margin:0;font-size:1.05rem;color:var(--muted)}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;list-style:none;margin:.75rem 0 0;padding:0;color:var(--muted)}.facts b{color:var(--text)}
.partial{margin:1rem 0 0;padding:.75rem 1rem;background:var(--unknown-bg);color:var(--unknown-fg);border-left:5px solid var(--unknown);border-radius:6px}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 0;padding:.75rem 0 0;border-top:1px solid var(--line)}
.muted{color:var(--muted)}
.stack{display:block;width:100%;height:44px;border-radius:8px;background:var(--line)}
rect.enabled{fill:var(--enabled)}rect.eligible{fill:var(--eligible)}rect.blocked{fill:var(--blocked)}rect.unknown{fill:var(--unknown)}rect.skipped{fill:var(--skipped)}rect.track{fill:var(--line)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:.75rem;list-style:none;margin:.9rem 0 0;padding:0}
.card{background:var(--card);border:1px solid var(--line);border-top:5px solid var(--line);border-radius:8px;padding:.7rem 1rem .8rem}
.card.enabled{border-top-color:var(--enabled)}.card.eligible{border-top-color:var(--eligible)}.card.blocked{border-top-color:var(--blocked)}.card.unknown{border-top-color:var(--unknown)}.card.skipped{border-top-color:var(--skipped)}
.big{display:block;font-size:2rem;font-weight:650;line-height:1.15;font-variant-numeric:tabular-nums}.what{font-weight:600}.share{color:var(--muted)}.mean{display:block;color:var(--muted);font-size:.86rem}
.bars{list-style:none;margin:.75rem 0 1.5rem;padding:0;display:grid;gap:.5rem}
.bars li{display:grid;grid-template-columns:minmax(10rem,16rem) 1fr 5rem;grid-template-areas:"id bar n" "ask bar n";align-items:center;column-gap:1rem}
.bars .id{grid-area:id;font-weight:600}.bars .ask{grid-area:ask;color:var(--muted);font-size:.83rem;line-height:1.3}.bars svg{grid-area:bar;width:100%;height:18px;border-radius:4px}.bars .n{grid-area:n;font-weight:600;font-variant-numeric:tabular-nums;text-align:right}
.s{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px;margin:.5rem 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;padding:.6rem .8rem .3rem;color:var(--muted)}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem;border-top:1px solid var(--line);max-width:30rem;overflow-wrap:break-word}
thead th{font-weight:600;color:var(--muted);white-space:nowrap}
tbody th{font-weight:600}#checks-table th{white-space:nowrap}
.n{text-align:right;font-variant-numeric:tabular-nums}
code{font:.86em/1.45 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace;background:var(--code);border-radius:4px;padding:.1em .35em}
td .fix,td.wide code,td small{overflow-wrap:anywhere}#subscriptions-table code{white-space:nowrap}
#result-rows small,#result-rows .fix{display:none}
#result-table{font-size:.85rem}#result-table th,#result-table td{padding:.35rem .3rem}#result-table th:first-child{padding-left:.8rem}#result-table thead button{white-space:normal;font-size:.78rem}
#result-rows td{max-width:12rem;min-width:0}#result-rows td:nth-child(2){max-width:17rem}.k{white-space:nowrap}
.mid{display:flex;white-space:pre;max-width:8.2rem}td:nth-child(2) .mid{max-width:14rem}.mid>span:not(:last-child){overflow:hidden;text-overflow:ellipsis}.mid>span:last-child{flex:none}a .mid{display:inline-flex;vertical-align:bottom;text-decoration:underline}
.wide{min-width:20rem}
small{color:var(--muted);font-size:.92em}
.b{display:inline-block;border-radius:99px;padding:.02rem .6rem;font-size:.82rem;font-weight:600;white-space:nowrap;background:var(--skipped-bg);color:var(--skipped-fg)}
.b.enabled,.b.pass,.b.f-already-on{background:var(--enabled-bg);color:var(--enabled-fg)}.b.eligible,.b.f-will-enable{background:var(--eligible-bg);color:var(--eligible-fg)}
.b.blocked,.b.fail{background:var(--blocked-bg);color:var(--blocked-fg)}.b.unknown,.b.warn,.b.f-unknown{background:var(--unknown-bg);color:var(--unknown-fg)}
form{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:.75rem;align-items:end;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem}
label{display:block;font-size:.84rem;font-weight:600;color:var(--muted)}
form label:first-of-type{grid-column:span 2}
input,select,button{font:inherit;font-weight:400;color:inherit;background:var(--bg);border:1px solid var(--muted);border-radius:6px;padding:.4rem .6rem}
input,select{width:100%;display:block;margin-top:.2rem}
button{cursor:pointer;font-weight:600}button:disabled{opacity:.45;cursor:default}
th button{border:0;background:none;padding:0;color:inherit;text-align:left;white-space:nowrap}th button::after{content:" \\2195";opacity:.55}
th[aria-sort=ascending] button::after{content:" \\2191";opacity:1}th[aria-sort=descending] button::after{content:" \\2193";opacity:1}
.pager{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:.5rem 0 1rem}.pager p{margin:0}
.cluster{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:.5rem 0;content-visibility:auto;contain-intrinsic-size:auto 46px}
.cluster>summary{cursor:pointer;padding:.6rem .9rem}.cluster>summary h3{display:inline;margin:0 .5rem 0 0;font-size:1rem}
.about{color:var(--muted);margin-left:.5rem;font-size:.88rem}
.cluster .s{border-width:1px 0;border-radius:0;margin:0 0 .5rem}.cluster thead th{border-top:0}
.f{list-style:none;margin:0;padding:.25rem .9rem .6rem}.f li{padding:.45rem 0;border-top:1px solid var(--line)}.f li:first-child{border-top:0}
.fix{display:block;margin-top:.2rem}.fix::before{content:"Fix: ";font-weight:600;color:var(--muted)}td .fix::before{content:none}
.rest{padding:0 .9rem .6rem}.rest summary{cursor:pointer;color:var(--muted)}.rest .f{padding:0}
.shared{background:var(--card);border:1px solid var(--line);border-radius:8px}
@media (max-width:640px){.page{padding:0 .8rem 3rem}h1{font-size:1.6rem}.cards{grid-template-columns:1fr 1fr}.card:last-child{grid-column:1/-1}.card{padding:.6rem .8rem}.big{font-size:1.6rem}form{grid-template-columns:1fr 1fr}
.bars li{grid-template-columns:1fr auto;grid-template-areas:"id n" "ask ask" "bar bar"}.about{display:block;margin:.2rem 0 0}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{@page{margin:14mm}:root{color-scheme:light;--bg:#fff;--card:#fff;--text:#000;--muted:#444;--line:#bbb;--link:#000;--code:#f2f2f2;
--enabled:#00795a;--eligible:#0067a3;--blocked:#b3440a;--unknown:#e69f00;--skipped:#6b7280;--enabled-bg:#d9f2e9;--enabled-fg:#00523d;--eligible-bg:#dcecf9;--eligible-fg:#004a75;--blocked-bg:#fbe3d6;--blocked-fg:#8a3000;--unknown-bg:#fdf0cf;--unknown-fg:#664600;--skipped-bg:#e6e8ec;--skipped-fg:#414855}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}.page{max-width:none;padding:0}nav,form,.skip,#results,.pager button{display:none!important}
.cards{grid-template-columns:repeat(5,1fr)}.card{padding:.4rem .6rem}.big{font-size:1.4rem}.s{overflow:visible}.card:last-child{grid-column:auto}td{padding:.25rem .4rem;overflow-wrap:anywhere}th{padding:.25rem .4rem}thead th{white-space:normal}.wide{min-width:0}td.wide:last-child{width:38%}#subscriptions-table code{white-space:normal}table{font-size:8.5pt}
.cluster{content-visibility:visible}.cluster>summary{list-style:none}.card,.bars li,tr,.f li,summary{break-inside:avoid}h2,h3,summary{break-after:avoid}
.cluster::details-content{content-visibility:visible;block-size:auto}}
`;
