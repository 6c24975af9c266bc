{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}}</title>
{{#CANONICAL}}<link rel="canonical" href="{{TEXT}}">{{/CANONICAL}}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="site">
<div class="wrap">
<a class="brand" href="/"><svg aria-hidden="true" focusable="false" width="28" height="28" viewBox="0 0 28 28"><rect x="1" y="1" width="26" height="26" rx="3" fill="none" stroke="currentColor" stroke-width="2"/><rect x="7" y="15" width="3.5" height="6" fill="currentColor"/><rect x="12.2" y="11" width="3.5" height="10" fill="currentColor"/><rect x="17.5" y="7" width="3.5" height="14" fill="currentColor"/></svg><span>预算绩效自评公开</span></a>
<p class="tagline">单位自评、证据核算、问题清单，一并公开</p>
</div>
</header>
{{>MAIN}}
<footer class="site">
<div class="wrap">
<p>本页按单位报送的材料自动生成。“证据支持”的分数由公开的评分规则逐项核算得出，供社会监督参考，不替代财政部门的审核结论。</p>
<p class="screen"><a href="/">返回全部公开</a></p>
</div>
</footer>
</body>
</html>
