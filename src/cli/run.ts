import { Command, CommanderError } from 'commander'
import { JennerError } from '../base/errors.ts'
import { languageOf } from '../base/i18n/locale.ts'
import { type Language, translate } from '../base/i18n/translate.ts'
import { escapeText } from '../base/text.ts'
import { givenFlags } from './add-flags.ts'
import type { Context, Verb } from './context.ts'
import { explain } from './errors.ts'
import { commandPath, helpText } from './help.ts'
import { nearest } from './nearest.ts'
import { insteadOfFlag, insteadOfVerb } from './other-tools.ts'
import { writeFileAtomically, writeStream } from './output.ts'
import { type ParseYaml, pick, readSettingsFile, resolveSettings, settingsParser } from './settings.ts'
import { verbs } from './verbs.ts'
import { prepareWords } from './words.ts'

const interrupted = 130

/** Runs one command line and answers the exit code. Never throws. */
export async function run(words: string[], version: string): Promise<number> {
  const { verb, word, rest } = prepareWords(words, verbs)
  const language = languageOfWords(words, process.env)
  const debug = words.includes('-d') || words.includes('--debug')
  const stop = new AbortController()
  const release = onInterrupt(stop)
  const parseYaml = await settingsParser(words, process.env)
  const context = createContext(language, version, words, parseYaml, { signal: stop.signal, endAtOnce: release })
  try {
    if (word === undefined) return await overview(words, context)
    if (verb === undefined) throw unknownVerb(word, context)
    await runVerb(verb, rest, context)
    return stop.signal.aborted && context.endsWhenAsked !== true ? interrupted : context.exitCode
  } catch (error) {
    if (error instanceof HelpShown) return 0
    if (stop.signal.aborted) return interrupted
    const { lines, exit } = explain(error, language, context.called ?? verb?.name ?? '', debug)
    for (const line of lines) process.stderr.write(`${line}\n`)
    return exit
  } finally {
    release()
  }
}

async function runVerb(verb: Verb, rest: string[], context: Context): Promise<void> {
  if (verb.load === undefined) throw new JennerError('not_built_yet', `jenner ${verb.name}`)
  const command = new Command(`jenner ${verb.name}`).description(context.text(verb.title))
  const { define } = await verb.load()
  define(command, context)
  prepare(command, context)
  context.called = commandPath(deepest(command, rest)).replace(/^jenner /, '')
  try {
    await command.parseAsync(rest, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) throw await translateUsage(error, command, rest, context)
    throw error
  }
}

/** Help was asked for and given. */
class HelpShown extends Error {}

/** Errors come to us, help is ours, in the user's language; the same for sub-verbs. */
function prepare(command: Command, context: Context): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} })
  command.helpOption('-h, --help', context.text('flag.help')).helpCommand(false)
  command.showSuggestionAfterError(false)
  for (const child of command.commands) prepare(child, context)
}

/** Commander's complaint as our error; its help codes as help. */
async function translateUsage(
  error: CommanderError,
  command: Command,
  rest: string[],
  context: Context,
): Promise<Error> {
  const called = deepest(command, rest)
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') {
    await context.emit([helpText(called, context)])
    if (error.exitCode === 0) return new HelpShown()
    return new JennerError('usage', `jenner ${called.name()}`)
  }
  const thing = /'([^']+)'/.exec(error.message)?.[1] ?? ''
  if (error.code === 'commander.unknownOption') {
    const known = called.options.flatMap(option => [option.long, option.short]).filter(name => name != null)
    const flag = thing.split('=')[0]!
    return unknownWord('cli.unknown_flag', flag, nearest(flag, known), insteadOfFlag(flag), context)
  }
  if (error.code === 'commander.unknownCommand') {
    return unknownWord(
      'cli.unknown_verb',
      thing,
      nearest(
        thing,
        called.commands.map(child => child.name()),
      ),
      insteadOfVerb(thing, called.name()),
      context,
    )
  }
  if (error.code === 'commander.missingArgument')
    return new JennerError('usage', context.text('cli.missing_argument', { name: thing }))
  if (error.code === 'commander.optionMissingArgument')
    return new JennerError('usage', context.text('cli.missing_value', { name: thing }))
  if (error.code === 'commander.excessArguments')
    return new JennerError('usage', context.text('cli.too_many_arguments'))
  return new JennerError('usage', error.message.replace(/^error: /, ''))
}

function deepest(command: Command, rest: string[]): Command {
  const child = command.commands.find(
    candidate => candidate.name() === rest[0] || candidate.aliases().includes(rest[0] ?? ''),
  )
  return child === undefined ? command : deepest(child, rest.slice(1))
}

/** What other tools call so comes before what is spelled alike. */
function unknownWord(
  key: 'cli.unknown_flag' | 'cli.unknown_verb',
  name: string,
  near: string | undefined,
  instead: string | undefined,
  context: Context,
): JennerError {
  const question = near === undefined ? '' : ` ${context.text('cli.did_you_mean', { name: near })}`
  const advice = instead === undefined ? question : ` ${context.text('cli.type_instead', { command: instead })}`
  return new JennerError('usage', context.text(key, { name }) + advice)
}

function unknownVerb(word: string, context: Context): JennerError {
  const near = nearest(
    word,
    verbs.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]),
  )
  return unknownWord('cli.unknown_verb', word, near, insteadOfVerb(word), context)
}

/** `jenner`, `jenner --help`: the list of verbs. Without any word it is an error of usage. */
async function overview(words: string[], context: Context): Promise<number> {
  const { overviewText } = await import('./help.ts')
  const asked = words.some(word => word === '-h' || word === '--help' || word === 'help')
  const unknown = words.find(
    word =>
      word.startsWith('-') &&
      !['-h', '--help', '-d', '--debug', '-q', '--quiet', '--no-color'].includes(word) &&
      !word.startsWith('--lang'),
  )
  const known = ['--help', '--version', '--lang']
  if (unknown !== undefined)
    throw unknownWord('cli.unknown_flag', unknown, nearest(unknown, known), insteadOfFlag(unknown), context)
  await context.emit([overviewText(context)])
  return asked ? 0 : 4
}

function createContext(
  language: Language,
  version: string,
  words: string[],
  parseYaml: ParseYaml,
  interrupt: Pick<Context, 'signal' | 'endAtOnce'>,
): Context {
  const quiet = words.includes('-q') || words.includes('--quiet')
  const context: Context = {
    language,
    version,
    text: (key, values) => translate(language, key, values),
    settings: (command, names) =>
      pick(
        resolveSettings({ given: givenFlags(command), env: process.env, readFile: readSettingsFile, parseYaml }),
        names,
      ),
    emit: async (chunks, file) =>
      file === undefined ? writeStream(process.stdout, chunks) : writeFileAtomically(file, chunks),
    say: line => {
      if (!quiet) process.stderr.write(`${escapeText(line)}\n`)
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    verbs,
    ...interrupt,
    exitCode: 0,
  }
  // A reader that closes early (`| head`) is no error of ours.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  return context
}

/** `--lang ko`, `--lang=ko`, JENNER_LANG, else the locale: needed before anything else is read, since even usage errors are translated. */
function languageOfWords(words: string[], env: NodeJS.ProcessEnv): Language {
  const at = words.findIndex(word => word === '--lang' || word.startsWith('--lang='))
  const asked = at < 0 ? env.JENNER_LANG : (words[at]!.split('=')[1] ?? words[at + 1])
  if (asked !== undefined) return asked.toLowerCase().startsWith('ko') ? 'ko' : 'en'
  return languageOf(env)
}

/** The first interrupt asks for an orderly end, the second ends at once. Answers how to stop listening. */
function onInterrupt(stop: AbortController): () => void {
  const handler = (): void => {
    if (stop.signal.aborted) process.exit(interrupted)
    stop.abort()
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', handler)
  return () => {
    process.off('SIGINT', handler)
    process.off('SIGTERM', handler)
  }
}
