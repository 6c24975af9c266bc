{{%AUTOESCAPE context="HTML"}}
<section class="sheet" aria-labelledby="{{ID}}">
<h2 id="{{ID}}" tabindex="-1">{{TITLE}}</h2>
<dl class="meta">{{#FACT}}<div><dt>{{NAME}}</dt><dd>{{TEXT:pre_escape}}</dd></div>{{/FACT}}</dl>
{{>FUNDS}}
<div class="pair">{{>FUND_PARTS}}</div>
{{>TASKS}}
{{#GOALS}}
<div class="goals">
<section><h3>预期目标</h3><p class="pre">{{EXPECTED:pre_escape}}</p></section>
<section><h3>实际完成情况</h3><p class="pre">{{ACTUAL:pre_escape}}</p></section>
</div>
{{/GOALS}}
{{>INDICATORS}}
{{#NOTE}}<p class="note">{{TEXT}}</p>{{/NOTE}}
</section>
