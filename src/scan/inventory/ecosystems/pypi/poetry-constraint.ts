import type { Requirement } from './requirement.ts'

const maxLength = 1000

/**
 * The version of Poetry's own constraints ("Dependency specification"), as for PEP 508: a bare `1.2` names that version; of `^1.2`, `~1.2`, `~=1.2`, `>=1.2`,
 * `1.2.*` and of the first alternative of `^1 || ^2` the lower end; else the upper one of `<=`.
 */
export function poetryVersion(constraint: string): Pick<Requirement, 'version' | 'range'> {
  const text = constraint.trim().slice(0, maxLength)
  const range = text === '' || text === '*' ? {} : { range: text.slice(0, 200) }
  const [first = ''] = text.split('|', 1)
  const parts = [...first.matchAll(/(\^|~=?|[<>=!]=?=?)?\s{0,10}([^\s,<>=~^!]{1,100})/g)]
  const bound = (accepted: RegExp) =>
    parts.flatMap(([, operator = '', operand = '']) =>
      accepted.test(operator) && isVersion(operand) ? operand.replace(/\.[*x]$/, '.0') : [],
    )[0]
  const exact = bound(/^(?:={0,3})$/)
  if (exact !== undefined && /^[^*]+$/.test(text)) return { version: exact }
  return { version: exact ?? bound(/^(?:\^|~=?|>=)$/) ?? bound(/^<=$/) ?? '', ...range }
}

const isVersion = (text: string) => /^v?\d[0-9A-Za-z.!+_-]*(?:\.\*)?$/.test(text)
