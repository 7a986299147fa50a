import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { consoleEn } from '../../../base/i18n/console/en.ts'
import type { Bilingual } from '../../../server/schemas/common.ts'
import { fill, firstLang, type Lang, type Values } from './fill.ts'

export type TextKey = keyof typeof consoleEn
type Sentences = Record<TextKey, string>

export interface Text {
  lang: Lang
  setLang(lang: Lang): void
  t(key: TextKey, values?: Values): string
  /** The sentence of a key that data names (`severity.HIGH`); the last part itself where no sentence exists. */
  word(key: string): string
  /** The half of a bilingual sentence that is being read. */
  both(sentence: Bilingual): string
}

const Context = createContext<Text | undefined>(undefined)
const storageKey = 'jenner.lang'

/** Each language is a chunk of its own: only what is read is fetched. */
export async function loadSentences(lang: Lang): Promise<Sentences> {
  if (lang === 'ko') return (await import('../../../base/i18n/console/ko.ts')).consoleKo
  return (await import('../../../base/i18n/console/en.ts')).consoleEn
}

export function startLang(): Lang {
  return firstLang(localStorage.getItem(storageKey), navigator.languages)
}

export function TextProvider({
  first,
  children,
}: {
  first: { lang: Lang; sentences: Sentences }
  children: ReactNode
}) {
  const [{ lang, sentences }, setState] = useState(first)
  useEffect(() => {
    document.documentElement.lang = lang
  }, [lang])
  const value = useMemo<Text>(() => {
    const t: Text['t'] = (key, values = {}) => fill(sentences[key], values)
    return {
      lang,
      setLang: next => {
        localStorage.setItem(storageKey, next)
        void loadSentences(next).then(loaded => setState({ lang: next, sentences: loaded }))
      },
      t,
      word: key => (Object.hasOwn(sentences, key) ? t(key as TextKey) : key.slice(key.indexOf('.') + 1)),
      both: sentence => sentence[lang] || sentence.en,
    }
  }, [lang, sentences])
  return <Context value={value}>{children}</Context>
}

export function useText(): Text {
  const text = useContext(Context)
  if (text === undefined) throw new Error('TextProvider is missing')
  return text
}
