{{%AUTOESCAPE context="HTML"}}
<article class="finding {{CLASS}}" aria-labelledby="ft-{{NUMBER}}">
<h4 id="ft-{{NUMBER}}"><span class="title">{{TITLE}}{{#TIMES}}<span class="times">{{TEXT}} 处</span>{{/TIMES}}</span><span class="tag"><span aria-hidden="true">{{SIGN}}</span>{{SEVERITY}}</span></h4>
{{#ITEM}}
<div class="item" id="f-{{NUMBER}}">
<span class="number">{{NUMBER}}</span>
<div>
<ul class="places">{{#PLACE}}<li>{{TEXT}}</li>{{/PLACE}}</ul>
<dl class="compare">
{{#VALUE}}<div><dt>填报值</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/VALUE}}
{{#EXPECTED}}<div><dt>应为</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/EXPECTED}}
{{#DIFFERENCE}}<div><dt>差额</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/DIFFERENCE}}
</dl>
{{#SUGGESTION}}<div class="suggestion"><p><b>{{LIKELIHOOD}}（供参考）：</b>{{TEXT:pre_escape}}</p>
<ul>{{#CHANGE}}<li>{{PLACE}}：<del>{{FROM}}</del> → <ins>{{TO}}</ins></li>{{/CHANGE}}</ul></div>
{{/SUGGESTION}}
{{#EXPLANATION}}<div class="unit-says"><p><b>单位说明：</b>{{TEXT:pre_escape}}</p></div>{{/EXPLANATION}}
</div>
</div>
{{/ITEM}}
{{#WHY}}<p><b>为什么：</b>{{TEXT:pre_escape}}</p>{{/WHY}}
{{#FIX}}<p><b>怎样改：</b>{{TEXT:pre_escape}}</p>{{/FIX}}
{{#CLAUSE}}<p class="clause"><b>依据：</b>{{TEXT:pre_escape}}</p>{{/CLAUSE}}
{{#FOLDED}}
<details class="folded"><summary>由此引起的其他 {{COUNT}} 项</summary>
{{>DEPENDANT}}
</details>
{{/FOLDED}}
</article>
