{{%AUTOESCAPE context="HTML"}}
<main id="main" class="wrap index">
<header class="report"><h1>{{HEADING}}</h1></header>
<nav class="years" aria-label="按年度"><ul>
<li><a href="{{ALL_PATH}}"{{#ALL_CHOSEN}} aria-current="page"{{/ALL_CHOSEN}}>全部年度<span>{{TOTAL}}</span></a></li>
{{#YEAR_OPTION}}<li><a href="{{PATH}}"{{#CHOSEN}} aria-current="page"{{/CHOSEN}}>{{YEAR}}年度<span>{{COUNT}}</span></a></li>
{{/YEAR_OPTION}}
</ul></nav>
<form class="filter" method="get" action="/" role="search">
<p><label for="year">年度</label><select id="year" name="year"><option value="">全部</option>{{#YEAR_OPTION}}<option value="{{YEAR}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{YEAR}}</option>{{/YEAR_OPTION}}</select></p>
<p><label for="division">行政区划</label><select id="division" name="division"><option value="">全部</option>{{#DIVISION_OPTION}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{INDENT}}{{NAME}}（{{COUNT}}）</option>{{/DIVISION_OPTION}}</select></p>
<p class="grow"><label for="q">单位或项目名称</label><input id="q" name="q" type="search" value="{{TEXT}}" maxlength="50" autocomplete="off"></p>
<p><button type="submit">查找</button></p>
</form>
{{#EMPTY}}<p class="none">没有符合条件的公开报告。<a href="/">查看全部</a></p>{{/EMPTY}}
{{#TABLE}}
<div class="scroll" role="group" aria-labelledby="list" tabindex="0">
<table class="grid list">
<caption id="list">公开清单</caption>
<thead><tr><th scope="col">单位</th><th scope="col">年度</th><th scope="col">行政区划</th><th scope="col">类型</th><th scope="col" class="num">单位自评</th><th scope="col" class="num">证据支持</th><th scope="col">检查发现</th><th scope="col">公开日期</th></tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row" data-label="单位"><a href="{{PATH}}">{{UNIT}}</a></th><td data-label="年度">{{YEAR}}</td><td data-label="行政区划">{{DIVISION}}</td><td data-label="类型">{{KIND}}</td><td class="num" data-label="单位自评">{{CLAIMED}}</td><td class="{{CLASS}}" data-label="证据支持">{{INTERVAL}}</td><td class="found" data-label="检查发现"><span class="blocks"><span aria-hidden="true">■</span>严重 {{BLOCKS}}</span><span class="explain"><span aria-hidden="true">▲</span>一般 {{EXPLAIN}}</span><span class="note"><span aria-hidden="true">○</span>提示 {{NOTE}}</span></td><td data-label="公开日期">{{DATE}}{{#VERSION}}<span class="version">{{TEXT}}</span>{{/VERSION}}</td></tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/TABLE}}
<nav class="pages" aria-label="翻页">{{#FIRST}}<a href="{{PATH}}">回到第一页</a>{{/FIRST}}{{#NEXT}}<a href="{{PATH}}" rel="next">下一页</a>{{/NEXT}}</nav>
</main>
