/**
 * What is known for a text, as numbers of bits. First the gates', two for a word of rules: which are known, and which are still possible. Then the questions', two for each thirty: which are
 * known, and the answers. The same names, paths and command lines come again and again; what depends on one of them alone is asked once.
 */
export type Answers = number[]

/** Rules in a word. */
export const gatedInWord = 30

/** Words of so many rules. */
export const wordsFor = (rules: number): number => Math.ceil(rules / gatedInWord)

const questionsInPair = 30
const maxTexts = 4096
/** Longer texts are not kept. */
const maxLength = 1024

/** Where the answer to a question stands: the place of the number of what is known (the answers follow), and its bit. */
export function placeOf(question: number, words: number): { at: number; bit: number } {
  return { at: 2 * (words + Math.floor(question / questionsInPair)), bit: 2 ** (question % questionsInPair) }
}

/** Keeps the answers for the texts of one subject, and for none; undefined for what is not kept. A store that is full begins anew. */
export function createStore(words: number, questions: () => number): (text: unknown) => Answers | undefined {
  const known = new Map<string, Answers>()
  const fresh = (): Answers => {
    const answers: Answers = []
    for (let word = 0; word < words; word++) answers.push(0, 2 ** gatedInWord - 1)
    for (let pair = 0; pair * questionsInPair < questions(); pair++) answers.push(0, 0)
    return answers
  }
  let absent: Answers | undefined
  return text => {
    if (text === undefined) {
      absent ??= fresh()
      return absent
    }
    if (typeof text !== 'string' || text.length > maxLength) return undefined
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= maxTexts) known.clear()
    const answers = fresh()
    known.set(text, answers)
    return answers
  }
}
