{{%AUTOESCAPE context="HTML"}}
<section class="sheet" aria-labelledby="work">
<h2 id="work" tabindex="-1">自评工作考核</h2>
{{#TOTAL}}<p class="verdict">{{TEXT}}</p>{{/TOTAL}}
{{>SHEET}}
{{>CRITERIA}}
</section>
