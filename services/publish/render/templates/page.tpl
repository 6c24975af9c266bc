{{%AUTOESCAPE context="HTML"}}
<main id="main" class="wrap">
<nav class="crumbs" aria-label="所在位置"><ol>
<li><a href="/">全部公开</a></li>
<li><a href="{{YEAR_PATH}}">{{YEAR}}年度</a></li>
<li><a href="{{DIVISION_PATH}}">{{DIVISION}}</a></li>
</ol></nav>
<header class="report">
<p class="subject">{{SUBJECT}}</p>
<h1>{{UNIT}}</h1>
<dl class="meta">
<div><dt>年度</dt><dd>{{YEAR}}</dd></div>
<div><dt>行政区划</dt><dd>{{DIVISION}}（{{DIVISION_CODE}}）</dd></div>
<div><dt>报告类型</dt><dd>{{KIND}}</dd></div>
<div><dt>版本</dt><dd>{{VERSION}}（{{STATE}}）</dd></div>
<div><dt>公开日期</dt><dd>{{PUBLISH_DATE}}</dd></div>
</dl>
</header>
{{#CORRECTED}}
<div class="notice corrected" role="note"><p><strong>本版已被更正。</strong>{{DATE}}公开了<a href="{{PATH}}">{{VERSION}}</a>{{STATE}}，请以新版为准。本版保留，供对照查阅。</p></div>
{{/CORRECTED}}
{{#WITHDRAWN}}
<div class="notice withdrawn" role="note"><p><strong>本版已撤回，内容不再公开。</strong></p><dl><div><dt>撤回时间</dt><dd>{{DATE}}（北京时间）</dd></div><div><dt>撤回原因</dt><dd class="pre">{{REASON:pre_escape}}</dd></div></dl></div>
{{/WITHDRAWN}}
{{#VERSIONS}}
<nav class="versions" aria-label="公开过的版本"><p>公开过的版本：</p><ul>
{{#ITEM}}<li><a href="{{PATH}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{VERSION}}</a><span>{{DATE}}，{{STATE}}</span></li>
{{/ITEM}}
</ul></nav>
{{/VERSIONS}}
{{>BODY}}
<p class="print-only">本页网址：{{CANONICAL}}</p>
</main>
