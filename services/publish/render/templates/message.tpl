{{%AUTOESCAPE context="HTML"}}
<main id="main" class="wrap message">
<h1>{{HEADING}}</h1>
<p>{{TEXT:pre_escape}}</p>
<p><a href="/">查看全部公开报告</a></p>
</main>
