import { foundList } from '../../../../base/found.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { outsideSitePackages } from './names.ts'
import { pinnedBy } from './requirement.ts'

/** A text in quotes of either kind (the other may stand within: markers have such) that begins with a name and an operator. */
const quoted =
  /"\s{0,5}([A-Za-z0-9][\w.-]{0,100}\s{0,10}(?:\[[\w, .-]{0,100}\])?\s{0,10}\(?(?:[=<>~]=)[^"\n]{1,300})"|'\s{0,5}([A-Za-z0-9][\w.-]{0,100}\s{0,10}(?:\[[\w, .-]{0,100}\])?\s{0,10}\(?(?:[=<>~]=)[^'\n]{1,300})'/g

/** A line of a text of several lines, which setuptools takes as well as a list ("install_requires"). */
const alone =
  /^\s{0,40}([A-Za-z0-9][\w.-]{0,100}\s{0,10}(?:\[[\w, .-]{0,100}\])?\s{0,10}(?:[=<>~]=)\s{0,10}[\w*][^\n]{0,300})$/

/**
 * setup.py: Python code, of which only what is plain text counts: `"NAME==VERSION"`, `'NAME>=VERSION; MARKER'`, and lines of that form between three quotes. A
 * version that is computed is none.
 */
export const setupPy: Extractor = {
  id: 'setup-py',
  revision: 3,
  stage: 'lock',
  patterns: [{ basename: 'setup.py', where: outsideSitePackages }],
  maxBytes: 1024 * 1024,
  parse(file) {
    const found = foundList()
    let within = false
    for (const [index, line] of file.text().split('\n').entries()) {
      if (/^\s{0,200}#/.test(line)) continue
      const open = within
      if (line.slice(0, 10_000).split(/"""|'''/).length % 2 === 0) within = !within
      const whole = open && within ? alone.exec(line.slice(0, 1000))?.[1] : undefined
      for (const pkg of whole ? pinnedBy(whole) : []) found.add({ ...pkg, lines: { start: index + 1, end: index + 1 } })
      for (const [, double, single] of line.slice(0, 10_000).matchAll(quoted))
        for (const pkg of pinnedBy(double ?? single ?? ''))
          found.add({ ...pkg, lines: { start: index + 1, end: index + 1 } })
    }
    return found.all()
  },
}
