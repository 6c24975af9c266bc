{{%AUTOESCAPE context="HTML"}}
<section class="sheet" aria-labelledby="base-data">
<h2 id="base-data" tabindex="-1">{{TITLE}}</h2>
{{>STAFF}}
{{>COSTS}}
<dl class="meta wide">{{#FACT}}<div><dt>{{NAME}}</dt><dd class="pre">{{TEXT:pre_escape}}</dd></div>{{/FACT}}</dl>
</section>
