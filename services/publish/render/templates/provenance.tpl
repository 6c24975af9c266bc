{{%AUTOESCAPE context="HTML"}}
<section class="provenance" aria-labelledby="provenance">
<h2 id="provenance" tabindex="-1">来源与下载</h2>
<dl class="meta wide">
<div><dt>报告摘要</dt><dd class="code">{{REPORT_DIGEST}}</dd></div>
<div><dt>评分规则</dt><dd class="code">{{RULE_SET}}，{{RULE_SET_DIGEST}}</dd></div>
<div><dt>评分引擎</dt><dd>版本 {{ENGINE}}</dd></div>
<div><dt>公开时间</dt><dd>{{PUBLISH_TIME}}（北京时间）</dd></div>
<div><dt>个人信息</dt><dd>{{MASKED}}。填表人、联系电话等联系人栏目不予公开。遮盖规则版本 {{REDACTION_VERSION}}</dd></div>
</dl>
<p class="explain">报告摘要与单位收到的回执一致：同样的报告只会得出同样的摘要，可据此核对本页所依据的就是单位报送的那一份。</p>
<p class="screen downloads">下载本页数据：<a href="{{JSON_PATH}}">JSON</a><a href="{{PB_PATH}}">Protobuf</a></p>
</section>
