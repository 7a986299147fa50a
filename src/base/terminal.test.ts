import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paint, type Screen, terminalOf } from './terminal.ts'

test('colours on terminals alone, and only when wanted', () => {
  const cases: [Screen, NodeJS.ProcessEnv, boolean, boolean][] = [
    [{ isTTY: true, columns: 80 }, {}, false, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false, false],
    [{ isTTY: true }, { NO_COLOR: '' }, false, true],
    [{ isTTY: true }, { TERM: 'dumb' }, false, false],
    [{ isTTY: true }, {}, true, false],
    [{}, {}, false, false],
    [{}, { FORCE_COLOR: '1' }, false, true],
    [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
  ]
  for (const [screen, env, noColor, colors] of cases) assert.equal(terminalOf(screen, env, noColor).colors, colors)
  assert.equal(terminalOf({ isTTY: true, columns: 0 }, {}).columns, undefined)
  assert.equal(terminalOf({ columns: 80 }, {}).columns, undefined)
})

test('paints', () => {
  assert.equal(paint({ colors: true }, 'red', 'x'), '\u001b[31mx\u001b[39m')
  assert.equal(paint({ colors: false }, 'red', 'x'), 'x')
})
