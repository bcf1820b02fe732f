"""The looks of the HTML report: plain CSS of the kind that browsers ten years old know."""

from __future__ import annotations

STYLE = """
body { margin: 0; background: #eef0f2; color: #1a202c; line-height: 1.65;
  font: 15px/1.65 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC",
  "WenQuanYi Micro Hei", SimSun, Arial, sans-serif; }
.sheet { max-width: 1000px; margin: 0 auto; padding: 32px 48px 48px; background: #fff; }
h1 { font-size: 26px; text-align: center; margin: 12px 0 4px; }
h2 { font-size: 20px; margin: 40px 0 10px; padding-bottom: 4px; border-bottom: 2px solid #1f4e79; }
h3 { font-size: 17px; margin: 26px 0 8px; }
h4 { font-size: 15px; margin: 18px 0 6px; }
p { margin: 8px 0; }
ul { margin: 8px 0; padding-left: 24px; }
li { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; }
.wide { overflow-x: auto; }
.grid { font-size: 13px; line-height: 1.45; }
.grid th, .grid td { border: 1px solid #b8c2cc; padding: 4px 7px; vertical-align: top;
  text-align: left; word-break: break-word; }
.grid th { background: #e6edf4; font-weight: bold; vertical-align: bottom; }
.grid tbody tr:nth-child(even) { background: #f8fafb; }
.grid .number { text-align: right; }
.questions th { width: 8.5em; background: #dce6f1; color: #1f3f66; text-align: left;
  vertical-align: top; padding: 8px 10px; border: 1px solid #9fb3c8; }
.questions td { padding: 6px 12px; border: 1px solid #9fb3c8; vertical-align: top; }
.questions p { margin: 2px 0; }
.caption { font-weight: bold; text-align: center; margin: 18px 0 6px; }
.note { color: #4a5568; font-size: 13px; }
h1 + .note { text-align: center; }
.lead { font-size: 17px; font-weight: bold; }
.good { color: #22663f; font-weight: bold; }
.bad { color: #b02a2a; font-weight: bold; }
.doubt { color: #8a5a00; font-weight: bold; }
.figure { margin: 18px 0; text-align: center; }
.figure img { max-width: 100%; height: auto; }
.figure .note { text-align: left; }
.contents { font-size: 13px; text-align: center; }
.contents a { color: #1f4e79; margin: 0 8px; white-space: nowrap; }
.footer { margin-top: 40px; padding-top: 8px; border-top: 1px solid #b8c2cc; text-align: center;
  color: #4a5568; font-size: 13px; }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { background: #fff; font-size: 10.5pt; }
  .sheet { max-width: none; padding: 0; }
  .contents { display: none; }
  .break { page-break-after: always; }
  h2, h3, h4, .caption { page-break-after: avoid; }
  .figure, tr { page-break-inside: avoid; }
  thead { display: table-header-group; }
  .grid { font-size: 8.5pt; }
  .questions { font-size: 9.5pt; line-height: 1.4; }
  .wide { overflow: visible; }
}
"""
