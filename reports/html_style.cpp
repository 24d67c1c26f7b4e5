// The look of the report: type and space first, colour only beside words.  Logical properties alone, so that
// one sheet serves both directions of writing.  Contrast of text against its ground is at least 4.5 to 1.
// Tested by tests/reports/html_test.cpp
#include "reports/html.h"

namespace evtriage::reports {
namespace {

constexpr std::string_view style = R"css(
:root{--ink:#1a222d;--soft:#536070;--line:#d3d9e1;--ground:#fff;--pale:#f4f6f9;--accent:#1d3b62;--high:#8f1d17;--high-bg:#fbecea;--medium:#7a4a00;--medium-bg:#fcf2df;--low:#3d4d60;--low-bg:#ecf0f5;--mark:#ffe9a3}
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,"Noto Sans","Segoe UI",Roboto,"DejaVu Sans","Noto Sans Arabic","Noto Naskh Arabic",Tahoma,sans-serif;color:var(--ink);background:#e9edf2}
html[dir=rtl]{font-family:"Noto Naskh Arabic","Noto Sans Arabic","Geeza Pro",Tahoma,"DejaVu Sans",system-ui,sans-serif;line-height:1.75}
body{max-width:62rem;margin:0 auto;padding:2.5rem 3rem 3rem;background:var(--ground)}
h1,h2,h3{font-family:Charter,"Bitstream Charter","Noto Serif",Cambria,Georgia,"DejaVu Serif",serif;line-height:1.2;font-weight:700;text-wrap:balance}
html[dir=rtl] :is(h1,h2,h3){font-family:inherit;line-height:1.5}
h1{font-size:2.5rem;margin:.1rem 0 1.2rem}
h2{font-size:1.5rem;margin:0 0 .6rem;color:var(--accent)}
h3{font-size:1.15rem;margin:1.4rem 0 .5rem}
p{margin:.4rem 0}
section{margin-block:2.6rem 0;padding-block-start:1.4rem;border-block-start:1px solid var(--line)}
a{color:var(--accent)}
a:focus-visible{outline:3px solid #b36b00;outline-offset:2px}
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{inset-inline-start:1rem;background:#fff;padding:.5rem}
header{border-block-start:.45rem solid var(--accent);padding-block-start:1.2rem}
.brand{font-weight:600;color:var(--soft);margin:0;letter-spacing:.02em}
html[dir=rtl] .brand{letter-spacing:0}
dl{margin:0}
.case{display:grid;grid-template-columns:repeat(3,1fr);gap:.9rem 1.8rem;border-block:1px solid var(--line);padding-block:1rem}
dt{font-size:.82rem;color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.case dd{font-weight:600}
.missing{color:var(--soft);font-style:italic;font-weight:400}
html[dir=rtl] .missing{font-style:normal}
.handling{margin-block-start:1.2rem;border-inline-start:.3rem solid var(--high);background:var(--high-bg);padding:.7rem 1.1rem;font-size:.94rem}
.handling strong{color:var(--high)}
.handling p{margin:.1rem 0}
.glance{border:0;padding:0;margin-block-start:1.8rem}
.figures{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(6,1fr);border:1px solid var(--line)}
.figure{border-inline-start:1px solid var(--line)}
.figure:first-child{border-inline-start:0}
.figure a{display:block;padding:.7rem .9rem;text-decoration:none;color:inherit;height:100%}
.figure strong{display:block;font-size:1.7rem;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
.figure span{font-size:.82rem;color:var(--soft);line-height:1.3;display:block}
.figure.warn{background:var(--medium-bg)}
.figure.warn strong,.figure.warn span{color:var(--medium)}
.bands{margin:.8rem 0}
.bands>span{margin-inline-end:1.4rem}
.band{display:inline-block;font-size:.8rem;font-weight:700;padding:.05rem .55rem;border-radius:.2rem;border:1px solid currentColor;color:var(--low);background:var(--low-bg);white-space:nowrap;line-height:1.5}
.high .band{color:#fff;background:var(--high);border-color:var(--high)}
.medium .band{color:var(--medium);background:var(--medium-bg)}
.note{background:var(--pale);border-inline-start:.3rem solid var(--accent);padding:.6rem 1rem}
.note.warn{background:var(--medium-bg);border-color:var(--medium)}
.soft,.label{color:var(--soft)}
.tag{display:inline-block;font-size:.78rem;font-weight:700;margin:0 0 .5rem;padding:.05rem .6rem;border:1px solid;border-radius:1rem}
.fact{color:#1f5a3d;background:#eef7f1}
.indicator{color:#5b3a86;background:#f5f0fa}
.cards{list-style:none;margin:1.1rem 0 0;padding:0}
.card{border:1px solid var(--line);border-inline-start:.4rem solid var(--low);padding:1rem 1.3rem .7rem;margin-block-end:1.1rem;break-inside:avoid}
.card.high{border-inline-start-color:var(--high)}
.card.medium{border-inline-start-color:#b57608}
.card-head{display:flex;gap:1rem;align-items:flex-start}
.rank{font:700 2.1rem/1 Charter,"Bitstream Charter","Noto Serif",Georgia,serif;color:var(--accent);min-width:2.4rem;font-variant-numeric:tabular-nums}
.kicker{margin:0;font-size:.9rem}
.kicker>span{margin-inline-end:.6rem}
.card h3{margin:.25rem 0 .1rem;font-size:1.25rem}
.sep{color:var(--soft)}
figure{margin:.7rem 0}
figcaption{font-size:.82rem;color:var(--soft)}
blockquote{margin:.2rem 0 0;padding:.65rem .95rem;background:var(--pale);border-radius:.25rem;white-space:pre-line;overflow-wrap:anywhere;overflow:hidden;text-align:start;font-size:1.04rem}
:is(blockquote,.words):lang(ar){font-family:"Noto Naskh Arabic","Noto Sans Arabic",Tahoma,"DejaVu Sans",sans-serif}
mark{background:var(--mark);color:inherit;font-weight:650;padding:0 .1em;border-block-end:2px solid #b58a00;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.facts>div{display:grid;grid-template-columns:10.5rem 1fr;gap:.2rem 1rem;padding-block:.4rem;border-block-start:1px solid var(--line)}
.facts dt{padding-block-start:.1rem}
.reasons{margin:0;padding-inline-start:1.1rem}
.reasons li{margin-block:.12rem}
q{quotes:none;font-weight:600}
.law{color:var(--soft);font-size:.9rem}
.reasons .law::before{content:"\2014\00a0"}
.rule code,.src+br+code{font-size:.78rem}
.src{margin-inline-end:.9rem}
.src .evidence{font-weight:600}
.copies{font-size:.9rem;color:var(--medium);font-weight:600}
.more{font-size:.86rem;margin:.5rem 0 0}
nav{margin-block-start:2rem;background:var(--pale);padding:1.1rem 1.5rem}
nav h2{font-size:1.05rem}
nav ol{columns:2;margin:0;padding-inline-start:1.4rem}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2rem;align-items:start}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem;font-size:.9rem}
caption{text-align:start;font-weight:600;padding-block:.3rem;color:var(--ink)}
th,td{text-align:start;vertical-align:top;padding:.42rem .6rem;border-block-end:1px solid var(--line)}
thead th{font-size:.8rem;color:var(--soft);font-weight:600;border-block-end:2px solid var(--accent);vertical-align:bottom}
tbody th{font-weight:600}
.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.total>*{border-block-start:2px solid var(--ink);font-weight:700}
tbody tr:target{background:#fff8e1}
.findings .words{white-space:pre-line;overflow-wrap:anywhere;text-align:start;width:38%}
.where{overflow-wrap:anywhere}
.block{display:block}
code{font:.8rem/1.45 ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere;color:#3a4656;unicode-bidi:isolate}
bdi.value{font-family:ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",Consolas,monospace;font-size:.88rem;overflow-wrap:anywhere}
time,.nowrap{white-space:nowrap;unicode-bidi:isolate}
.ctl{font:700 .78em ui-monospace,"DejaVu Sans Mono",monospace;color:#fff;background:#5d3b73;border-radius:.15rem;padding:0 .22em;margin-inline:.1em;unicode-bidi:isolate;white-space:nowrap}
.bar{width:130px}
.track{fill:#e3e8ee}
.fill{fill:#46688f}
.said th{width:17rem}
.said .part th{background:var(--pale);color:var(--soft);font-size:.82rem;width:auto}
.differs{color:var(--high)}
.chart svg{width:100%;height:auto;display:block;border:1px solid var(--line);padding:.5rem}
.chart text{font:12px ui-monospace,"Noto Sans Mono","DejaVu Sans Mono",Consolas,monospace;fill:var(--ink)}
.second{fill:#b57608}
.edge{stroke:#7d93ac;fill:none}
.key{margin-inline-end:1rem}
.key::before{content:"";display:inline-block;width:.7rem;height:.7rem;margin-inline-end:.35rem;background:#46688f}
.key.second::before{background:#b57608}
.signatures{display:grid;grid-template-columns:repeat(3,1fr);gap:1.5rem}
.signatures .line{margin-block-start:3.5rem;border-block-start:1px solid var(--ink);font-size:.82rem;color:var(--soft)}
.commands dt{margin-block-start:.6rem}
.commands dt code{font-size:.88rem;background:var(--pale);padding:.2rem .5rem;display:inline-block}
.limits li{margin-block:.5rem}
footer{margin-block-start:2.5rem;border-block-start:.2rem solid var(--accent);padding-block-start:.6rem;color:var(--soft);text-align:center}
@media (max-width:52rem){body{padding:1.2rem}.case,.two,.signatures{grid-template-columns:1fr}.figures{grid-template-columns:repeat(2,1fr)}.facts>div{grid-template-columns:1fr}nav ol{columns:1}}
@page{size:A4;margin:16mm 15mm 18mm;@bottom-center{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#536070}}
@media print{html{font-size:10pt;background:#fff}body{max-width:none;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}.skip{display:none}thead{display:table-header-group}tr,figure,.facts>div{break-inside:avoid}h2,h3,caption{break-after:avoid}a{color:inherit;text-decoration:none}.scroll{overflow:visible}.more{display:none}h1{font-size:22pt}.card{padding:.7rem 1rem .4rem}section{margin-block-start:1.6rem}}
)css";

}  // namespace

std::string_view style_sheet() { return style; }

}  // namespace evtriage::reports
