import { existsSync } from 'node:fs'
import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import type { Given } from './add-flags.ts'
import { credentialVariables } from './credential-variables.ts'
import { dashed, type Flag, type FlagName, flags, type Settings } from './flags.ts'
import { nearest } from './nearest.ts'

export type Origin = 'flag' | 'environment' | 'file' | 'default'

export interface Setting {
  name: FlagName
  value: unknown
  origin: Origin
  /** The variable's name or the file's, where there is one. */
  from?: string
}

const names = Object.keys(flags) as FlagName[]
const maxFileSize = 1 << 20

/** What of the environment decides: variables and the text of a settings file, if there is one. */
export interface Surroundings {
  given: Given
  env: NodeJS.ProcessEnv
  /** Reads a settings file; undefined when it does not exist. */
  readFile(path: string): string | undefined
  /** Asked only where there is such a file, so that nobody else need load a parser. */
  parseYaml: ParseYaml
}

export type ParseYaml = (text: string, options: { maxAliasCount: number; logLevel: 'error' }) => unknown

/**
 * The effective value of every flag and where it comes from: flag > `JENNER_*` > jenner.yaml > default.
 * Throws JennerError usage for a bad value, unknown_setting for a key of the file or a `JENNER_*` variable that nobody knows.
 */
export function resolveSettings({ given, env, readFile, parseYaml }: Surroundings): Setting[] {
  const file = given.get('config') ?? env.JENNER_CONFIG ?? 'jenner.yaml'
  const text = readFile(file)
  if (text === undefined && file !== 'jenner.yaml')
    throw new JennerError('bad_argument', `--config ${file}: no such file`)
  const keys = text === undefined ? new Map<FlagName, string>() : readKeys(text, file, parseYaml)
  checkVariables(env)
  return names.map(name => {
    const variable = variableOf(name)
    if (given.has(name)) return { name, value: parse(name, given.get(name)!, `--${dashed(name)}`), origin: 'flag' }
    if (env[variable] !== undefined)
      return { name, value: parse(name, env[variable], variable), origin: 'environment', from: variable }
    if (keys.has(name))
      return { name, value: parse(name, keys.get(name)!, `${file}: ${dashed(name)}`), origin: 'file', from: file }
    return { name, value: flags[name].default, origin: 'default' }
  })
}

/** What `resolveSettings` reads a settings file with, loaded only where a command line has one. */
export async function settingsParser(words: readonly string[], env: NodeJS.ProcessEnv): Promise<ParseYaml> {
  const isNamed = env.JENNER_CONFIG !== undefined || words.some(word => /^(?:--config|-[^-]*c)/.test(word))
  if (isNamed || existsSync('jenner.yaml')) return (await import('yaml')).parse
  return () => {
    throw new Error('there was no settings file a moment ago')
  }
}

/** The values alone, of these flags. */
export function pick<Name extends FlagName>(all: Setting[], wanted: readonly Name[]): Pick<Settings, Name> {
  const found = all.filter(({ name }) => (wanted as readonly string[]).includes(name))
  return Object.fromEntries(found.map(({ name, value }) => [name, value])) as Pick<Settings, Name>
}

/** A settings file's text, or undefined when there is none. */
export function readSettingsFile(path: string): string | undefined {
  try {
    return readBoundedText(path, maxFileSize)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new JennerError('bad_argument', `${path}: ${(error as Error).message}`, error)
  }
}

export function variableOf(name: FlagName): string {
  return `JENNER_${dashed(name).toUpperCase().replaceAll('-', '_')}`
}

/** Variables of ours that are no settings. */
const otherVariables = [
  'JENNER_CORPUS',
  'JENNER_CONFORMANCE',
  'JENNER_LONG',
  'JENNER_NODE',
  // What `up` reads, and what the compose file does.
  'JENNER_LISTEN',
  'JENNER_STATE',
  'JENNER_DATABASE',
  'JENNER_IMAGE',
  'JENNER_BASE',
  ...credentialVariables,
]

function checkVariables(env: NodeJS.ProcessEnv): void {
  const known = [...names.map(variableOf), ...otherVariables]
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith('JENNER_') || known.includes(variable) || variable.startsWith('JENNER_TEST_')) continue
    throw unknown(variable, nearest(variable, known))
  }
}

/** jenner.yaml is one flat mapping: `severity: [HIGH, CRITICAL]`, `ignore-unfixed: true`. */
function readKeys(text: string, file: string, parseYaml: ParseYaml): Map<FlagName, string> {
  const keys = new Map<FlagName, string>()
  for (const [key, value] of Object.entries(parseMapping(text, file, parseYaml))) {
    const name = names.find(candidate => dashed(candidate) === key && candidate !== 'config')
    if (name === undefined) throw unknown(`${file}: ${key}`, nearest(key, names.map(dashed)))
    const parts = Array.isArray(value) ? value : [value]
    if (parts.some(part => typeof part === 'object')) throw new JennerError('bad_argument', `${file}: ${key}`)
    keys.set(name, parts.map(String).join(','))
  }
  return keys
}

function parseMapping(text: string, file: string, parseYaml: ParseYaml): Record<string, unknown> {
  let content: unknown
  try {
    content = parseYaml(text, { maxAliasCount: 0, logLevel: 'error' })
  } catch (error) {
    throw new JennerError('bad_argument', `${file}: ${(error as Error).message.split('\n')[0]}`, error)
  }
  if (content === null || content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content))
    throw new JennerError('bad_argument', `${file}: not a mapping`)
  return content as Record<string, unknown>
}

function parse(name: FlagName, text: string, where: string): unknown {
  try {
    return (flags[name] as Flag<unknown>).parse(text)
  } catch (error) {
    throw new JennerError('usage', `${where}: ${text} (${(error as Error).message})`, error)
  }
}

function unknown(what: string, near: string | undefined): JennerError {
  return new JennerError('unknown_setting', near === undefined ? what : `${what} → ${near}?`)
}
