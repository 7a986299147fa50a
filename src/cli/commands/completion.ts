import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import { addFlags } from '../add-flags.ts'
import type { Context, Verb } from '../context.ts'
import { dashed, flags } from '../flags.ts'

/** `jenner completion bash|zsh|fish`: a script to be sourced. */
export function define(command: Command, context: Context): void {
  addFlags(command.argument('<bash|zsh|fish>'), context, []).action(async (shell: string) => {
    const write = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined
    if (write === undefined) throw new JennerError('usage', `${shell} (bash, zsh, fish)`)
    await context.emit([write(context)])
  })
}

function built(verbs: readonly Verb[]): Verb[] {
  return verbs.filter(({ load }) => load !== undefined)
}

const flagWords = Object.keys(flags).map(name => `--${dashed(name)}`)

const scripts: Record<string, (context: Context) => string> = { bash, zsh, fish }

function bash({ verbs }: Context): string {
  const words = built(verbs).flatMap(({ name, aliases }) => [name, ...(aliases ?? [])])
  return `_jenner() {
  local word=\${COMP_WORDS[COMP_CWORD]}
  case $word in
    -*) COMPREPLY=($(compgen -W "${flagWords.join(' ')}" -- "$word")) ;;
    *) if [ "$COMP_CWORD" = 1 ]; then COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); fi ;;
  esac
}
complete -o default -F _jenner jenner
`
}

function zsh({ text, verbs }: Context): string {
  const quote = (line: string): string => `'${line.replaceAll("'", "'\\''")}'`
  const described = built(verbs)
    .map(({ name, title }) => quote(`${name}:${text(title)}`))
    .join('\n    ')
  return `#compdef jenner
_jenner() {
  local -a verbs
  verbs=(
    ${described}
  )
  if (( CURRENT == 2 )); then _describe 'verb' verbs; return; fi
  if [[ $words[CURRENT] == -* ]]; then compadd -- ${flagWords.join(' ')}; return; fi
  _files
}
compdef _jenner jenner
`
}

function fish({ text, verbs }: Context): string {
  const quote = (line: string): string => `'${line.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = built(verbs).map(
    ({ name, title }) => `complete -c jenner -n __fish_use_subcommand -a ${name} -d ${quote(text(title))}`,
  )
  const options = Object.entries(flags).map(([name, flag]) => {
    const short = flag.short === undefined ? '' : ` -s ${flag.short}`
    return `complete -c jenner -l ${dashed(name)}${short}${flag.placeholder === undefined ? '' : ' -r'} -d ${quote(text(flag.title))}`
  })
  return `${[...lines, ...options].join('\n')}\n`
}
