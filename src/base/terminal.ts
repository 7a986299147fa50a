/** How an output stream can be written to: colours, width. */
export interface Terminal {
  colors: boolean
  /** Columns to stay within; undefined where lines may be as long as they are (a file, a pipe). */
  columns?: number
}

/** The little that is asked of a stream. */
export interface Screen {
  isTTY?: boolean
  columns?: number
}

/** What `stream` can do. Colours only on a terminal that is not `dumb`, never with NO_COLOR (https://no-color.org) or `noColor`; FORCE_COLOR insists. */
export function terminalOf(stream: Screen, env: NodeJS.ProcessEnv, noColor = false): Terminal {
  const forbidden = noColor || (env.NO_COLOR ?? '') !== ''
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0'
  const able = stream.isTTY === true && env.TERM !== 'dumb'
  const columns = stream.isTTY ? stream.columns : undefined
  return { colors: !forbidden && (able || forced), ...(columns && columns > 0 ? { columns } : {}) }
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const

export type Style = keyof typeof codes

/** `text` in a style where the terminal has colours. The text must be escaped already. */
export function paint(terminal: Terminal, style: Style | undefined, text: string): string {
  if (!terminal.colors || style === undefined || text === '') return text
  const [on, off] = codes[style]
  return `\x1b[${on}m${text}\x1b[${off}m`
}
