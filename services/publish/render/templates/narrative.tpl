{{%AUTOESCAPE context="HTML"}}
<section class="narrative" aria-labelledby="narrative">
<h2 id="narrative" tabindex="-1">报告正文</h2>
{{#TITLE}}<p class="document-title">{{TEXT}}</p>{{/TITLE}}
{{#SECTION}}<section>{{#HEADING}}<h3>{{TEXT}}</h3>{{/HEADING}}
{{#PARAGRAPH}}<p>{{TEXT:pre_escape}}</p>
{{/PARAGRAPH}}</section>
{{/SECTION}}
</section>
