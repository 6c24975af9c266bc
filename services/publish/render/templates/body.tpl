{{%AUTOESCAPE context="HTML"}}
{{>SUMMARY}}
<nav class="toc" aria-label="本页内容"><ul>
<li><a href="#findings">检查发现</a></li>
{{#TABLE_LINK}}<li><a href="#{{ID}}">{{TEXT}}</a></li>
{{/TABLE_LINK}}
{{#BASE_DATA_LINK}}<li><a href="#base-data">基础数据表</a></li>{{/BASE_DATA_LINK}}
{{#WORK_LINK}}<li><a href="#work">自评工作考核</a></li>{{/WORK_LINK}}
{{#NARRATIVE_LINK}}<li><a href="#narrative">报告正文</a></li>{{/NARRATIVE_LINK}}
<li><a href="#provenance">来源与下载</a></li>
</ul></nav>
{{>FINDINGS}}
{{>TABLE}}
{{>BASE_DATA}}
{{>WORK}}
{{>NARRATIVE}}
{{>PROVENANCE}}
