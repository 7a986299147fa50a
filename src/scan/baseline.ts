import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import { isObject, itemsAt, parseJson, stringAt } from '../base/json.ts'

/** Secrets that are known: only others are findings. */
export interface Baseline {
  source: string
  has(rule: string, path: string, fingerprint: string): boolean
}

const maxBytes = 64 * 1024 * 1024

/**
 * Reads a baseline: a JSON report of ours, whose secrets are then known. They are named by rule, path and fingerprint, not by line, so that they stay known
 * when lines move. Throws JennerError bad_argument when it is not there or none.
 */
export function readBaseline(file: string): Baseline {
  const report = readReport(file)
  const known = new Set<string>()
  for (const result of itemsAt(report, 'Results'))
    for (const secret of itemsAt(result, 'Secrets'))
      known.add(keyOf(stringAt(secret, 'RuleID'), stringAt(result, 'Target'), stringAt(secret, 'Fingerprint')))
  return { source: file, has: (rule, path, fingerprint) => known.has(keyOf(rule, path, fingerprint)) }
}

function keyOf(rule = '', path = '', fingerprint = ''): string {
  return `${rule}\0${path.replace(/^\/+/, '')}\0${fingerprint}`
}

function readReport(file: string): Record<string, unknown> {
  try {
    const value = parseJson(readBoundedText(file, maxBytes))
    if (isObject(value) && value.SchemaVersion === 2) return value
  } catch (error) {
    throw new JennerError('bad_argument', `--secret-baseline ${file}: ${(error as Error).message.slice(0, 200)}`, error)
  }
  throw new JennerError('bad_argument', `--secret-baseline ${file}: no JSON report of Jenner`)
}
