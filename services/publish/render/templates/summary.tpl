{{%AUTOESCAPE context="HTML"}}
<section class="summary" aria-labelledby="summary-title">
<h2 id="summary-title">一眼看懂</h2>
<div class="scores">
<div class="score claimed">
<p class="name"><svg aria-hidden="true" focusable="false" width="14" height="12" viewBox="0 0 14 12"><path d="M0 0H14L7 12Z" fill="currentColor"/></svg>单位自评</p>
<p class="figure"><span class="points">{{CLAIMED}}</span>{{#CLAIMED_UNIT}}<span class="unit">分</span>{{/CLAIMED_UNIT}}</p>
{{#CLAIMED_GRADE}}<p class="grade">等级：{{TEXT}}</p>{{/CLAIMED_GRADE}}
</div>
<div class="score supported">
<p class="name"><svg aria-hidden="true" focusable="false" width="18" height="12" viewBox="0 0 18 12"><rect width="18" height="12" fill="currentColor"/></svg>证据支持</p>
<p class="figure"><span class="points">{{INTERVAL}}</span>{{#INTERVAL_UNIT}}<span class="unit">分</span>{{/INTERVAL_UNIT}}</p>
{{#GRADE}}<p class="grade">等级：{{TEXT}}</p>{{/GRADE}}
</div>
</div>
<p class="verdict">{{VERDICT}}{{#FULL}}{{TEXT}}{{/FULL}}</p>
{{#RECOMPUTED}}<p class="verdict">{{TEXT}}</p>{{/RECOMPUTED}}
{{#BAR}}
<div class="bar">
<svg role="img" aria-labelledby="bar-title bar-description" viewBox="0 0 640 104" width="640" height="104">
<title id="bar-title">单位自评与证据支持的分数</title>
<desc id="bar-description">{{DESCRIPTION}}</desc>
<rect class="track" x="24" y="40" width="592" height="18" rx="2"/>
<rect class="band" x="{{LOW_X}}" y="40" width="{{WIDTH}}" height="18"/>
{{#TICK}}<line class="tick" x1="{{X}}" y1="58" x2="{{X}}" y2="64"/><text class="tick-text" x="{{X}}" y="78" text-anchor="middle">{{TEXT}}</text>
{{/TICK}}
<text class="band-text" x="{{MIDDLE_X}}" y="99" text-anchor="middle">证据支持 {{INTERVAL}}</text>
{{#CLAIM}}<path class="claim" d="M{{LEFT}} 24H{{RIGHT}}L{{X}} 38Z"/><line class="claim-line" x1="{{X}}" y1="36" x2="{{X}}" y2="62"/><text class="claim-text" x="{{TEXT_X}}" y="17" text-anchor="middle">单位自评 {{POINTS}}</text>{{/CLAIM}}
</svg>
</div>
{{/BAR}}
<div class="facts">
<dl class="money">
{{#FACT}}<div><dt>{{NAME}}</dt><dd>{{TEXT:pre_escape}}</dd></div>
{{/FACT}}
</dl>
<ul class="counts" aria-label="检查发现的数量">
{{#COUNT}}<li class="{{CLASS}}"><span class="sign" aria-hidden="true">{{SIGN}}</span><span class="count">{{NUMBER}}</span><span class="what">{{TITLE}}</span><span class="meaning">{{MEANING}}</span></li>
{{/COUNT}}
</ul>
</div>
{{#APPROVAL}}
<div class="notice approval" role="note"><p>{{#OPEN}}<strong>{{TEXT}}</strong>{{/OPEN}}审核意见：</p><p class="pre">{{TEXT:pre_escape}}</p></div>
{{/APPROVAL}}
</section>
