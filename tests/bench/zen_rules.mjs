// The work of rule_cases.h by @gorules/zen-engine, for comparison.
//
//   node zen_rules.mjs check CASES OUTPUTS          compares every row with ours
//   node zen_rules.mjs time CASES MODE SECONDS      one line of JSON
//
// MODE: expression (one expression node), table (a decision table in loop mode
// beside expressions), trace (the expression node with its trace).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The package for this platform, without the wrapper: the wrapper's lock would
// have to name platforms that not every mirror has.
const { ZenEngine } = createRequire(import.meta.url)('@gorules/zen-engine-linux-x64-gnu');

const IN_FLIGHT = 64;
const EQUALITIES = 30;

const node = (id, type, content) => ({ id, type, name: id, position: { x: 0, y: 0 }, content });
const edge = (from, to) => ({ id: `${from}-${to}`, sourceId: from, targetId: to, type: 'edge' });
const expressions = (list) => list.map(([key, value], i) => ({ id: String(i), key, value }));

// weight x part / whole, half up to 1/100, at most the weight.
const proRata = (row, part, whole) =>
  `min([floor(${row}weight * ${row}${part} / ${row}${whole} * 100 + 0.5) / 100, ${row}weight])`;

const lowOf = (row) => `
  ${row}kind == 0 ? (${row}actual >= ${row}target ? ${row}weight : ${proRata(row, 'actual', 'target')}) :
  ${row}kind == 1 ? (${row}actual <= ${row}target ? ${row}weight : ${proRata(row, 'target', 'actual')}) :
  ${row}kind == 2 ? (${row}actual == ${row}target ? ${row}weight :
                  ${row}actual < ${row}target ? ${proRata(row, 'actual', 'target')} : ${proRata(row, 'target', 'actual')}) :
  ${row}word == '达成预期指标' ? ${row}weight * 0.8 :
  ${row}word == '部分达成预期指标并具有一定效果' ? ${row}weight * 0.6 : 0`;
const highOf = (row) => `
  ${row}word == '部分达成预期指标并具有一定效果' ? ${row}weight * 0.8 :
  ${row}word == '未达成预期指标且效果较差' ? ${row}weight * 0.6 : ${row}weight`;
const metOf = (row) =>
  `(${row}kind == 0 ? ${row}actual >= ${row}target : ${row}kind == 1 ? ${row}actual <= ${row}target : ${row}actual == ${row}target)`;
const grade = (points) => `${points} >= 90 ? '优' : ${points} >= 80 ? '良' : ${points} >= 60 ? '中' : '差'`;

// 0 nothing to say, 1 target met but points taken off, 2 off the formula, 3
// outside the tier.
const FLAG = `
  #.kind == 3 ? (#.claimed < #.low or #.claimed > #.high ? 3 : 0) :
  #.met ? (#.claimed < #.weight ? 1 : 0) :
  abs(#.claimed - #.low) > 0.01 ? 2 : 0`;

const summary = [
  ['low', 'sum(map($.scored, #.low))'],
  ['high', 'sum(map($.scored, #.high))'],
  ['grades', `[${grade('$.low')}, ${grade('$.high')}]`],
  ['flags', `map($.scored, ${FLAG})`],
];
const equalities = ['equal', `[${Array.from({ length: EQUALITIES }, (_, i) => `facts.budget${i} == facts.executed${i}`)}]`];

const EXPRESSION = {
  nodes: [
    node('in', 'inputNode'),
    node('rules', 'expressionNode', {
      passThrough: false,
      expressions: expressions([
        ['scored', `map(rows, {low: ${lowOf('#.')}, high: #.kind == 3 ? (${highOf('#.')}) : (${lowOf('#.')}), met: ${metOf('#.')}, kind: #.kind, weight: #.weight, claimed: #.claimed})`],
        ...summary,
        equalities,
      ]),
    }),
    node('out', 'outputNode'),
  ],
  edges: [edge('in', 'rules'), edge('rules', 'out')],
};

const TABLE_RULES = [
  ['0', 'actual >= target', '', 'weight'],
  ['0', '', '', proRata('', 'actual', 'target')],
  ['1', 'actual <= target', '', 'weight'],
  ['1', '', '', proRata('', 'target', 'actual')],
  ['2', 'actual == target', '', 'weight'],
  ['2', 'actual < target', '', proRata('', 'actual', 'target')],
  ['2', '', '', proRata('', 'target', 'actual')],
  ['3', '', "'达成预期指标'", 'weight * 0.8', 'weight'],
  ['3', '', "'部分达成预期指标并具有一定效果'", 'weight * 0.6', 'weight * 0.8'],
  ['3', '', '', '0', 'weight * 0.6'],
];

const TABLE = {
  nodes: [
    node('in', 'inputNode'),
    node('table', 'decisionTableNode', {
      hitPolicy: 'first',
      executionMode: 'loop',
      inputField: 'rows',
      outputPath: 'scored',
      passThrough: true,
      inputs: [
        { id: 'kind', field: 'kind', name: 'kind' },
        { id: 'cells', name: 'cells' },
        { id: 'word', field: 'word', name: 'word' },
      ],
      outputs: [
        { id: 'low', field: 'low', name: 'low' },
        { id: 'high', field: 'high', name: 'high' },
        { id: 'met', field: 'met', name: 'met' },
      ],
      rules: TABLE_RULES.map(([kind, cells, word, low, high], i) => ({ _id: String(i), kind, cells, word, low, high: high ?? low, met: metOf('') })),
    }),
    node('rules', 'expressionNode', {
      passThrough: false,
      expressions: expressions([['scored', 'scored'], ...summary, equalities]),
    }),
    node('out', 'outputNode'),
  ],
  edges: [edge('in', 'table'), edge('table', 'rules'), edge('rules', 'out')],
};

const readLines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const decisionOf = (graph) =>
  new ZenEngine().createDecision(Buffer.from(JSON.stringify({ contentType: 'application/vnd.gorules.decision', ...graph })));

const milli = (points) => Math.round(points * 1000);
const comparable = ({ scored, low, high, grades, flags, equal }) => ({
  rows: scored.map((row) => [milli(row.low), milli(row.high)]),
  low: milli(low),
  high: milli(high),
  grades,
  flags,
  equal,
});

async function check(casesPath, outputsPath) {
  const cases = readLines(casesPath);
  const ours = readLines(outputsPath);
  let rows = 0;
  for (const [name, graph] of Object.entries({ expression: EXPRESSION, table: TABLE })) {
    const decision = decisionOf(graph);
    for (const [i, input] of cases.entries()) {
      const theirs = JSON.stringify(comparable((await decision.evaluate(input)).result));
      if (theirs !== JSON.stringify(ours[i])) {
        console.error(`${name}: case ${i} differs\n  zen  ${theirs}\n  ours ${JSON.stringify(ours[i])}`);
        process.exit(1);
      }
      rows += ours[i].rows.length;
    }
  }
  console.log(JSON.stringify({ cases: cases.length, rows_compared: rows }));
}

const microseconds = (text) => parseFloat(text) * (text.endsWith('ms') ? 1000 : text.endsWith('µs') ? 1 : 1e6);

async function time(casesPath, mode, seconds) {
  const cases = readLines(casesPath);
  const decision = decisionOf(mode === 'table' ? TABLE : EXPRESSION);
  const options = { trace: mode === 'trace' };
  for (const input of cases.slice(0, 100)) await decision.evaluate(input, options);
  let count = 0;
  let ownClock = 0;
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  const end = started + BigInt(Math.round(seconds * 1e9));
  const worker = async () => {
    while (process.hrtime.bigint() < end) {
      const answer = await decision.evaluate(cases[count++ % cases.length], options);
      ownClock += microseconds(answer.performance);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const elapsed = Number(process.hrtime.bigint() - started) / 1e9;
  const used = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      per_second: count / elapsed,
      cpu_us: (used.user + used.system) / count,
      own_clock_us: ownClock / count,
    }),
  );
}

const [command, ...words] = process.argv.slice(2);
if (command === 'check') await check(...words);
else if (command === 'time') await time(words[0], words[1], Number(words[2]));
else {
  console.error('usage: zen_rules.mjs check CASES OUTPUTS | time CASES MODE SECONDS');
  process.exit(2);
}
