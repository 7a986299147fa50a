import { priorities } from '../../../base/model/priority.ts'
import { libraryAreas, libraryKorean, loadLibrary } from '../../../runtime/rules/library.ts'
import { loadRules } from '../../../runtime/rules/loader/load.ts'
import type { Rule as LoadedRule } from '../../../runtime/rules/model.ts'
import type { Bilingual } from '../../schemas/common.ts'
import type { Rule } from '../../schemas/rules.ts'

/** What is told of a rule, whatever the store says about it. */
export type RuleFacts = Omit<Rule, 'enabled' | 'hitsDay' | 'hitsWeek' | 'exceptions'> & { byDefault: boolean }

let library: RuleFacts[] | undefined
let texts: Map<string, RuleTexts> | undefined

/** Our own rules; read once. */
export function libraryRules(): readonly RuleFacts[] {
  if (library) return library
  const korean = libraryKorean()
  library = loadLibrary().rules.map(rule => factsOf(rule, 'library', korean.get(rule.name)))
  return library
}

/** What people are told of a rule. */
export interface RuleTexts {
  title: Bilingual
  description: Bilingual
}

/** A rule of the user's own is called what it is called, in every language. */
export function ruleTexts(name: string): RuleTexts {
  if (texts === undefined) {
    const korean = libraryKorean()
    const titleOf = (rule: string): Bilingual => ({ en: rule, ko: korean.get(rule)?.title ?? rule })
    texts = new Map(
      libraryRules().map(rule => [rule.name, { title: titleOf(rule.name), description: rule.description }]),
    )
  }
  return texts.get(name) ?? { title: { en: name, ko: name }, description: { en: '', ko: '' } }
}

/** Rules of the user's own files, loaded behind the library. */
export function customRules(files: readonly { name: string; text: string }[]): RuleFacts[] {
  const loaded = loadRules(files.map(({ name, text }) => ({ name, content: text })))
  return loaded.rules.map(rule => factsOf(rule, 'custom', undefined))
}

function factsOf(
  rule: LoadedRule,
  origin: Rule['origin'],
  korean: { title: string; description: string } | undefined,
): RuleFacts {
  const area = rule.tags.find(tag => tag.startsWith('area_'))?.slice(5) ?? areaOfFile(rule.file)
  const description = rule.description.trim()
  return {
    name: rule.name,
    source: rule.source,
    origin,
    area,
    priority: priorities.find(one => one.toUpperCase() === rule.priority) ?? 'Debug',
    byDefault: rule.enabled,
    title: { en: rule.name, ko: korean?.title ?? rule.name },
    description: { en: description, ko: korean?.description ?? description },
    tags: rule.tags,
    techniques: rule.tags.filter(tag => /^T\d{4}(?:\.\d{3})?$/.test(tag)),
    condition: rule.condition.trim(),
    output: rule.output.trim(),
  }
}

function areaOfFile(file: string): string {
  const id = /([a-z_0-9]+)\.ya?ml$/.exec(file)?.[1] ?? ''
  return libraryAreas.some(one => one.id === id) ? id : 'custom'
}
