import { foundList } from '../../../../base/found.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'
import { pinnedBy } from './requirement.ts'

/**
 * setup.cfg (setuptools, "Configuring setuptools using setup.cfg files"): `[options] install_requires` and each of `[options.extras_require]`, a requirement
 * a line, or all in one line with `;` between them. What tests and the setup itself require is for development.
 */
export const setupCfg: Extractor = {
  id: 'setup-cfg',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'setup.cfg', where: outsideSitePackages }],
  maxBytes: 1024 * 1024,
  parse(file) {
    const found = foundList()
    for (const { section, key, items } of readValues(file.text())) {
      const development = section === 'options' && (key === 'tests_require' || key === 'setup_requires')
      if (
        !development &&
        section !== 'options.extras_require' &&
        !(section === 'options' && key === 'install_requires')
      )
        continue
      for (const { text, line } of items)
        for (const pkg of pinnedBy(text))
          found.add({ ...pkg, lines: { start: line, end: line }, ...(development && { development }) })
    }
    return found.all()
  },
}

interface Value {
  section: string
  key: string
  items: { text: string; line: number }[]
}

/** Python's configparser: `[section]`, `key = value` or `key: value`, lines that begin with a blank go on, `#` and `;` begin a comment at a line's start. */
function readValues(text: string): Value[] {
  const values: Value[] = []
  let section = ''
  let open: Value | undefined
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const content = raw.trim()
    if (content === '' || content[0] === '#' || content[0] === ';') continue
    const line = index + 1
    if (/^\s/.test(raw)) {
      open?.items.push({ text: content, line })
      continue
    }
    const header = /^\[([^\]]{1,200})\]/.exec(content)?.[1]
    if (header !== undefined) {
      section = header.trim()
      open = undefined
      continue
    }
    const end = content.search(/[=:]/)
    if (end < 0) continue
    const inline = content.slice(end + 1).trim()
    open = {
      section,
      key: content.slice(0, end).trim().toLowerCase().replaceAll('-', '_'),
      items: inline === '' ? [] : inline.split(';').map(item => ({ text: item.trim(), line })),
    }
    values.push(open)
  }
  return values
}
