/**
 * `node tools/screenshot.ts OUT.png [--lines N] [--title TEXT] -- COMMAND [ARG…]`: runs a command on a pseudo-terminal of 134 columns (script from util-linux) and takes a picture of what it
 * printed, with Debian's chromium. The pictures in docs/images are made so.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [out = '', ...rest] = process.argv.slice(2)
const split = rest.indexOf('--')
const option = (name: string) => (rest.slice(0, split).includes(name) ? rest[rest.indexOf(name) + 1] : undefined)
const lines = Number(option('--lines') ?? 60)
const command = rest.slice(split + 1)
const folder = mkdtempSync(join(tmpdir(), 'jenner-shot-'))
const quoted = command.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
const { stdout } = spawnSync('script', ['-qec', `stty cols 134 rows 60; ${quoted}`, '/dev/null'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
const shown = stdout.split('\n').map(lastWriting).slice(0, lines)
const html = `<meta charset="utf-8"><style>body{margin:0;background:#101418}pre{margin:14px;width:134ch;white-space:pre-wrap;word-break:break-all;font:14px/1.25 "DejaVu Sans Mono","Noto Sans Mono CJK KR",monospace;color:#d7dce2}i{display:inline-block;width:2ch;font-style:normal;text-align:center}</style><pre><b style="color:#7bd88f">$ ${escapeHtml(option('--title') ?? command.join(' '))}</b>\n${toHtml(shown.join('\n'))}</pre>`
writeFileSync(join(folder, 'page.html'), html)
const rows = shown.reduce(
  (sum, line) => sum + Math.max(1, Math.ceil(line.replace(/\x1b\[[0-9;]*m/g, '').length / 134)),
  1,
)
const height = 60 + Math.ceil(rows * 17.5)
spawnSync(
  'chromium',
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--hide-scrollbars',
    `--window-size=1190,${height}`,
    `--screenshot=${out}`,
    `file://${join(folder, 'page.html')}`,
  ],
  { stdio: 'ignore' },
)
rmSync(folder, { recursive: true, force: true })

/** What a line shows in the end: a carriage return begins it anew (progress lines). */
function lastWriting(line: string): string {
  const written = line.replace(/\r+$/, '')
  return written.slice(written.lastIndexOf('\r') + 1).replace(/\x1b\[[0-9;]*[A-HJKf]/g, '')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** SGR colours to spans; other control sequences are dropped. */
function toHtml(text: string): string {
  const colours: Record<string, string> = {
    31: '#ff6b6b',
    32: '#7bd88f',
    33: '#f7c948',
    34: '#74a8ff',
    35: '#d48cff',
    36: '#5fd7d7',
    37: '#ffffff',
    90: '#8a94a0',
    91: '#ff8787',
    93: '#ffe066',
    94: '#91b9ff',
  }
  return escapeHtml(text)
    .replace(/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uff60]/g, '<i>$&</i>')
    .replace(/\x1b\[([0-9;]*)m/g, (_, codes: string) => {
      const styles = codes
        .split(';')
        .flatMap(code =>
          code === '1'
            ? ['font-weight:bold']
            : code === '2'
              ? ['opacity:.7']
              : colours[code]
                ? [`color:${colours[code]}`]
                : [],
        )
      return styles.length > 0 ? `<span style="${styles.join(';')}">` : '</span>'.repeat(1)
    })
}
