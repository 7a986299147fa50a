import { existsSync, readFileSync, statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Context } from './context.ts'
import { dashed, type Flag, type FlagName, flags } from './flags.ts'
import { withoutEffect } from './other-tools.ts'
import { variableOf } from './settings.ts'

/** Lets a command take flags of other tools that change nothing here, and says so. */
export function addWithoutEffect(command: Command, context: Context): void {
  const own = new Set(command.options.map(option => option.attributeName()))
  for (const word of withoutEffect) {
    const option = new Option(`--${word.replace(/=$/, ' <X>')}`).hideHelp()
    if (own.has(option.attributeName())) continue
    command.addOption(option)
    command.on(`option:${option.name()}`, () =>
      context.say(context.text('cli.no_effect', { flag: `--${option.name()}` })),
    )
  }
}

const files: Record<string, string> = {
  'trivy.yaml': 'jenner.yaml',
  '.gitleaks.toml': '--secret-config trivy-secret.yaml',
  '.gitleaksignore': '.jennerignore',
}

/** Settings of other tools that are there and would be missed: a line each, so that none is left out in silence. */
export function sayUnread(context: Context): void {
  for (const [name, instead] of [...unread(context.env, existsSync), ...unreadKeys(grypeSettings())])
    context.say(context.text('cli.not_read', { name, instead }))
}

const maxBytes = 1 << 20

/** The text of Grype's settings file, of which `ignore` alone is read, elsewhere. */
function grypeSettings(): string {
  try {
    return statSync('.grype.yaml').size > maxBytes ? '' : readFileSync('.grype.yaml', 'utf8')
  } catch {
    return ''
  }
}

const grypeKeys: Record<string, string> = {
  'fail-on-severity': '--fail-on',
  'only-fixed': '--ignore-unfixed',
  exclude: '--skip-files',
  platform: '--platform',
  'vex-documents': '--vex',
  output: '--output',
}

/** Keys of a Grype settings file that decide what is reported, each with our flag. Pure. */
export function unreadKeys(text: string): [name: string, instead: string][] {
  return Object.entries(grypeKeys)
    .filter(([key]) => text.split('\n').some(line => line.startsWith(`${key}:`)))
    .map(([key, flag]) => [`.grype.yaml: ${key}`, flag])
}

/** Names of variables and files that nobody reads, each with ours. Pure. */
export function unread(env: NodeJS.ProcessEnv, exists: (file: string) => boolean): [name: string, instead: string][] {
  const found: [string, string][] = []
  for (const name of Object.keys(env).sort()) {
    const rest = /^(?:TRIVY|GRYPE|SYFT)_(\w+)$/.exec(name)?.[1]
    const ours = rest === undefined ? undefined : ourVariables.get(rest)
    if (ours !== undefined && env[ours] === undefined) found.push([name, ours])
  }
  return [...found, ...Object.entries(files).filter(([file]) => exists(file))]
}

/** Ours by the name that follows another tool's prefix: flags, their synonyms, and what is called otherwise. */
const ourVariables = new Map<string, string>([
  ...(Object.entries(flags) as [FlagName, Flag<unknown>][]).flatMap(([name, { synonyms = [] }]) =>
    [dashed(name), ...synonyms].map((word): [string, string] => [upper(word), variableOf(name)]),
  ),
  ['FAIL_ON_SEVERITY', variableOf('failOn')],
  ['VEX_DOCUMENTS', variableOf('vex')],
  ['DB_CACHE_DIR', variableOf('cacheDir')],
  ['USERNAME', 'JENNER_REGISTRY_USER'],
  ['PASSWORD', 'JENNER_REGISTRY_PASSWORD'],
  ['REGISTRY_TOKEN', 'JENNER_REGISTRY_TOKEN'],
])

function upper(word: string): string {
  return word.toUpperCase().replaceAll('-', '_')
}
