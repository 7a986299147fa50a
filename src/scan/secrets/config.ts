import { createHash } from 'node:crypto'
import { isObject, itemsAt, own, stringAt } from '../../base/json.ts'
import { type Severity, severities } from '../../base/model/severity.ts'
import { compileRegex, type LinearRegex } from '../../base/regex.ts'
import { parseYamlObject } from '../../base/yaml.ts'
import { createFinder, type FinderExtension, type OnCut, type SecretFinder } from './find.ts'
import type { SecretRule } from './rule.ts'
import { secretRules } from './rules/index.ts'

export interface ConfiguredFinder {
  finder: SecretFinder
  /** What of the file could not be understood: rules that are not there. */
  problems: string[]
}

interface AllowRule {
  id: string
  regex?: LinearRegex
  path?: LinearRegex
}

interface OwnRule {
  rule: SecretRule
  regex: LinearRegex
  group: string | undefined
  path: LinearRegex | undefined
  keywords: string[]
  allow: AllowRule[]
  excluded: LinearRegex[]
}

/**
 * Our rules with a user's file in the form of Trivy's `trivy-secret.yaml` (https://trivy.dev/docs/latest/scanner/secret/): `rules` of his own, `allow-rules` by path or
 * by what was found, `exclude-block`, `disable-rules`, `enable-builtin-rules`. Expressions are RE2's; rules are named as ours or as Trivy's where both have one.
 * `disable-allow-rules` is about built-in allow rules, which we have none of. Throws JennerError malformed for what is no YAML mapping.
 */
export function configuredFinder(text: string): ConfiguredFinder {
  const problems: string[] = []
  const document = parseYamlObject(text) ?? {}
  const rules = itemsAt(document, 'rules').flatMap(item => ruleOf(item, problems) ?? [])
  const allow = itemsAt(document, 'allow-rules').flatMap(item => allowOf(item, problems) ?? [])
  const excluded = excludedBy(document, problems)
  const itself = Buffer.from(text).toString('latin1')
  const extension: FinderExtension = {
    digest: createHash('sha256').update(text).digest('hex'),
    passes: (path, content) =>
      content === itself || allow.some(one => one.path?.finds(path) && one.regex === undefined),
    find: (content, path, onCut) => rules.flatMap(rule => findOwn(rule, content, path, onCut)),
    keeps(content, path, onCut) {
      const blocks = excluded.flatMap(regex => regex.spans(content, undefined, () => onCut?.('exclude-block')))
      return ({ start, end }) =>
        !blocks.some(block => block.start <= start && end <= block.end) &&
        !allow.some(one => allows(one, content.slice(start, end), path))
    },
  }
  return { finder: createFinder(builtIn(document), extension), problems }
}

function builtIn(document: unknown): readonly SecretRule[] {
  const named = (key: string) => new Set(textsAt(document, key).flatMap(id => [id, ...(otherNames.get(id) ?? [])]))
  const [enabled, disabled] = [named('enable-builtin-rules'), named('disable-rules')]
  return secretRules.filter(({ id }) => (enabled.size === 0 || enabled.has(id)) && !disabled.has(id))
}

/** Trivy's names of rules that we have under others. */
const otherNames = new Map<string, string[]>([
  ['github-pat', ['github-token']],
  ['github-oauth', ['github-token']],
  ['github-app-token', ['github-token']],
  ['github-fine-grained-pat', ['github-fine-grained-token']],
  ['gitlab-pat', ['gitlab-token']],
  ['hugging-face-access-token', ['huggingface-token']],
  ['private-key', ['private-key', 'putty-private-key']],
  ['slack-access-token', ['slack-token']],
  ['slack-web-hook', ['slack-webhook']],
  ['stripe-publishable-token', ['stripe-key']],
  ['stripe-secret-token', ['stripe-key']],
  ['pypi-upload-token', ['pypi-token']],
  ['gcp-service-account', ['private-key']],
  ['npm-access-token', ['npm-token']],
  ['jwt-token', ['jwt']],
  ['dockerconfig-secret', ['docker-config-auth']],
  ['sendgrid-api-token', ['sendgrid-key']],
  ['postman-api-token', ['postman-key']],
  ['pulumi-api-token', ['pulumi-token']],
  ['rubygems-api-token', ['rubygems-key']],
  ['shopify-token', ['shopify-token']],
  ['twilio-api-key', ['twilio-key']],
])

function ruleOf(item: unknown, problems: string[]): OwnRule | undefined {
  const id = stringAt(item, 'id')
  const expression = stringAt(item, 'regex')
  if (!id || !expression) return complain(problems, `${id ?? 'a rule'}: no id or no regex`)
  const stated = (stringAt(item, 'severity') ?? '').toUpperCase()
  const title = stringAt(item, 'title') ?? id
  try {
    return {
      rule: {
        id,
        title: { en: title, ko: title },
        category: 'credential',
        severity: severities.find((one: Severity) => one === stated) ?? 'UNKNOWN',
        keywords: [],
        pattern: /(?!)/dg,
        before: 0,
        after: 0,
        everywhere: true,
      },
      regex: compileRegex(expression),
      group: stringAt(item, 'secret-group-name') || undefined,
      path: regexAt(item, 'path'),
      keywords: textsAt(item, 'keywords').map(word => word.toLowerCase()),
      allow: itemsAt(item, 'allow-rules').flatMap(one => allowOf(one, problems) ?? []),
      excluded: excludedBy(item, problems),
    }
  } catch (error) {
    return complain(problems, `${id}: ${messageOf(error)}`)
  }
}

function findOwn(
  { rule, regex, group, path: where, keywords, allow, excluded }: OwnRule,
  text: string,
  path: string,
  onCut?: OnCut,
) {
  if (where && !where.finds(path)) return []
  if (keywords.length > 0) {
    const lower = text.toLowerCase()
    if (!keywords.some(word => lower.includes(word))) return []
  }
  const cut = () => onCut?.(rule.id)
  const blocks = excluded.flatMap(one => one.spans(text, undefined, cut))
  return regex
    .spans(text, group, cut)
    .filter(
      ({ start, end }) =>
        end > start &&
        !allow.some(one => allows(one, text.slice(start, end), path)) &&
        !blocks.some(block => block.start <= start && end <= block.end),
    )
    .map(span => ({ rule, ...span }))
}

/** By path, by what was found, or by both together. */
function allows({ regex, path: where }: AllowRule, found: string, path: string): boolean {
  return (where?.finds(path) ?? true) && (regex?.finds(found) ?? true)
}

function allowOf(item: unknown, problems: string[]): AllowRule | undefined {
  const id = stringAt(item, 'id') ?? ''
  try {
    const [regex, path] = [regexAt(item, 'regex'), regexAt(item, 'path')]
    if (!regex && !path) return complain(problems, `allow rule ${id}: neither regex nor path`)
    return { id, ...(regex && { regex }), ...(path && { path }) }
  } catch (error) {
    return complain(problems, `allow rule ${id}: ${messageOf(error)}`)
  }
}

function excludedBy(item: unknown, problems: string[]): LinearRegex[] {
  return textsAt(own(item, 'exclude-block'), 'regexes').flatMap(expression => {
    try {
      return [compileRegex(expression)]
    } catch (error) {
      return complain(problems, `exclude-block: ${messageOf(error)}`) ?? []
    }
  })
}

function regexAt(item: unknown, key: string): LinearRegex | undefined {
  const expression = stringAt(item, key)
  return expression ? compileRegex(expression) : undefined
}

function textsAt(item: unknown, key: string): string[] {
  return isObject(item) ? itemsAt(item, key).filter(value => typeof value === 'string') : []
}

function complain(problems: string[], text: string): undefined {
  problems.push(text)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
