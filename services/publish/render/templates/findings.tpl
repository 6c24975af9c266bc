{{%AUTOESCAPE context="HTML"}}
<section class="findings" aria-labelledby="findings">
<h2 id="findings" tabindex="-1">检查发现</h2>
{{#NONE}}<p class="none">按评分规则检查，未发现问题。</p>{{/NONE}}
{{#GROUP}}
<section class="group {{CLASS}}">
<h3><span class="sign" aria-hidden="true">{{SIGN}}</span>{{TITLE}}<span class="meaning">{{MEANING}}</span></h3>
{{>FINDING}}
</section>
{{/GROUP}}
</section>
