/**
 * CVSS 4.0 (FIRST, document version 1.2, sections 8.2 and 8.3). A vector falls into one of 270 MacroVectors; its score is the MacroVector's
 * less the mean of how far it stands below the most severe vector of the same MacroVector in each of five dimensions.
 */
export function cvss4Score(metrics: Map<string, string>): number | undefined {
  const value = (name: string) => effective(metrics, name)
  for (const name of Object.keys(levels)) if (levels[name]![value(name)] === undefined) return undefined
  if (!['A', 'P', 'U'].includes(value('E'))) return undefined
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every(name => value(name) === 'N')) return 0
  const eq = macroVector(value)
  const score = lookup(eq)
  if (score === undefined) return undefined
  const distance = distances(value, eq)
  let sum = 0
  let dimensions = 0
  for (const [index, lower] of nextLower(eq).entries()) {
    if (lower === undefined) continue
    dimensions++
    sum += ((score - lower) * distance[index]!) / depth(eq, index)
  }
  const mean = dimensions === 0 ? 0 : sum / dimensions
  return Math.round((Math.min(10, Math.max(0, score - mean)) + 1e-6) * 10) / 10
}

type Value = (name: string) => string
/** Levels of EQ1 to EQ6, 0 the most severe. */
type MacroVector = [number, number, number, number, number, number]

/** Steps below the most severe value of each metric. */
const levels: Record<string, Record<string, number>> = {
  AV: { N: 0, A: 1, L: 2, P: 3 },
  PR: { N: 0, L: 1, H: 2 },
  UI: { N: 0, P: 1, A: 2 },
  AC: { L: 0, H: 1 },
  AT: { N: 0, P: 1 },
  VC: { H: 0, L: 1, N: 2 },
  VI: { H: 0, L: 1, N: 2 },
  VA: { H: 0, L: 1, N: 2 },
  SC: { H: 1, L: 2, N: 3 },
  SI: { S: 0, H: 1, L: 2, N: 3 },
  SA: { S: 0, H: 1, L: 2, N: 3 },
  CR: { H: 0, M: 1, L: 2 },
  IR: { H: 0, M: 1, L: 2 },
  AR: { H: 0, M: 1, L: 2 },
}

/** A modified metric wins over its base one; `X` (not defined) counts as the most severe. */
function effective(metrics: Map<string, string>, name: string): string {
  const stated = metrics.get(name) ?? 'X'
  if (name === 'E') return stated === 'X' ? 'A' : stated
  if (name === 'CR' || name === 'IR' || name === 'AR') return stated === 'X' ? 'H' : stated
  const modified = metrics.get(`M${name}`)
  return modified === undefined || modified === 'X' ? stated : modified
}

/** Tables 24 to 29. */
function macroVector(value: Value): MacroVector {
  const is = (name: string, wanted: string) => value(name) === wanted
  const easy = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')]
  const eq1 = easy.every(Boolean) ? 0 : easy.some(Boolean) && !is('AV', 'P') ? 1 : 2
  const eq2 = is('AC', 'L') && is('AT', 'N') ? 0 : 1
  const eq3 = is('VC', 'H') && is('VI', 'H') ? 0 : is('VC', 'H') || is('VI', 'H') || is('VA', 'H') ? 1 : 2
  const eq4 = is('SI', 'S') || is('SA', 'S') ? 0 : is('SC', 'H') || is('SI', 'H') || is('SA', 'H') ? 1 : 2
  const eq5 = ['A', 'P', 'U'].indexOf(value('E'))
  const wanted = ['C', 'I', 'A'].some(name => is(`${name}R`, 'H') && is(`V${name}`, 'H'))
  return [eq1, eq2, eq3, eq4, eq5, wanted ? 0 : 1]
}

/** The score of the next lower MacroVector in each dimension (EQ3 and EQ6 are one), where there is one. */
function nextLower(eq: MacroVector): (number | undefined)[] {
  const at = (change: Partial<Record<number, number>>) =>
    lookup(eq.map((level, i) => level + (change[i] ?? 0)) as MacroVector)
  const [, , eq3, , , eq6] = eq
  let joint: number | undefined
  if (eq3 === 0 && eq6 === 0) joint = Math.max(at({ 5: 1 })!, at({ 2: 1 })!)
  else if (eq3 === 1 && eq6 === 0) joint = at({ 5: 1 })
  else joint = at({ 2: 1 })
  return [at({ 0: 1 }), at({ 1: 1 }), joint, at({ 3: 1 }), at({ 4: 1 })]
}

/** Table 30's depth of a MacroVector in a dimension, in steps. */
function depth([eq1, eq2, eq3, eq4, , eq6]: MacroVector, dimension: number): number {
  if (dimension === 0) return [1, 4, 5][eq1]!
  if (dimension === 1) return [1, 2][eq2]!
  if (dimension === 2) return eq3 === 0 ? (eq6 === 0 ? 7 : 6) : eq3 === 1 ? 8 : 10
  return dimension === 3 ? [6, 5, 4][eq4]! : 1
}

/** Most severe vectors of each level: EQ1 over AV PR UI, EQ2 over AC AT, EQ3+EQ6 over VC VI VA CR IR AR, EQ4 over SC SI SA. */
const mostSevere = {
  eq1: [['NNN'], ['ANN', 'NLN', 'NNP'], ['PNN', 'ALP']],
  eq2: [['LN'], ['HN', 'LP']],
  eq36: [
    [['HHHHHH'], ['HHLMMH', 'HHHMMM']],
    [
      ['LHHHHH', 'HLHHHH'],
      ['LHLHMH', 'LHHHMM', 'HLHMHM', 'HLLMHH', 'LLHHHM'],
    ],
    [[], ['LLLHHH']],
  ],
  eq4: [['HSS'], ['HHH'], ['LLL']],
}

/** Steps below the first most severe vector that is nowhere less severe than ours, by dimension. */
function distances(value: Value, [eq1, eq2, eq3, eq4, , eq6]: MacroVector): number[] {
  const below = (names: string[], tops: string[]) => {
    for (const top of tops) {
      const steps = names.map((name, i) => levels[name]![value(name)]! - levels[name]![top[i]!]!)
      if (steps.every(step => step >= 0)) return steps.reduce((sum, step) => sum + step, 0)
    }
    return 0
  }
  return [
    below(['AV', 'PR', 'UI'], mostSevere.eq1[eq1]!),
    below(['AC', 'AT'], mostSevere.eq2[eq2]!),
    below(['VC', 'VI', 'VA', 'CR', 'IR', 'AR'], mostSevere.eq36[eq3]![eq6]!),
    below(['SC', 'SI', 'SA'], mostSevere.eq4[eq4]!),
    0,
  ]
}

/** Scores by MacroVector: a line for each EQ1, EQ2, EQ3; in it EQ4, EQ5, EQ6 in order (EQ3 = 2 knows only EQ6 = 1). From the specification's own table. */
const table = `
10 9.9 9.8 9.5 9.5 9.2 10 9.6 9.3 8.7 9.1 8.1 9.3 9 8.9 8 8.1 6.8
9.8 9.5 9.5 9.2 9 8.4 9.3 9.2 8.9 8.1 8.1 6.5 8.8 8 7.8 7 6.9 4.8
9.2 8.2 7.2 7.9 6.9 5 6.9 5.5 2.7
9.9 9.7 9.5 9.2 9.2 8.5 9.5 9.1 9 8.3 8.4 7.1 9.2 8.1 8.2 7.1 7.2 5.3
9.5 9.3 9.2 8.5 8.5 7.3 9.2 8.2 8 7.2 7 5.9 8.4 7 7.1 5.2 5 3
8.6 7.5 5.2 7.1 5.2 2.9 6.3 2.9 1.7
9.8 9.5 9.4 8.7 9.1 8.1 9.4 8.9 8.6 7.4 7.7 6.4 8.7 7.5 7.4 6.3 6.3 4.9
9.4 8.9 8.8 7.7 7.6 6.7 8.6 7.6 7.4 5.8 5.9 5 7.2 5.7 5.7 5.2 5.2 2.5
8.3 7 5.4 6.5 5.8 2.6 5.3 2.1 1.3
9.5 9 8.8 7.6 7.6 7 9 7.7 7.5 6.2 6.1 5.3 7.7 6.6 6.8 5.9 5.2 3
8.9 7.8 7.6 6.7 6.2 5.8 7.4 5.9 5.7 5.7 4.7 2.3 6.1 5.2 5.7 2.9 2.4 1.6
7.1 5.9 3 5.8 2.6 1.5 2.3 1.3 0.6
9.3 8.7 8.6 7.2 7.5 5.8 8.6 7.4 7.4 6.1 5.6 3.4 7 5.4 5.2 4 4 2.2
8.5 7.5 7.4 5.5 6.2 5.1 7.2 5.7 5.5 4.1 4.6 1.9 5.3 3.6 3.4 1.9 1.9 0.8
6.4 5.1 2 4.7 2.1 1.1 2.4 0.9 0.4
8.8 7.5 7.3 5.3 6 5 7.3 5.5 5.9 4 4.1 2 5.4 4.3 4.5 2.2 2 1.1
7.5 5.5 5.8 4.5 4 2.1 6.1 5.1 4.8 1.8 2 0.9 4.6 1.8 1.7 0.7 0.8 0.2
5.3 2.4 1.4 2.4 1.2 0.5 1 0.3 0.1`
const rows = table
  .trim()
  .split('\n')
  .map(line => line.split(' ').map(Number))

function lookup([eq1, eq2, eq3, eq4, eq5, eq6]: MacroVector): number | undefined {
  if (eq1 > 2 || eq2 > 1 || eq3 > 2 || eq4 > 2 || eq5 > 2 || eq6 > 1) return undefined
  const row = rows[eq1 * 6 + eq2 * 3 + eq3]!
  if (eq3 === 2) return eq6 === 1 ? row[eq4 * 3 + eq5] : undefined
  return row[eq4 * 6 + eq5 * 2 + eq6]
}
