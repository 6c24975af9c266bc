// Looks at the public pages as readers do: a phone, a desktop, without
// JavaScript, with assistive technology. Exits 1 and says what is wrong.
//
// usage: node look_at_pages.mjs BASE_URL PAGE_PATH…
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const [base, ...paths] = process.argv.slice(2);
const problems = [];
const complain = (path, what) => problems.push(`${path}: ${what}`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run',
  ],
});

// What the page says, how wide it is, whether it reaches outside.
async function readWithoutJavaScript(path, width) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) complain(path, `asks another host: ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complain(path, `console at ${width} px: ${message.text()}`);
  });
  const answer = await page.goto(base + path, { waitUntil: 'load', timeout: 20_000 });
  if (answer.status() !== 200) complain(path, `status ${answer.status()}`);
  const { overflow, culprit } = await widthOf(page);
  if (overflow > 0) complain(path, `${overflow} px wider than ${width} px: ${culprit}`);
  const text = await page.locator('body').innerText();
  await context.close();
  return text;
}

// page.evaluate works with JavaScript off for the page itself, since it runs in
// the debugger's world.
async function widthOf(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const overflow = document.documentElement.scrollWidth - width;
    const wide = [...document.querySelectorAll('body *')].find((e) => e.getBoundingClientRect().right > width + 1);
    return { overflow, culprit: wide ? `<${wide.tagName.toLowerCase()} class="${wide.className}">` : '' };
  });
}

async function findAccessibilityProblems(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(base + path, { waitUntil: 'load', timeout: 20_000 });
  const results = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  for (const violation of results.violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ');
    complain(path, `axe ${violation.id}: ${violation.help} (${violation.nodes.length}): ${where}`);
  }
  await context.close();
}

async function validateHtml(validator, path) {
  const html = await (await fetch(base + path)).text();
  const report = await validator.validateString(html, 'page.html');
  for (const result of report.results) {
    for (const message of result.messages) {
      complain(path, `html ${message.ruleId} at ${message.line}:${message.column}: ${message.message}`);
    }
  }
}

try {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:standard'],
    // Templates leave blanks where a value is absent; the rest is about style.
    rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
  });
  for (const path of ['/', ...paths]) {
    await readWithoutJavaScript(path, 375);
    const text = await readWithoutJavaScript(path, 1280);
    if (path !== '/') {
      for (const word of ['自评', '证据支持', '检查发现']) {
        if (!text.includes(word)) complain(path, `does not show “${word}”`);
      }
      if (!/\d+(\.\d+)?\s*分/.test(text)) complain(path, 'shows no score');
    }
    await validateHtml(validator, path);
  }
  // All pages come from one template; the index and two forms stand for the rest.
  for (const path of ['/', paths[0], paths.at(-1)]) await findAccessibilityProblems(path);
} finally {
  await browser.close();
}

if (problems.length > 0) {
  console.log(problems.join('\n'));
  process.exit(1);
}
console.log(`${paths.length + 1} pages are fine`);
