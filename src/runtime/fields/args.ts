import type { RuntimeEvent } from '../../base/model/runtime.ts'
import type { FieldValue } from '../rules/condition/value.ts'
import type { Accounts } from './accounts.ts'
import { resultName } from './errno.ts'
import { flagNames, modeNames, namespaceNames, protectionNames } from './flags.ts'
import { bpfCommandName, familyName, requestName } from './numbers.ts'
import type { Reader } from './reader.ts'

type Raw = string | number | bigint | Uint8Array

/**
 * `evt.arg.NAME` (or `evt.arg[N]`) as Falco writes it: flags, modes, requests and users by their names, `fd` as `<f>/path`, `res` as `SUCCESS` or an error's name;
 * what the sensor gave as text stays as it is.
 */
export function argument(name: string, accounts: Accounts): Reader {
  if (/^\d+$/.test(name)) {
    const index = Number(name)
    return event => {
      const key = argumentNames(event)[index]
      return key === undefined ? undefined : valueText(event, key, accounts)
    }
  }
  return event => valueText(event, name, accounts)
}

/** `evt.rawarg.NAME`: the number or text itself. */
export function rawArgument(name: string): Reader {
  return event => (Object.hasOwn(event.args, name) ? event.args[name] : name === 'res' ? event.result : undefined)
}

/** `evt.args`: `fd=3(<f>/etc/passwd) name=/etc/passwd flags=1(O_RDONLY) mode=0` */
export function allArguments(event: RuntimeEvent, accounts: Accounts): string {
  return argumentNames(event)
    .map(name => `${name}=${withName(event, name, accounts)}`)
    .join(' ')
}

function argumentNames({ args }: RuntimeEvent): string[] {
  return Object.keys(args)
}

/** A number that has a name is shown as `number(name)`. */
function withName(event: RuntimeEvent, name: string, accounts: Accounts): string {
  const raw = event.args[name]
  const text = valueText(event, name, accounts)
  if (raw === undefined || text === undefined) return ''
  if (typeof raw === 'string' || raw instanceof Uint8Array) return String(text)
  return String(raw) === text || name === 'mode' ? String(text) : `${raw}(${text})`
}

function valueText(event: RuntimeEvent, name: string, accounts: Accounts): FieldValue {
  const raw = Object.hasOwn(event.args, name) ? event.args[name] : undefined
  if (raw === undefined) return derived(event, name)
  if (typeof raw === 'string' || raw instanceof Uint8Array) return raw
  return numberText(event, name, raw, accounts)
}

/** Arguments that the event tells without naming them. */
function derived(event: RuntimeEvent, name: string): FieldValue {
  switch (name) {
    case 'res':
      return resultText(event.result)
    case 'fd':
      return event.fd ? descriptorText(event) : undefined
    case 'flags':
      return event.type === 'execve' || event.type === 'execveat' ? executableFlags(event) : undefined
    case 'data':
      return undefined
    default:
      return undefined
  }
}

function numberText(event: RuntimeEvent, name: string, raw: Raw & (number | bigint), accounts: Accounts): string {
  const { type } = event
  switch (name) {
    case 'res':
      return resultText(raw)
    case 'fd':
      return event.fd && event.fd.num === Number(raw) ? descriptorText(event) : String(raw)
    case 'flags':
      return flagNames(type, Number(raw)) ?? `0x${raw.toString(16)}`
    case 'mode':
      return type.includes('chmod') ? modeNames(Number(raw)) : `0${(Number(raw) & 0o7777).toString(8)}`
    case 'prot':
      return protectionNames(Number(raw))
    case 'request':
      return requestName(Number(raw))
    case 'cmd':
      return type === 'bpf' ? bpfCommandName(Number(raw)) : String(raw)
    case 'domain':
      return familyName(Number(raw))
    case 'nstype':
      return namespaceNames(Number(raw))
    case 'uid':
    case 'euid':
    case 'ruid':
    case 'suid':
      return accounts.user(event, Number(raw))?.name ?? String(raw)
    case 'gid':
      return accounts.group(event, Number(raw)) ?? String(raw)
    default:
      return String(raw)
  }
}

const resultText = (result: bigint | number): string => (result < 0 ? resultName(result) : String(result))

function descriptorText({ fd }: RuntimeEvent): string {
  return fd ? `<${fd.typechar}>${fd.name}` : ''
}

function executableFlags({ process }: RuntimeEvent): string {
  const flags: string[] = []
  if (process.exeWritable) flags.push('EXE_WRITABLE')
  if (process.exeUpperLayer) flags.push('EXE_UPPER_LAYER')
  if (process.exeMemfd) flags.push('EXE_FROM_MEMFD')
  return flags.join('|') || '0'
}
