{{%AUTOESCAPE context="HTML"}}
<div class="scroll" role="group" aria-labelledby="{{ID}}" tabindex="0">
<table class="grid">
<caption id="{{ID}}">{{CAPTION}}{{#UNIT}}<span class="unit">单位：{{TEXT}}</span>{{/UNIT}}</caption>
<thead><tr>{{#COLUMN}}<th scope="col" class="{{CLASS}}">{{TEXT}}</th>{{/COLUMN}}</tr></thead>
<tbody>
{{#ROW}}<tr class="{{CLASS}}">{{#HEAD}}<th scope="{{SCOPE}}" rowspan="{{SPAN}}" data-label="{{LABEL}}">{{TEXT:pre_escape}}</th>{{/HEAD}}{{#CELL}}<td class="{{CLASS}}{{#BLANK}} blank{{/BLANK}}" data-label="{{LABEL}}"><span>{{TEXT:pre_escape}}{{#MARK}}<a class="mark" href="#f-{{TEXT}}" aria-label="见检查发现第 {{TEXT}} 项">{{TEXT}}</a>{{/MARK}}</span></td>{{/CELL}}</tr>
{{#TRACE}}<tr class="trace"><td colspan="{{SPAN}}"><details><summary>{{SUMMARY}}</summary>
<dl>
{{#CLAUSE}}<div><dt>条款</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/CLAUSE}}
{{#INPUTS}}<div><dt>取数</dt><dd>{{/INPUTS}}{{#INPUT}}<span class="input">{{NAME}}：{{TEXT}}{{#PLACE}}<span class="at">（{{TEXT}}）</span>{{/PLACE}}</span>{{/INPUT}}{{#INPUTS}}</dd></div>{{/INPUTS}}
{{#FORMULA}}<div><dt>计算</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/FORMULA}}
{{#ROUNDING}}<div><dt>取舍</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/ROUNDING}}
{{#RESULT}}<div><dt>结果</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/RESULT}}
</dl></details></td></tr>
{{/TRACE}}{{/ROW}}
</tbody>
</table>
</div>
